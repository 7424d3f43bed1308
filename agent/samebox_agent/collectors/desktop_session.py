"""The desktop a person sees: environment, display system, language, number of displays.

Windows and macOS have one desktop each, so only Linux tells which. Qt is not asked: this runs
outside its thread.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, macos_properties, windows_registry
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "desktop session"
_EVERYWHERE = frozenset({"locale.language", "connected_displays.count"})
_RESOLUTION = "connected_displays.main_resolution"
_BUILT_IN = re.compile(r"-(?:eDP|LVDS|DSI)-\d+$")
_MONITORS = 80  # SM_CMONITORS
_REAL_WIDTH, _REAL_HEIGHT = 118, 117  # DESKTOPHORZRES, DESKTOPVERTRES
_MOST_DISPLAYS = 16


def language(told: str | None) -> str | None:
    """ "nl_NL.UTF-8", "nl-NL" and "nl_NL@euro" are all nl_NL; "C" is no language."""
    bare = (told or "").partition(".")[0].partition("@")[0].replace("-", "_")
    return None if bare in ("", "C", "POSIX") else bare


def session_facts(
    spoken: str | None, displays: int | None, resolution: str | None = None
) -> Iterable[Fact]:
    """What the systems tell; what is None could not be read."""
    if (known := language(spoken)) is not None:
        yield Fact(name="locale.language", value=known)
    if displays is not None:
        yield Fact(name="connected_displays.count", value=displays)
    if resolution is not None:
        yield Fact(name=_RESOLUTION, value=resolution)


class LinuxDesktopSession(Struct, frozen=True):
    """From the session's environment and the graphics driver's connectors."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.DESKTOP
    facts: ClassVar[frozenset[str]] = _EVERYWHERE | {
        "desktop.environment",
        "desktop.session",
        _RESOLUTION,
    }
    root: Path = Path("/")
    environment: Mapping[str, str] = field(default_factory=dict)

    def collect(self) -> Iterable[Fact]:
        # "ubuntu:GNOME": the last entry is the desktop, those before it are its variants.
        desktop = self.environment.get("XDG_CURRENT_DESKTOP", "").rpartition(":")[2]
        if desktop:
            yield Fact(name="desktop.environment", value=desktop)
        session = self.environment.get("XDG_SESSION_TYPE", "")
        if session in ("wayland", "x11"):
            yield Fact(name="desktop.session", value=session)
        spoken = [self.environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
        chosen = next(filter(None, spoken), None)
        yield from session_facts(chosen, self._displays(), self._resolution())

    def _displays(self) -> int | None:
        """None without a graphics driver that lists its connectors (a virtual machine)."""
        folders = files.entries(self.root / "sys/class/drm")
        states = [files.text(folder / "status") for folder in folders]
        known = [state for state in states if state is not None]
        return known.count("connected") if known else None

    def _resolution(self) -> str | None:
        """Of the one display that is lit, or of the built-in one among several: the picture it is
        made for. Which of several the desktop takes for its main one is not told to us."""
        lit = [
            folder
            for folder in files.entries(self.root / "sys/class/drm")
            if files.text(folder / "enabled") == "enabled"
        ]
        built_in = [folder for folder in lit if _BUILT_IN.search(folder.name)]
        main = lit if len(lit) == 1 else built_in
        if len(main) != 1:
            return None
        found = re.match(r"\d+x\d+", files.text(main[0] / "modes") or "")
        return found[0] if found else None


def windows_displays() -> int | None:
    """Monitors that show part of the desktop; None on other systems."""
    if sys.platform != "win32":
        return None
    import ctypes

    return int(ctypes.windll.user32.GetSystemMetrics(_MONITORS)) or None


def windows_resolution() -> str | None:
    """Real pixels of the main display, whatever it is scaled to; None on other systems."""
    if sys.platform != "win32":
        return None
    import ctypes

    user, graphics = ctypes.windll.user32, ctypes.windll.gdi32
    user.GetDC.restype = ctypes.c_void_p
    screen = ctypes.c_void_p(user.GetDC(None))
    if not screen:
        return None
    try:
        width, height = (
            int(graphics.GetDeviceCaps(screen, what)) for what in (_REAL_WIDTH, _REAL_HEIGHT)
        )
    finally:
        user.ReleaseDC(None, screen)
    return f"{width}x{height}" if width and height else None


class WindowsDesktopSession(Struct, frozen=True):
    """The language is the one of the person's regional format."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.DESKTOP
    facts: ClassVar[frozenset[str]] = _EVERYWHERE | {_RESOLUTION}
    registry: Registry = field(default_factory=SystemRegistry)
    displays: Callable[[], int | None] = windows_displays
    resolution: Callable[[], str | None] = windows_resolution

    def collect(self) -> Iterable[Fact]:
        key = r"HKCU\Control Panel\International"
        spoken = windows_registry.text(self.registry, key, "LocaleName")
        yield from session_facts(spoken, self.displays(), self.resolution())


def mac_displays() -> int | None:
    """Displays the window server draws on; None on other systems."""
    if sys.platform != "darwin":
        return None
    import ctypes

    graphics = ctypes.CDLL("/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics")
    count = ctypes.c_uint32(0)
    failed = graphics.CGGetActiveDisplayList(_MOST_DISPLAYS, None, ctypes.byref(count))
    return None if failed else count.value


class MacDesktopSession(Struct, frozen=True):
    """Programs started from the Dock have no LANG, so the person's preferences are read."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.DESKTOP
    facts: ClassVar[frozenset[str]] = _EVERYWHERE
    home: Path = field(default_factory=Path.home)
    displays: Callable[[], int | None] = mac_displays

    def collect(self) -> Iterable[Fact]:
        preferences = self.home / "Library/Preferences/.GlobalPreferences.plist"
        spoken = macos_properties.text(macos_properties.from_file(preferences), "AppleLocale")
        yield from session_facts(spoken, self.displays())
