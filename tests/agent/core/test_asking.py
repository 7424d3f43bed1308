"""The ask sheet: what is on it, what leaves with Send, and that nothing else does (PR-1, PR-5)."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from samebox_agent.core import asking, fixes, intents
from samebox_agent.core.commands import KeepAct, KeepText
from samebox_agent.core.events import ActNotKept, FactsRead
from samebox_agent.core.intents import Page
from samebox_agent.core.state import AgentState, Facts, Phase, Problem, Trouble
from samebox_agent.presenters import ask as ask_page
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import BY_NAME, CATALOGUE, Fact, FactKind
from samebox_shared.model.ids import ArticleId, QuestionId
from samebox_shared.model.people import Volunteering
from samebox_shared.model.topics import Topic
from samebox_shared.protocol.acts import Ask
from samebox_shared.protocol.codec import MAX_TEXT

from tests.support.builders import (
    DISK,
    T14_FACTS,
    a_conversation,
    a_device_type,
    a_page,
    an_article,
    joined_state,
)
from tests.support.playbook import Playbook

KINDS = st.frozensets(st.sampled_from(list(FactKind)))
FACTS = st.lists(
    st.sampled_from(CATALOGUE).map(lambda spec: Fact(name=spec.name, value=spec.example)),
    unique_by=lambda fact: fact.name,
).map(tuple)


def a_sheet() -> Playbook:
    """Ana has typed a question and opened the sheet."""
    play = Playbook(joined_state())
    play >> intents.TypeQuestion("My disk is full") >> intents.StartAsking()
    return play


def test_the_sheet_opens_with_the_words_and_the_agreed_kinds() -> None:
    play = a_sheet()
    play << KeepText(asking.ASK_FIELD, "My disk is full")
    assert play.state.window.pages[-1] is Page.ASK
    assert play.state.ask.text == "My disk is full"
    assert play.state.ask.included == {FactKind.DEVICE_TYPE, FactKind.STORAGE}


def test_what_was_written_on_from_the_help_field_is_not_lost_on_the_way_back_and_forth() -> None:
    play = a_sheet()
    play >> intents.TypeAsk("My disk is full since yesterday") >> intents.SetNameHidden(True)
    play >> intents.GoBack() >> intents.StartAsking()
    assert play.state.ask.text == "My disk is full since yesterday"
    assert play.state.ask.name_hidden


def test_new_words_in_the_help_field_begin_a_new_sheet() -> None:
    play = a_sheet()
    play >> intents.GoBack() >> intents.TypeQuestion("No sound") >> intents.StartAsking()
    assert play.state.ask.text == "No sound"


def test_a_question_longer_than_may_be_sent_is_cut_where_the_person_sees_it() -> None:
    play = Playbook(joined_state())
    play >> intents.TypeQuestion("x" * (MAX_TEXT + 1)) >> intents.StartAsking()
    assert len(play.state.ask.text) == MAX_TEXT
    play >> intents.TypeAsk("y" * (MAX_TEXT + 1))
    assert play.state.ask.text == "y" * MAX_TEXT


def test_a_fix_that_did_not_help_goes_along_as_tried() -> None:
    play = Playbook(asking_state_with_article())
    play >> intents.SayNotSolved(DISK)
    assert play.state.ask.text == "Make room on a full disk"
    play >> intents.SendQuestion()
    assert sent(play).tried == (DISK,)
    assert play.state.fixes.tried == ()


def asking_state_with_article() -> AgentState:
    return fixes.with_articles(joined_state(), a_page(an_article()))


def test_words_that_stand_in_the_help_field_stay_when_a_fix_did_not_help() -> None:
    play = Playbook(asking_state_with_article())
    play >> intents.TypeQuestion("Cannot save") >> intents.SayNotSolved(ArticleId("gone"))
    assert play.state.ask.text == "Cannot save"


def sent(play: Playbook) -> Ask:
    acts = [command.act for command in play.commands if isinstance(command, KeepAct)]
    assert len(acts) == 1
    assert isinstance(acts[0], Ask)
    return acts[0]


def test_send_keeps_the_question_and_opens_its_window_at_once() -> None:
    play = a_sheet()
    wanted = asking.draft(play.state)
    play >> intents.SendQuestion() << KeepAct(play.txn, wanted, play.wall)
    play << KeepText(asking.ASK_FIELD, "") << KeepText("help", "")
    assert play.state.conversations[wanted.question_id].open
    assert play.state.conversations[wanted.question_id].phase is Phase.KEPT
    assert play.state.window.pages == (Page.HELP,)
    assert (play.state.ask.text, play.state.fixes.text) == ("", "")


def test_a_second_send_before_the_first_is_over_does_nothing() -> None:
    play = a_sheet()
    play >> intents.SendQuestion() >> intents.StartAsking() >> intents.TypeAsk("Another")
    play >> intents.SendQuestion()
    assert play.commands == ()
    assert play.state.ask.text == "Another"


def test_an_empty_question_is_not_sent() -> None:
    play = Playbook(joined_state())
    play >> intents.StartAsking() >> intents.TypeAsk("  ") >> intents.SendQuestion()
    assert play.commands == ()


def test_a_full_disk_puts_the_question_back_on_the_sheet_as_it_was() -> None:
    play = a_sheet()
    play >> intents.SetIncluded(FactKind.BATTERY, True) >> intents.SetNameHidden(True)
    before = asking.draft(play.state)
    play >> intents.SendQuestion()
    play >> ActNotKept(play.txn, Trouble(Problem.DISK_FULL))
    assert play.state.trouble == Trouble(Problem.DISK_FULL)
    assert (play.state.conversations, play.state.outbox) == ({}, ())
    assert play.state.window.pages[-1] is Page.ASK
    assert asking.draft(play.state) == before


def test_a_system_said_by_hand_comes_back_too() -> None:
    play = a_sheet()
    play >> intents.SetIncluded(FactKind.DEVICE_TYPE, False) >> intents.SaySystem("linux")
    before = asking.draft(play.state)
    assert before.device_type == DeviceType(system=System.LINUX)
    play >> intents.SendQuestion()
    play >> ActNotKept(play.txn, Trouble(Problem.DISK_FULL))
    assert asking.draft(play.state) == before
    assert FactKind.DEVICE_TYPE not in play.state.ask.included


def test_the_device_type_is_told_only_when_it_is_included() -> None:
    play = a_sheet()
    assert asking.draft(play.state).device_type == a_device_type()
    play >> intents.SetIncluded(FactKind.DEVICE_TYPE, False)
    assert asking.draft(play.state).device_type == DeviceType()


def test_an_included_device_type_that_was_never_read_leaves_room_for_the_persons_own_word() -> None:
    play = Playbook(joined_state(facts=()))
    play >> intents.StartAsking() >> intents.SaySystem("macos")
    assert asking.device_type_to_send(play.state) == DeviceType(system=System.MACOS)


@given(facts=FACTS, sharing=KINDS, included=KINDS)
def test_only_facts_of_included_kinds_ever_leave(
    facts: tuple[Fact, ...], sharing: frozenset[FactKind], included: frozenset[FactKind]
) -> None:
    state = replace(joined_state(facts=facts), sharing=sharing)
    state = replace(state, ask=replace(state.ask, included=included))
    draft = asking.draft(state)
    assert {BY_NAME[fact.name].kind for fact in draft.facts} <= included
    assert set(draft.facts) <= set(facts)
    if FactKind.DEVICE_TYPE not in included:
        assert draft.device_type == DeviceType()
    if not included:
        assert draft.facts == ()


@given(facts=FACTS, included=KINDS, hidden=st.booleans(), words=st.text(min_size=1))
def test_the_preview_is_exactly_what_send_hands_over(
    facts: tuple[Fact, ...], included: frozenset[FactKind], hidden: bool, words: str
) -> None:
    play = Playbook(joined_state(facts=facts))
    play >> intents.StartAsking() >> intents.TypeAsk("Help: " + words.replace("\ud800", ""))
    for kind in FactKind:
        play >> intents.SetIncluded(kind, kind in included)
    play >> intents.SetNameHidden(hidden) >> intents.ShowPreview(True)
    preview = ask_page.present(play.state).preview
    play >> intents.SendQuestion()
    assert msgspec.json.decode(preview, type=Ask) == sent(play)


def test_with_reading_off_nothing_about_the_laptop_can_go_along() -> None:
    play = a_sheet()
    play >> intents.SetReading(False)
    play >> FactsRead(T14_FACTS, 0.1)
    for kind in FactKind:
        play >> intents.SetIncluded(kind, True)
    assert play.state.facts.values == ()
    assert asking.draft(play.state).facts == ()
    assert asking.draft(play.state).device_type == DeviceType()


def test_facts_outside_the_catalogue_never_leave() -> None:
    state = joined_state(facts=(Fact(name="secrets.password", value="hunter2"),))
    state = replace(state, ask=replace(state.ask, included=frozenset(FactKind)))
    assert asking.facts_to_send(state) == ()


def test_a_sheet_that_was_never_opened_sends_nothing() -> None:
    state = replace(joined_state(), facts=Facts())
    state = replace(state, ask=replace(state.ask, text="Restored after a restart"))
    play = Playbook(state)
    assert asking.draft(state).question_id == QuestionId("")
    play >> intents.SendQuestion()
    assert play.commands == ()


def test_asking_with_an_open_question_shows_the_sheet_but_keeps_the_open_one() -> None:
    play = Playbook(joined_state().with_conversation(a_conversation()))
    play >> intents.StartAsking() >> intents.TypeAsk("Another") >> intents.SendQuestion()
    assert list(play.state.conversations) == ["q1"]
    assert play.state.ask.text == "Another"


def test_the_topic_is_guessed_until_it_is_chosen() -> None:
    play = Playbook(joined_state())
    play >> intents.StartAsking() >> intents.TypeAsk("The printer is offline")
    assert asking.draft(play.state).topic is Topic.PRINTING
    play >> intents.ShowTopics(True)
    assert play.state.ask.topics_shown
    play >> intents.ChooseTopic(Topic.NETWORK)
    assert asking.draft(play.state).topic is Topic.NETWORK
    assert not play.state.ask.topics_shown


def test_the_language_goes_along_only_when_it_may() -> None:
    facts = (*T14_FACTS, Fact(name="locale.language", value="nl_NL.UTF-8"))
    play = Playbook(joined_state(facts=facts))
    play >> intents.StartAsking()
    assert asking.draft(play.state).language == ""
    play >> intents.SetLanguageAlong(True)
    assert asking.draft(play.state).language == "nl"
    shared = replace(joined_state(facts=facts), sharing=frozenset({FactKind.DESKTOP}))
    agreed = Playbook(shared) >> intents.StartAsking()
    assert asking.draft(agreed.state).language == "nl"


def test_the_place_goes_along_only_for_trouble_of_a_place_and_can_be_left_out() -> None:
    state = joined_state()
    helping = replace(state.helping, volunteering=Volunteering(place="Building B"))
    play = Playbook(replace(state, helping=helping))
    play >> intents.StartAsking() >> intents.TypeAsk("My disk is full")
    assert asking.draft(play.state).place == ""
    play >> intents.TypeAsk("The printer is offline")
    assert asking.draft(play.state).place == "Building B"
    play >> intents.SetPlaceAlong(False)
    assert asking.draft(play.state).place == ""
