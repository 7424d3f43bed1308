"""The view data of the tray icon. Loaded at every start before the rest, so it needs little.

Everybody else takes it from `presenters.views`.
"""

from dataclasses import dataclass
from enum import StrEnum

from samebox_agent.core.early_intents import Intent, OpenHelp, Quit


class TrayIcon(StrEnum):
    """The states of the icon."""

    READY = "ready"
    ATTENTION = "attention"
    TALKING = "talking"
    OFFLINE = "offline"


@dataclass(frozen=True)
class MenuItem:
    """One line of the tray menu. Without an intent a plain sentence; `checked` None is no tick."""

    label: str
    intent: Intent | None = None
    checked: bool | None = None
    separator_before: bool = False


@dataclass(frozen=True)
class TrayNotice:
    """What the system shows for a moment; a click on it is the intent. Each `number` once."""

    number: int
    title: str
    text: str
    intent: Intent


@dataclass(frozen=True)
class TrayView:
    """The icon, its count (0 shows none), its tooltip, its menu, and the newest notice."""

    icon: TrayIcon
    count: int
    tooltip: str
    menu: tuple[MenuItem, ...]
    notice: TrayNotice | None = None


def starting() -> TrayView:
    """The icon before anything is known: a click already opens help."""
    return TrayView(
        TrayIcon.READY,
        0,
        "Samebox is starting",
        (
            MenuItem("Get help…", OpenHelp()),
            MenuItem("Quit Samebox", Quit(), separator_before=True),
        ),
    )
