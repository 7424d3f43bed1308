"""Where a new line of a conversation goes, and whose it is."""

from msgspec.structs import replace
from samebox_agent.core import intents, lines, session
from samebox_agent.core.state import AgentState, Companion, Phase
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import QuestionId
from samebox_shared.protocol.events import (
    QuestionAsked,
    ReleaseReason,
    SessionReleased,
    SessionSolved,
    WaveStarted,
)

from tests.support.builders import (
    ANA,
    BO,
    NOW,
    QUESTION,
    SESSION,
    T14_FACTS,
    a_conversation,
    a_device_type,
    a_live_conversation,
    an_event,
    joined_state,
    live_state,
    posted,
    session_opened,
)
from tests.support.playbook import Playbook

ASKED = QuestionAsked(
    question_id=QUESTION,
    text="My disk is full",
    device_type=a_device_type(),
    facts=T14_FACTS,
    name_hidden=True,
)
SOLVED = SessionSolved(session_id=SESSION, question_id=QUESTION, thanks=True, fixed_by="Room")
RELEASED = SessionReleased(
    session_id=SESSION, question_id=QUESTION, reason=ReleaseReason.NO_SIGN_OF_LIFE
)


def wave(asked: int, ring: Ring = Ring.SAME_MODEL, until: float = NOW + 60) -> WaveStarted:
    return WaveStarted(question_id=QUESTION, wave=1, ring=ring, asked=asked, until=until)


def bo(play: Playbook) -> Companion:
    found = play.question.companion(BO.person_id)
    assert found is not None
    return found


def happened(play: Playbook) -> list[str]:
    return [type(line.event).__name__ for line in play.question.lines if line.event]


def test_what_waits_to_be_sent_stands_last() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Mine")
    play.keep()
    play.feed(posted("Yours"))
    assert [line.text for line in play.question.lines] == ["Yours", "Mine"]


def test_before_joining_nobody_is_me() -> None:
    assert not lines.is_me(AgentState(), ANA.person_id)
    assert session.newest_of_others(joined_state(), a_live_conversation()) is None


def test_a_connection_that_came_back_leaves_one_quiet_line_in_what_is_open() -> None:
    state = live_state()
    done = replace(a_conversation(Phase.SOLVED), question_id=QuestionId("q2"))
    state = lines.resumed(lines.resumed(state.with_conversation(done), NOW), NOW + 60)
    (line,) = state.conversations[QUESTION].lines
    assert (line.resumed, line.at) == (True, NOW + 60)
    assert state.conversations[QuestionId("q2")].lines == ()


def test_a_window_comes_to_the_front_and_an_event_has_its_line() -> None:
    item = lines.shown(replace(a_conversation(), open=False))
    assert (item.open, item.raised) == (True, 1)
    event = an_event(session_opened())
    assert lines.add(item, event).lines[0].event == event.body
