"""What every widget is given: the look, and the way out for what a person wants."""

from collections.abc import Callable
from dataclasses import dataclass

from samebox_agent.core.intents import Intent
from samebox_agent.ui.theme import Theme

Send = Callable[[Intent], None]


@dataclass(frozen=True, slots=True)
class Kit:
    """Passed down by hand from the shell; `send` is called on the UI thread and returns at once."""

    theme: Theme
    send: Send
