"""The main window: which page is in front, and what a click on the icon brings."""

from msgspec.structs import replace
from samebox_agent.core import fixes, intents
from samebox_agent.core.commands import Connect, FetchBoard, ReadFacts, ReadSharedLog, StopTimer
from samebox_agent.core.intents import Page
from samebox_agent.core.state import AgentState, LinkState, Problem, Trouble, Window
from samebox_agent.core.windows import first_page

from tests.support.builders import SESSION, joined_state
from tests.support.playbook import Playbook


def test_a_person_starts_where_they_are_on_the_way() -> None:
    assert first_page(AgentState()) is Page.JOIN
    assert first_page(replace(joined_state(), sharing_agreed=False)) is Page.SHARING
    assert first_page(joined_state()) is Page.HELP


def test_a_click_on_the_icon_brings_help_a_fresh_look_and_a_try_at_the_server() -> None:
    play = Playbook(joined_state(LinkState.OFFLINE))
    play.wall += 100
    play >> intents.OpenHelp() << ReadFacts(fixes.ALL_KINDS, asked=True)
    play << StopTimer("reconnect") << Connect()
    assert play.state.window == Window(open=True, raised=1, pages=(Page.HELP,))


def test_an_open_window_keeps_its_page() -> None:
    play = Playbook(joined_state())
    play >> intents.OpenHelp() >> intents.GoTo(Page.SETTINGS) >> intents.OpenHelp()
    assert list(play.state.window.pages) == [Page.HELP, Page.SETTINGS]
    assert play.state.window.raised == 2


def test_a_hidden_window_comes_back_with_the_first_page() -> None:
    play = Playbook(joined_state())
    play >> intents.OpenHelp() >> intents.GoTo(Page.SETTINGS) >> intents.HideWindow()
    assert not play.state.window.open
    play >> intents.OpenHelp()
    assert list(play.state.window.pages) == [Page.HELP]


def test_a_page_that_no_longer_is_the_first_gives_way() -> None:
    state = replace(joined_state(), window=Window(open=True, pages=(Page.JOIN,)))
    play = Playbook(state)
    play >> intents.OpenHelp()
    assert list(play.state.window.pages) == [Page.HELP]


def test_pages_are_stacked_once_each_and_back_goes_down() -> None:
    play = Playbook(replace(joined_state(), trouble=Trouble(Problem.DISK_FULL)))
    play >> intents.GoTo(Page.SETTINGS) >> intents.GoTo(Page.SHARING) >> intents.GoTo(Page.SETTINGS)
    assert list(play.state.window.pages) == [Page.HELP, Page.SHARING, Page.SETTINGS]
    assert (play.state.window.open, play.state.window.raised) == (True, 1)
    assert play.state.trouble is None
    play >> intents.GoBack() >> intents.GoBack() >> intents.GoBack() >> intents.GoBack()
    assert list(play.state.window.pages) == [Page.HELP]
    play >> intents.GoTo(Page.SETTINGS) >> intents.GoTo(Page.HELP)
    assert list(play.state.window.pages) == [Page.HELP]


def test_the_log_is_fetched_when_it_is_shown() -> None:
    play = Playbook(joined_state())
    play >> intents.GoTo(Page.SHARED_LOG) << ReadSharedLog()


def test_a_draft_is_shown_by_its_session() -> None:
    play = Playbook(joined_state())
    play >> intents.ShowDraft(SESSION)
    assert (play.state.drafts.open, play.state.window.pages[-1]) == (SESSION, Page.DRAFT)


def test_the_board_is_fetched_and_the_form_about_helping_filled_when_they_open() -> None:
    play = Playbook(joined_state())
    play >> intents.GoTo(Page.BOARD) << FetchBoard()
    play >> intents.GoTo(Page.VOLUNTEERING)
    assert not play.state.helping.form.touched
