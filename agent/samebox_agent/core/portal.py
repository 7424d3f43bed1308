"""Opening the portal in the browser: the engine does it, and only what goes wrong comes back."""

from msgspec.structs import replace

from samebox_agent.core.commands import OpenPortalAt, Step
from samebox_agent.core.draft_intents import OpenPortal
from samebox_agent.core.state import AgentState, Trouble


def open_page(state: AgentState, intent: OpenPortal) -> Step:
    """The engine asks for a link that works once, and opens it."""
    return replace(state, trouble=None), (OpenPortalAt(intent.to),)


def on_failed(state: AgentState, trouble: Trouble) -> AgentState:
    """Said in the main window, also to whoever asked from the tray's menu."""
    window = state.window
    raised = window.raised + (0 if window.open else 1)
    return replace(state, trouble=trouble, window=replace(window, open=True, raised=raised))
