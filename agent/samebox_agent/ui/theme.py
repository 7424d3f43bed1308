"""The room of the look: colours, type, spacing and corners. Nothing else in the UI names a colour.

Every pair of colours that meets on a screen is listed in `PAIRS`; tests/agent/ui/test_theme.py
holds each to WCAG AA (4.5:1 for text, 3:1 for the shape of a control).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication

from samebox_agent.core.intents import Appearance
from samebox_agent.presenters.views import Tone
from samebox_agent.ui import brand

FAMILIES = (
    "Inter",
    "Inter Variable",
    "Segoe UI Variable Text",
    "Segoe UI",
    "SF Pro Text",
    ".AppleSystemUIFont",
    "Cantarell",
    "Ubuntu",
    "Noto Sans",
    "DejaVu Sans",
    "sans-serif",
)
MONO_FAMILIES = ("SF Mono", "Cascadia Mono", "Consolas", "Noto Sans Mono", "DejaVu Sans Mono")


@dataclass(frozen=True, slots=True)
class ToneColours:
    """The two colours of a mood: the fill, and the ink that is read on it."""

    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours, each named after its use."""

    window: str
    surface: str
    sunken: str
    edge: str
    control_edge: str
    ink: str
    ink_soft: str
    placeholder: str
    link: str
    accent: str
    accent_hover: str
    accent_press: str
    on_accent: str
    danger: str
    danger_hover: str
    hover: str
    press: str
    disabled_fill: str
    disabled_ink: str
    focus: str
    tones: dict[Tone, ToneColours]


LIGHT = Tokens(
    window="#F4F6F9",
    surface="#FFFFFF",
    sunken="#EEF1F5",
    edge="#DFE4EB",
    control_edge="#808A9B",
    ink="#14181F",
    ink_soft="#4F5968",
    placeholder="#667085",
    link="#1D58C8",
    accent=brand.ACCENT,
    accent_hover="#1A52BC",
    accent_press="#1646A2",
    on_accent=brand.ON_ACCENT,
    danger="#B3261E",
    danger_hover="#971D16",
    hover="#EEF2F8",
    press="#E2E8F1",
    disabled_fill="#E6E9EF",
    disabled_ink="#5B6472",
    focus="#1F5FD6",
    tones={
        Tone.NEUTRAL: ToneColours("#E9ECF1", "#3F4855"),
        Tone.GOOD: ToneColours("#E1F5E8", "#116B3A"),
        Tone.WARN: ToneColours("#FDEFD8", "#8A4B08"),
        Tone.BAD: ToneColours("#FCE7E5", "#A8201A"),
        Tone.ACCENT: ToneColours("#E5EDFC", "#1B4FB5"),
    },
)

DARK = Tokens(
    window="#14161A",
    surface="#1E2127",
    sunken="#17191E",
    edge="#323741",
    control_edge="#7C8595",
    ink="#F2F4F7",
    ink_soft="#AEB6C2",
    placeholder="#98A1B0",
    link="#8FB3FF",
    accent="#3A6FE2",
    accent_hover="#3364D2",
    accent_press="#2B57BC",
    on_accent="#FFFFFF",
    danger="#D23F36",
    danger_hover="#BF352D",
    hover="#282C34",
    press="#313640",
    disabled_fill="#2A2E36",
    disabled_ink="#A2AAB7",
    focus="#8FB3FF",
    tones={
        Tone.NEUTRAL: ToneColours("#2B3039", "#C3CAD5"),
        Tone.GOOD: ToneColours("#17392A", "#6FDD9B"),
        Tone.WARN: ToneColours("#3D2E14", "#F5BE6B"),
        Tone.BAD: ToneColours("#45211F", "#FF9C94"),
        Tone.ACCENT: ToneColours("#1E3154", "#A9C4FF"),
    },
)

TEXT = 4.5
SHAPE = 3.0

