"""The root: every page can be shown in every state."""

from datetime import UTC

import pytest
from msgspec.structs import replace
from samebox_agent.core.draft_state import Drafts
from samebox_agent.core.intents import Page
from samebox_agent.core.state import (
    AgentState,
    Answer,
    Link,
    LinkState,
    Phase,
    Problem,
    Trouble,
)
from samebox_agent.presenters import screens
from samebox_agent.presenters.views import (
    ArticleView,
    DraftView,
    HelpView,
    Screens,
)
from samebox_shared.model.ids import AnswerId

from tests.support.builders import (
    BO,
    DISK,
    NOW,
    OFFER,
    QUESTION,
    SESSION,
    a_conversation,
    an_article,
    an_offer,
    joined_state,
    live_state,
)

STATES = {
    "empty": AgentState(),
    "joined": joined_state(),
    "nothing read": joined_state(facts=()),
    "offline": joined_state(LinkState.OFFLINE),
    "refused": replace(
        joined_state(), link=Link(LinkState.REFUSED, 3, Trouble(Problem.SIGNED_OUT))
    ),
    "trouble": replace(joined_state(), trouble=Trouble(Problem.DISK_FULL)),
    "asker": live_state(),
    "helper": live_state(mine=False),
    "asked": replace(joined_state(), offers={OFFER: an_offer()}),
}


def shown(state: AgentState, *pages: Page) -> Screens:
    state = replace(state, window=replace(state.window, pages=pages or (Page.HELP,)))
    return screens.present(state, NOW, UTC, "1.0")


@pytest.mark.parametrize("page", Page)
@pytest.mark.parametrize("state", STATES)
def test_every_page_can_be_shown_in_every_state(state: str, page: Page) -> None:
    view = shown(STATES[state], page).main.page
    assert view.page is page or page in (Page.ARTICLE, Page.DRAFT)


def test_back_is_there_when_there_is_a_page_behind() -> None:
    assert shown(joined_state()).main.back is None
    assert shown(joined_state(), Page.HELP, Page.SETTINGS).main.back is not None


def test_trouble_stands_over_every_page() -> None:
    assert shown(STATES["trouble"], Page.SETTINGS).main.trouble is not None
    assert shown(joined_state()).main.trouble is None


def test_an_article_shows_while_it_is_there() -> None:
    state = joined_state()
    state = replace(state, fixes=replace(state.fixes, open=DISK, articles={DISK: an_article()}))
    assert isinstance(shown(state, Page.ARTICLE).main.page, ArticleView)
    state = replace(state, fixes=replace(state.fixes, articles={}))
    assert isinstance(shown(state, Page.ARTICLE).main.page, HelpView)


def test_a_draft_shows_once_it_came() -> None:
    state = replace(live_state(mine=False), drafts=Drafts(open=SESSION))
    assert isinstance(shown(state, Page.DRAFT).main.page, HelpView)
    state = replace(state, drafts=Drafts(open=SESSION, written={SESSION: an_article()}))
    assert isinstance(shown(state, Page.DRAFT).main.page, DraftView)


def test_only_open_conversations_have_a_window_and_every_offer_a_notice() -> None:
    state = STATES["asker"]
    assert [view.key for view in shown(state).sessions] == [QUESTION]
    closed = replace(state.conversations[QUESTION], open=False)
    assert shown(state.with_conversation(closed)).sessions == ()
    assert [view.key for view in shown(STATES["asked"]).offers] == [OFFER]


def test_an_unread_answer_is_a_notice() -> None:
    answer = Answer(AnswerId("a1"), BO, "Off and on", NOW)
    item = replace(a_conversation(Phase.PARKED), answers=(answer,), unread=AnswerId("a1"))
    shown = screens.present(joined_state().with_conversation(item), NOW, UTC, "1.0")
    assert [view.heading for view in shown.offers] == ["Bo answered your question"]
