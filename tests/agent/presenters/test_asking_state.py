"""What the asker is told while nobody has come yet (J4, J7)."""

from datetime import UTC

import pytest
from msgspec.structs import replace
from samebox_agent.core.state import Answer, Conversation, LinkState, Phase
from samebox_agent.presenters import asking_state
from samebox_agent.presenters.views import Banner, Tone
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import AnswerId
from samebox_shared.model.topics import Why
from samebox_shared.protocol.acts import CancelQuestion, SolveQuestion
from samebox_shared.protocol.events import (
    AnyEvent,
    ReleaseReason,
    SessionReleased,
    WaveStarted,
)

from tests.support.builders import (
    BO,
    NOW,
    QUESTION,
    SESSION,
    a_conversation,
    an_event,
    joined_state,
    waiting,
)


def shown(item: Conversation, link: LinkState = LinkState.ONLINE) -> Banner:
    return asking_state.present(joined_state(link), item, UTC)


def asking(ring: Ring | None = Ring.SAME_MODEL, asked: int = 2, **more: object) -> Conversation:
    item = replace(a_conversation(), ring=ring, asked=asked, until=NOW + 60)
    return replace(item, **more)


def after(event: AnyEvent, item: Conversation) -> Conversation:
    from samebox_agent.core import lines

    return lines.add(item, an_event(event))


def test_it_says_who_is_asked_why_them_how_long_it_takes_and_what_comes_next() -> None:
    banner = shown(asking(why=(Why.SOLVED_LATELY,), usual_seconds=180.0))
    assert banner.title == "Asking 2 colleagues with the same ThinkPad T14 Gen 3"
    assert banner.detail == (
        "They solved this kind of trouble lately. Usually somebody comes within 3 minutes. "
        "Until 08:01, then it asks more widely: colleagues with another ThinkPad T14."
    )
    assert banner.busy


@pytest.mark.parametrize(
    ("ring", "then"),
    [
        (Ring.SAME_FAMILY, "then it asks more widely: colleagues with another Lenovo."),
        (Ring.SAME_VENDOR, "then it asks more widely: colleagues who use Windows too."),
        (Ring.SAME_SYSTEM, "then IT is asked."),
        (Ring.IT, "then it asks again."),
    ],
)
def test_the_next_ring_is_named(ring: Ring, then: str) -> None:
    assert shown(asking(ring)).detail.endswith(then)


def test_when_it_gets_wider_it_says_so() -> None:
    first = WaveStarted(question_id=QUESTION, wave=1, ring=Ring.SAME_MODEL, asked=2, until=NOW)
    wider = after(first, asking(Ring.SAME_FAMILY))
    assert shown(wider).detail.startswith("Those asked before could not answer")
    assert not shown(after(first, asking())).detail.startswith("Those")


def test_before_the_first_wave_and_after_a_release_it_looks_for_somebody() -> None:
    assert shown(asking(None)).title == "Looking for a colleague…"
    released = SessionReleased(session_id=SESSION, question_id=QUESTION, reason=ReleaseReason.LEFT)
    assert shown(after(released, asking(None))).title == "Looking for another colleague…"


def test_nobody_there_is_said_as_it_is() -> None:
    banner = shown(asking(asked=0))
    assert (banner.title, banner.tone) == ("Nobody is there right now", Tone.WARN)


def test_a_parked_question_says_where_it_stands_and_when_it_is_asked_again() -> None:
    parked = replace(a_conversation(Phase.PARKED), again_at=NOW + 3600)
    banner = shown(parked)
    assert banner.title == "Nobody who fits is there right now"
    assert "board of the ThinkPad T14 Gen 3" in banner.detail
    assert "at 09:00 at the latest" in banner.detail
    assert not banner.busy
    tomorrow = replace(parked, again_at=NOW + 24 * 3600)
    assert "16 Jan 2027, 08:00" in shown(tomorrow).detail


def test_answers_are_counted_and_the_asker_asked_whether_they_helped() -> None:
    answer = Answer(AnswerId("a1"), BO, "Off and on", NOW)
    parked = replace(a_conversation(Phase.PARKED), again_at=NOW + 3600, answers=(answer,))
    assert shown(parked).title == "An answer to your question"
    two = shown(replace(parked, answers=(answer, answer)))
    assert (two.title, two.tone) == ("2 answers to your question", Tone.GOOD)
    assert "Did it help?" in two.detail


def test_offline_it_says_who_has_the_question() -> None:
    kept = shown(a_conversation(Phase.KEPT), LinkState.OFFLINE)
    assert "saved on this laptop" in kept.detail
    there = shown(asking(), LinkState.OFFLINE)
    assert (there.title, "The server has your question" in there.detail) == ("Reconnecting…", True)
    assert shown(a_conversation(Phase.KEPT)).title == "Sending your question…"


@pytest.mark.parametrize(
    ("act", "title"),
    [
        (CancelQuestion(question_id=QUESTION), "Withdrawing your question…"),
        (SolveQuestion(question_id=QUESTION), "Saying solved…"),
    ],
)
def test_what_was_pressed_shows_until_the_server_knows(
    act: CancelQuestion | SolveQuestion, title: str
) -> None:
    state = replace(joined_state(LinkState.OFFLINE), outbox=(waiting(act),))
    banner = asking_state.present(state, a_conversation(), UTC)
    assert (banner.title, banner.detail) == (title, "Done as soon as the server is back.")
