"""Everything on the screen at one moment: the root of the presenters."""

from datetime import tzinfo

from samebox_agent.core import intents
from samebox_agent.core.intents import Page
from samebox_agent.core.state import AgentState
from samebox_agent.presenters import (
    article,
    ask,
    board,
    draft,
    help,
    invite,
    join,
    offer,
    people,
    refusals,
    session,
    settings,
    shared_log,
    sharing,
    tray,
    volunteering,
)
from samebox_agent.presenters.views import Button, MainView, OfferView, PageView, Screens, Weight


def present(state: AgentState, wall: float, zone: tzinfo, version: str) -> Screens:
    """All view data; `wall` in Unix seconds decides which suggestions are still put away."""
    return Screens(
        tray=tray.present(state, wall),
        main=_main(state, wall, zone, version),
        sessions=tuple(
            session.present(state, item, zone) for item in state.conversations.values() if item.open
        ),
        offers=_notices(state),
        appearance=state.preferences.appearance,
    )


def _notices(state: AgentState) -> tuple[OfferView, ...]:
    answers = (offer.of_answer(item) for item in state.conversations.values())
    return (
        *(offer.present(item) for item in state.offers.values()),
        *(view for view in answers if view is not None),
    )


def _main(state: AgentState, wall: float, zone: tzinfo, version: str) -> MainView:
    window = state.window
    back = None
    if len(window.pages) > 1:
        back = Button("Back", intents.GoBack(), Weight.QUIET)
    trouble = refusals.banner(state.trouble, dismiss=True) if state.trouble else None
    page = _page(state, window.pages[-1], wall, zone, version)
    return MainView(window.open, window.raised, page, back, trouble)


def _page(  # noqa: C901 - one line for each page
    state: AgentState, page: Page, wall: float, zone: tzinfo, version: str
) -> PageView:
    match page:
        case Page.JOIN:
            return join.present(state)
        case Page.SHARING:
            return sharing.present(state)
        case Page.ASK:
            return ask.present(state)
        case Page.SETTINGS:
            return settings.present(state, version)
        case Page.SHARED_LOG:
            return shared_log.present(state, zone)
        case Page.INVITE:
            return invite.present(state)
        case Page.VOLUNTEERING:
            return volunteering.present(state, wall, zone)
        case Page.PEOPLE:
            return people.present(state)
        case Page.BOARD:
            return board.present(state, zone)
        case Page.ARTICLE | Page.DRAFT | Page.HELP:
            return _one_thing(state, page, wall, zone)


def _one_thing(state: AgentState, page: Page, wall: float, zone: tzinfo) -> PageView:
    """A page about one article; what is gone meanwhile leads back to help."""
    if page is Page.ARTICLE and state.fixes.open is not None:
        found_article = state.fixes.articles.get(state.fixes.open)
        if found_article is not None:
            return article.present(state, found_article, zone)
    if page is Page.DRAFT and state.drafts.open is not None:
        found = state.conversation_of(state.drafts.open)
        shown = None if found is None else draft.present(state, found)
        if shown is not None:
            return shown
    return help.present(state, wall)
