"""The window of one question, for asker and helper (J4, J6, J7)."""

from datetime import UTC

import pytest
from msgspec.structs import replace
from samebox_agent.core import intents
from samebox_agent.core.draft_state import Choices, Drafts, Way
from samebox_agent.core.state import Answer, Companion, Conversation, LinkState, Phase
from samebox_agent.presenters import session, wording
from samebox_agent.presenters.views import SessionView, Tone
from samebox_shared.model.articles import DraftState
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import AnswerId, MessageId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import CancelQuestion

from tests.support.builders import (
    ANA,
    BO,
    IRIS,
    NOW,
    QUESTION,
    SESSION,
    T14_FACTS,
    a_conversation,
    a_live_conversation,
    an_article,
    joined_state,
    waiting,
    with_bo,
)


def view(item: Conversation, link: LinkState = LinkState.ONLINE) -> SessionView:
    return session.present(joined_state(link), item, UTC)


def with_iris() -> Conversation:
    return replace(a_live_conversation(), company=(Companion(IRIS, Part.HELPER),))


def solved_one() -> Conversation:
    return replace(a_live_conversation(), phase=Phase.SOLVED)


def asking(asked: int, ring: Ring | None) -> Conversation:
    return replace(a_conversation(), asked=asked, ring=ring, until=NOW + 60)


@pytest.mark.parametrize(
    ("item", "title", "detail"),
    [
        (a_conversation(Phase.KEPT), "Sending your question…", ""),
        (asking(0, None), "Looking for a colleague…", ""),
        (asking(0, Ring.IT), "Nobody is there right now", "next at 08:01"),
        (
            asking(2, Ring.SAME_MODEL),
            "Asking 2 colleagues with the same ThinkPad T14 Gen 3",
            "Until 08:01, then it asks more widely: colleagues with another ThinkPad T14.",
        ),
        (asking(1, Ring.IT), "Asking 1 person of IT", "Until 08:01, then it asks again."),
        (
            a_live_conversation(),
            "You are talking with Bo",
            "A colleague with the same ThinkPad T14 Gen 3.",
        ),
        (
            replace(a_live_conversation(), ring=Ring.SAME_SYSTEM),
            "You are talking with Bo",
            "A colleague who uses Windows too.",
        ),
        (with_iris(), "You are talking with Iris", "From IT."),
        (replace(a_live_conversation(), ring=None), "You are talking with Bo", ""),
        (a_live_conversation(mine=False), "You are helping Bo", "My disk is full"),
        (with_bo(a_live_conversation(), here=False), "Bo is away for a moment", "kept"),
        (replace(a_live_conversation(), solved_wish=True), "Saying solved…", ""),
        (solved_one(), "Solved", "Thank you."),
        (solved_one(), "Solved", "The draft is only on this laptop."),
        (replace(solved_one(), mine=False), "Solved", "Thank you."),
        (a_conversation(Phase.SOLVED), "Solved", "Nobody is asked any more."),
        (a_conversation(Phase.CANCELLED), "Withdrawn", "Nobody is asked any more."),
        (a_conversation(Phase.ENDED), "This conversation is over for you", ""),
    ],
)
def test_the_window_always_says_what_is_happening(
    item: Conversation, title: str, detail: str
) -> None:
    state = view(item).state
    assert state.title == title
    assert detail in state.detail


def test_offline_it_says_what_becomes_of_what_is_written() -> None:
    kept = view(a_conversation(Phase.KEPT), LinkState.OFFLINE).state
    assert kept.title == "You are offline; your question is kept"
    live = view(a_live_conversation(), LinkState.CONNECTING).state
    assert (live.title, live.busy) == ("Reconnecting…", True)
    assert view(a_conversation(Phase.SOLVED), LinkState.OFFLINE).state.title == "Solved"


def test_a_withdrawal_shows_while_it_waits_and_cannot_be_pressed_twice() -> None:
    cancel = waiting(CancelQuestion(question_id=QUESTION))
    for link, detail in ((LinkState.ONLINE, ""), (LinkState.OFFLINE, "Done as soon as")):
        state = replace(joined_state(link), outbox=(cancel,))
        shown = session.present(state, a_conversation(), UTC)
        assert shown.state.title == "Withdrawing your question…"
        assert shown.state.detail.startswith(detail)
        assert not shown.buttons[0].enabled
    assert view(a_conversation()).buttons[0].enabled