PAIRS: tuple[tuple[str, str, float], ...] = (
    ("ink", "window", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "sunken", TEXT),
    ("ink", "hover", TEXT),
    ("ink", "press", TEXT),
    ("ink_soft", "window", TEXT),
    ("ink_soft", "surface", TEXT),
    ("ink_soft", "sunken", TEXT),
    ("ink_soft", "hover", TEXT),
    ("placeholder", "surface", TEXT),
    ("link", "window", TEXT),
    ("link", "surface", TEXT),
    ("link", "hover", TEXT),
    ("link", "press", TEXT),
    ("on_accent", "accent", TEXT),
    ("on_accent", "accent_hover", TEXT),
    ("on_accent", "accent_press", TEXT),
    ("on_accent", "danger", TEXT),
    ("on_accent", "danger_hover", TEXT),
    ("disabled_ink", "disabled_fill", TEXT),
    ("on_accent", "control_edge", SHAPE),
    ("control_edge", "window", SHAPE),
    ("control_edge", "surface", SHAPE),
    ("accent", "window", SHAPE),
    ("accent", "surface", SHAPE),
    ("danger", "window", SHAPE),
    ("danger", "surface", SHAPE),
    ("focus", "window", SHAPE),
    ("focus", "surface", SHAPE),
    ("ink", "accent", 2.0),
)


class Space:
    """The spacing scale, in logical pixels."""

    HAIR = 2
    TINY = 4
    SMALL = 8
    GAP = 12
    CARD = 16
    PAGE = 24


class Radius:
    """Corners, in logical pixels."""

    SMALL = 6
    CONTROL = 9
    CARD = 12


class Role(StrEnum):
    """What a piece of text is; each has one size, weight and colour."""

    TITLE = "title"
    HEADING = "heading"
    STRONG = "strong"
    BODY = "body"
    SOFT = "soft"
    CAPTION = "caption"
    MONO = "mono"


SCALE = {
    Role.TITLE: 1.55,
    Role.HEADING: 1.08,
    Role.STRONG: 1.0,
    Role.BODY: 1.0,
    Role.SOFT: 1.0,
    Role.CAPTION: 0.9,
    Role.MONO: 0.92,
}
BOLD = frozenset({Role.TITLE, Role.HEADING, Role.STRONG})
# Letters keep their own widths, so that text is spaced evenly and scales to any screen.
HINTING = QFont.HintingPreference.PreferNoHinting
SMALLEST_BODY = 14
LARGEST_BODY = 22
# DejaVu is drawn about a tenth larger than other faces of the same nominal size.
WIDE_FAMILIES = {"DejaVu Sans": 0.93, "Bitstream Vera Sans": 0.93, "Verdana": 0.93}


class Theme:
    """The look as chosen now. Painted widgets read `tokens` while they paint."""

    def __init__(self, system: QFont) -> None:
        self._system = QFont(system)
        self.tokens = LIGHT

    @cached_property
    def body(self) -> int:
        """The size of plain text, in logical pixels.

        Asked for by the first window: fonts cost 2 MB that an icon in the tray does not need.
        """
        font = QFont(self._system)
        font.setFamilies(list(FAMILIES))
        size = min(max(QFontInfo(self._system).pixelSize(), SMALLEST_BODY), LARGEST_BODY)
        return round(size * WIDE_FAMILIES.get(QFontInfo(font).family(), 1.0))

    @property
    def dark(self) -> bool:
        """Whether the dark set is in use."""
        return self.tokens is DARK

    def size(self, role: Role) -> int:
        """The size of a role, in logical pixels."""
        return round(self.body * SCALE[role])

    def font(self, role: Role) -> QFont:
        """The font of a role; follows the person's own text size."""
        font = QFont()
        font.setFamilies(list(MONO_FAMILIES if role is Role.MONO else FAMILIES))
        font.setPixelSize(self.size(role))
        font.setHintingPreference(HINTING)
        font.setWeight(QFont.Weight.DemiBold if role in BOLD else QFont.Weight.Normal)
        return font

    def colour(self, name: str) -> QColor:
        """A token by name, ready to paint with."""
        return QColor(getattr(self.tokens, name))

    def tone(self, tone: Tone) -> ToneColours:
        """The colours of a mood."""
        return self.tokens.tones[tone]


def tokens_for(appearance: Appearance, scheme: Qt.ColorScheme) -> Tokens:
    """The set for a choice; a system that does not say which it prefers gets the light one."""
    match appearance:
        case Appearance.LIGHT:
            return LIGHT
        case Appearance.DARK:
            return DARK
        case Appearance.SYSTEM:
            return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def system_scheme() -> Qt.ColorScheme:
    """What the desktop prefers right now."""
    return QGuiApplication.styleHints().colorScheme()


def contrast(first: str, second: str) -> float:
    """WCAG 2.2's contrast ratio of two #RRGGBB colours, 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
