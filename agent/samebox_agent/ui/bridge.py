"""Where threads meet: values come in as queued signals, intents go out by one plain call."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from samebox_agent.core.intents import Intent


class Bridge(QObject):
    """Made on the UI thread. Any thread may emit the signals below; they arrive queued.

    `on_intent` is called on the UI thread and must return at once.
    """

    screens = Signal(object)
    """The newest `Screens`; a newer one replaces those not yet drawn."""
    copy = Signal(str)
    """Put this exact text on the clipboard."""
    notice = Signal(object)
    """Show this `TrayNotice` beside the icon."""
    stop = Signal()
    """Leave the event loop; the program ends."""
    intent = Signal(object)
    """What a person wants; for observers. The runtime gets it by `on_intent`."""

    def __init__(self, on_intent: "Callable[[Intent], None]") -> None:
        super().__init__()
        self._on_intent = on_intent

    def send(self, intent: "Intent") -> None:
        """From a widget to the runtime."""
        self._on_intent(intent)
        self.intent.emit(intent)
