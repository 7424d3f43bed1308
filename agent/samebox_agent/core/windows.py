"""The main window: open, hidden, and which page is in front."""

from msgspec.structs import replace

from samebox_agent.core import board, fixes, following, intents, link, volunteering
from samebox_agent.core.commands import ReadSharedLog, Step
from samebox_agent.core.events import Moment
from samebox_agent.core.intents import Page
from samebox_agent.core.state import AgentState


def first_page(state: AgentState) -> Page:
    """Where a person starts: join, then the sharing sheet, then help."""
    if state.me is None:
        return Page.JOIN
    return Page.HELP if state.sharing_agreed else Page.SHARING


def open_help(state: AgentState, moment: Moment) -> Step:
    """Bring the window to the front; a fresh look at the laptop and a try at the server with it."""
    window = state.window
    pages = window.pages if window.open else (first_page(state),)
    if pages[0] not in (first_page(state), Page.HELP):
        pages = (first_page(state),)
    window = replace(window, open=True, raised=window.raised + 1, pages=pages)
    state = replace(state, window=window)
    state, looks = fixes.read_if_old(state, moment)
    state, tries = link.reconnect(state)
    return state, (*looks, *tries)


def hide(state: AgentState) -> Step:
    """Closing the window leaves Samebox in the tray."""
    state = following.put_away(state)
    return replace(state, window=replace(state.window, open=False)), ()


def go_to(state: AgentState, intent: intents.GoTo) -> Step:
    """Put a page in front."""
    pages = tuple(page for page in state.window.pages if page is not intent.page)
    root = (Page.HELP, Page.JOIN)
    pages = (intent.page,) if intent.page in root else (*pages, intent.page)
    raised = state.window.raised + (0 if state.window.open else 1)
    window = replace(state.window, pages=pages, open=True, raised=raised)
    state = replace(state, window=window, trouble=None)
    match intent.page:
        case Page.SHARED_LOG:
            return state, (ReadSharedLog(),)
        case Page.BOARD:
            return board.open_page(state)
        case Page.VOLUNTEERING:
            return volunteering.open_form(state), ()
        case _:
            return state, ()


def go_back(state: AgentState) -> Step:
    """To the page before this one."""
    pages = state.window.pages[:-1] or (first_page(state),)
    return replace(state, window=replace(state.window, pages=pages), trouble=None), ()


def show_draft(state: AgentState, intent: intents.ShowDraft) -> Step:
    """Show the draft article of a solved session."""
    state, commands = go_to(state, intents.GoTo(Page.DRAFT))
    return replace(state, drafts=replace(state.drafts, open=intent.session_id)), commands