def test_the_title_names_the_other_one_and_their_role() -> None:
    assert view(a_conversation()).title == "Your question"
    assert view(a_live_conversation()).title == "Bo"
    iris = view(with_iris())
    assert (iris.title, iris.badge and iris.badge.text) == ("Iris", "IT")


def test_presence_is_shown_while_they_talk() -> None:
    here, away = view(a_live_conversation()), view(with_bo(a_live_conversation(), here=False))
    assert here.peer is not None
    assert away.peer is not None
    assert (here.peer.text, away.peer.tone) == ("Here", Tone.WARN)
    assert view(a_conversation()).peer is None
    assert view(with_bo(a_live_conversation(), typing=True)).typing == "Bo is typing…"


def test_facts_are_shown_to_both_with_whose_they_are() -> None:
    item = replace(a_live_conversation(), facts=T14_FACTS)
    assert ("Model", "ThinkPad T14 Gen 3") in view(item).fact_rows
    assert view(item).facts_heading == "You shared 7 facts"
    assert (
        view(replace(a_live_conversation(mine=False), facts=T14_FACTS)).facts_heading
        == "Bo shared 7 facts"
    )
    assert view(a_live_conversation()).facts_heading == ""


def test_the_safety_line_is_always_there_and_words_only_when_someone_reads_them() -> None:
    for item in (a_conversation(), a_live_conversation(), a_conversation(Phase.ENDED)):
        assert view(item).safety == wording.SAFETY
    assert view(a_live_conversation()).composer_enabled
    assert view(a_live_conversation()).composer_placeholder == "Write a message"
    assert not view(a_conversation()).composer_enabled
    assert "as soon as someone accepts" in view(a_conversation()).composer_placeholder
    assert view(a_conversation(Phase.ENDED)).composer_placeholder == "This conversation is over"


def test_everyone_has_the_buttons_of_their_part() -> None:
    def wanted(item: Conversation) -> list[intents.Intent]:
        return [button.intent for button in view(item).buttons]

    assert wanted(a_conversation()) == [intents.CancelAsking(QUESTION)]
    assert wanted(a_live_conversation()) == [intents.StartSolving(SESSION)]
    assert wanted(a_live_conversation(mine=False)) == [intents.HandBack(SESSION)]
    assert wanted(a_conversation(Phase.SOLVED)) == []
    assert not view(replace(a_live_conversation(), solved_wish=True)).buttons[0].enabled


def test_a_solved_question_leads_to_its_draft() -> None:
    solved = replace(a_live_conversation(), phase=Phase.SOLVED)
    (button,) = view(solved).state.buttons
    assert (button.label, button.intent) == ("Look at the draft", intents.ShowDraft(SESSION))
    assert view(replace(solved, mine=False)).state.buttons == ()


def test_whoever_helped_is_led_to_the_draft_once_it_was_handed_over() -> None:
    solved = replace(a_live_conversation(mine=False), phase=Phase.SOLVED)
    state = joined_state().with_conversation(solved)
    looking = {SESSION: Way(waits_for=(ANA.person_id,))}
    state = replace(state, drafts=Drafts(written={SESSION: an_article()}, ways=looking))
    shown = session.present(state, solved, UTC).state
    assert shown.detail == "Thank you. It became a draft article. Is it right?"
    assert [button.label for button in shown.buttons] == ["See the draft"]
    said = replace(state.drafts, choices={SESSION: Choices(agreed=True)})
    shown = session.present(replace(state, drafts=said), solved, UTC).state
    assert shown.detail == "Thank you. It became a draft article."


@pytest.mark.parametrize(
    ("way", "detail"),
    [
        (DraftState.REVIEW, "It became a draft article."),
        (DraftState.SENT_BACK, "Its draft article was sent back."),
        (DraftState.PUBLISHED, "It is an article now."),
        (DraftState.WITHDRAWN, "Its draft article was taken back."),
    ],
)
def test_the_end_says_what_became_of_the_draft(way: DraftState, detail: str) -> None:
    solved = replace(a_live_conversation(), phase=Phase.SOLVED)
    drafts = Drafts(written={SESSION: an_article()}, ways={SESSION: Way(state=way)})
    state = replace(joined_state().with_conversation(solved), drafts=drafts)
    assert session.present(state, solved, UTC).state.detail == f"Thank you. {detail}"


