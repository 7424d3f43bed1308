"""The ask sheet in words: what goes along, to whom, and when it may be sent (J4)."""

import msgspec
from msgspec.structs import replace
from samebox_agent.core import asking, intents
from samebox_agent.core.state import AgentState, LinkState, Problem, Trouble
from samebox_agent.presenters import ask, wording
from samebox_agent.presenters.views import AskView
from samebox_shared.model.facts import SHAREABLE, Fact, FactKind
from samebox_shared.model.people import Volunteering
from samebox_shared.model.topics import Topic
from samebox_shared.protocol.acts import MOST_OPEN, Ask

from tests.support.builders import (
    DISK,
    T14_FACTS,
    a_conversation,
    a_page,
    an_article,
    joined_state,
    parked_state,
)
from tests.support.playbook import Playbook


def sheet(state: AgentState | None = None, *more: intents.Intent) -> AskView:
    play = Playbook(state or joined_state())
    play >> intents.StartAsking() >> intents.TypeAsk("Help")
    for intent in more:
        play >> intent
    return ask.present(play.state)


def test_field_by_field_what_goes_along() -> None:
    rows = {row.switch.label: row for row in sheet().rows}
    assert len(rows) == len(SHAREABLE)
    assert rows["Disk space"].switch.on
    assert rows["Disk space"].values == ("Share of the system disk free: 3.5%",)
    assert not rows["Battery"].switch.on
    assert rows["Battery"].switch.turn_on == intents.SetIncluded(FactKind.BATTERY, True)
    assert rows["Network"].values == ("Nothing was read on this laptop",)
    assert not rows["Network"].switch.enabled


def test_to_whom_it_goes_follows_what_is_told() -> None:
    assert "same ThinkPad T14 Gen 3" in sheet().to_whom
    hidden = intents.SetIncluded(FactKind.DEVICE_TYPE, False)
    assert sheet(None, hidden).to_whom.startswith("To IT")
    said = sheet(None, hidden, intents.SaySystem("linux"))
    assert said.to_whom == "First to colleagues who use Linux, at last to IT."


def test_the_system_is_asked_for_only_when_the_device_type_is_not_told() -> None:
    assert sheet().systems == ()
    hidden = intents.SetIncluded(FactKind.DEVICE_TYPE, False)
    choices = sheet(None, hidden, intents.SaySystem("macos")).systems
    assert [(choice.label, choice.chosen) for choice in choices] == [
        ("Not said", False),
        ("Windows", False),
        ("macOS", True),
        ("Linux", False),
    ]
    assert len(sheet(joined_state(facts=())).systems) == 4


def test_the_exact_text_is_shown_on_demand() -> None:
    closed = sheet()
    assert (closed.preview, closed.preview_button.intent) == ("", intents.ShowPreview(True))
    play = Playbook(joined_state())
    play >> intents.StartAsking() >> intents.TypeAsk("Help") >> intents.ShowPreview(True)
    shown = ask.present(play.state)
    assert shown.preview_button.intent == intents.ShowPreview(False)
    assert msgspec.json.decode(shown.preview, type=Ask) == asking.draft(play.state)


def test_what_was_tried_is_named_and_can_be_left_out() -> None:
    from samebox_agent.core import fixes

    state = fixes.with_articles(joined_state(), a_page(an_article()))
    (row,) = sheet(state, intents.SayNotSolved(DISK)).tried
    assert row.text == "Make room on a full disk"
    assert sheet(state, intents.SayNotSolved(DISK), row.leave_out.intent).tried == ()
    assert sheet(joined_state(), intents.SayNotSolved(DISK)).tried == ()


def test_send_needs_words_and_no_other_open_question() -> None:
    assert sheet().send.enabled
    assert not sheet(None, intents.TypeAsk(" ")).send.enabled
    busy = sheet(joined_state().with_conversation(a_conversation()))
    assert not busy.send.enabled
    assert busy.trouble is not None
    assert sheet(parked_state(MOST_OPEN - 1)).trouble is None
    full = sheet(parked_state(MOST_OPEN)).trouble
    assert full is not None
    assert full.title == wording.TOO_MANY_OPEN


def test_offline_the_button_tells_the_truth() -> None:
    assert sheet().send.label == "Send"
    offline = sheet(joined_state(LinkState.OFFLINE))
    assert offline.send.label == "Keep and send later"
    assert offline.footnote.startswith("You are offline")


def test_trouble_is_said_once_over_the_page_and_not_again_on_the_sheet() -> None:
    assert ask.present(replace(joined_state(), trouble=Trouble(Problem.DISK_FULL))).trouble is None


def test_one_topic_shows_and_the_others_on_demand() -> None:
    few = sheet(None, intents.TypeAsk("The printer is offline")).topics
    assert [(choice.label, choice.chosen) for choice in few] == [
        ("Printing", True),
        ("Something different…", False),
    ]
    many = sheet(None, intents.TypeAsk("The printer is offline"), few[1].intent).topics
    assert len(many) == len(Topic)
    assert [choice.label for choice in many if choice.chosen] == ["Printing"]


def test_language_and_place_are_shown_with_what_they_are_for() -> None:
    state = joined_state(facts=(*T14_FACTS, Fact(name="locale.language", value="nl_NL")))
    helping = replace(state.helping, volunteering=Volunteering(place="Building B"))
    view = sheet(replace(state, helping=helping), intents.TypeAsk("The printer is offline"))
    assert [(switch.label, switch.on) for switch in view.along] == [
        ("Ask in Dutch", False),
        ("I am at: Building B", True),
    ]
    assert sheet().along == ()