def test_the_end_is_one_tap_of_thanks_and_what_fixed_it() -> None:
    solve = view(replace(a_live_conversation(), solving=True, fixed_by="Made room")).solve
    assert solve is not None
    assert (solve.thanks.label, solve.thanks.on, solve.text) == ("Thank Bo", True, "Made room")
    assert solve.done.intent == intents.SolveNow(SESSION)
    assert solve.not_yet.intent == intents.StopSolving(SESSION)
    assert view(replace(a_conversation(), solving=True)).solve is None
    assert view(a_live_conversation()).solve is None


def with_it(*, here: bool = True, typing: bool = False) -> Conversation:
    it = Companion(IRIS, Part.IT, here=here, typing=typing)
    return a_live_conversation().with_companion(it)


def test_with_several_each_is_shown_with_what_they_are() -> None:
    shown = view(with_it(here=False))
    assert [pill.text for pill in shown.people] == ["Bo · helps", "Iris · IT · away"]
    assert shown.peer is None
    asker = a_live_conversation(mine=False).with_companion(Companion(ANA, Part.WATCHER))
    assert [pill.text for pill in view(asker).people] == ["Bo · asks", "Ana · reads along"]
    assert view(a_live_conversation()).people == ()


def test_without_the_server_nobody_is_said_to_be_here() -> None:
    assert view(a_live_conversation(), LinkState.OFFLINE).peer is None
    offline = view(with_it(here=False), LinkState.OFFLINE)
    assert [pill.text for pill in offline.people] == ["Bo · helps", "Iris · IT"]


def test_all_who_type_are_named() -> None:
    assert view(with_bo(with_it(typing=True), typing=True)).typing == "Bo and Iris are typing…"


def test_answers_stand_newest_first_and_can_be_what_solved_it() -> None:
    answers = (
        Answer(AnswerId("a1"), BO, "Off and on", NOW),
        Answer(AnswerId("a2"), IRIS, "New driver", NOW),
    )
    parked = replace(a_conversation(Phase.PARKED), answers=answers)
    first, second = view(parked).answers
    assert (first.title, first.pill and first.pill.text) == ("Iris answered", "IT")
    assert (second.title, second.pill) == ("Bo answered", None)
    assert first.buttons[0].intent == intents.SolveAlone(QUESTION, AnswerId("a2"))
    assert not view(replace(parked, solved_wish=True)).answers[0].buttons[0].enabled
    assert view(replace(parked, phase=Phase.SOLVED)).answers[0].buttons == ()
    assert view(replace(parked, mine=False)).answers == ()


def test_a_parked_question_can_be_solved_alone() -> None:
    found, withdraw = view(a_conversation(Phase.PARKED)).buttons
    assert found.intent == intents.SolveAlone(QUESTION)
    assert withdraw.intent == intents.CancelAsking(QUESTION)


def test_the_menu_has_what_others_will_notice() -> None:
    assert [item.label for item in view(a_live_conversation()).menu] == [
        "Bring in a second helper…",
        "Bring in IT…",
        "Never meet Bo again…",
    ]
    second = Companion(ANA, Part.SECOND)
    full = with_it().with_companion(second)
    assert [item.label for item in view(full).menu] == [
        "Never meet Bo again…",
        "Never meet Iris again…",
        "Never meet Ana again…",
    ]
    assert view(a_conversation()).menu == ()


def test_one_who_was_brought_in_leaves_and_does_not_hand_back() -> None:
    item = replace(a_live_conversation(mine=False), part=Part.SECOND)
    assert [button.label for button in view(item).buttons] == ["Leave"]


def test_two_windows_with_the_same_person_have_different_titles() -> None:
    other = replace(a_live_conversation(), text="My screen flickers")
    assert view(a_live_conversation()).about != view(other).about


def test_while_a_message_is_changed_the_field_has_its_words() -> None:
    item = replace(a_live_conversation(), composer="half", editing=MessageId("m1"), edit_text="All")
    assert view(item).composer == "All"
