"""Who is in a session: they come, go, type, and take over."""

from samebox_agent.core import company, intents
from samebox_agent.core.commands import StartTimer
from samebox_agent.core.events import TimerFired
from samebox_agent.core.state import Companion, Phase
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import SessionId
from samebox_shared.protocol.events import (
    QuestionAsked,
    ReleaseReason,
    SessionReleased,
    SessionSolved,
    WaveStarted,
)
from samebox_shared.protocol.messages import PeerPresence, PeerTyping

from tests.support.builders import (
    ANA,
    BO,
    NOW,
    QUESTION,
    SESSION,
    T14_FACTS,
    a_device_type,
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


def test_the_helper_sees_the_asker() -> None:
    play = Playbook(joined_state())
    play.feed(session_opened(asker=BO, helper=ANA))
    assert (play.question.mine, play.question.peer) == (False, BO)


def test_a_released_question_is_asked_again_and_can_be_solved_in_the_next_session() -> None:
    play = Playbook(joined_state())
    play.feed(session_opened()) >> intents.SolveNow(SESSION)
    play.feed(RELEASED)
    assert (play.question.phase, play.question.peer) == (Phase.ASKING, None)
    play.feed(session_opened(session="s2", fence=2))
    assert not play.question.solved_wish
    play >> intents.SolveNow(SessionId("s2"))
    assert play.question.solved_wish


def test_a_helper_whose_question_was_released_is_done() -> None:
    play = Playbook(joined_state())
    play.feed(session_opened(asker=BO, helper=ANA)).feed(RELEASED)
    assert (play.question.phase, play.question.peer) == (Phase.ENDED, BO)


def test_typing_shows_for_a_few_seconds_and_a_message_ends_it() -> None:
    play = Playbook(live_state())
    typing = PeerTyping(session_id=SESSION, person_id=BO.person_id)
    timer = f"{company.TYPING}{QUESTION}"
    play.hear(typing) << StartTimer(timer, company.TYPING_SECONDS)
    assert bo(play).typing
    assert not bo(Playbook(play.state).feed(posted("Hi"))).typing
    play >> TimerFired(timer)
    assert not bo(play).typing


def test_presence_follows_the_server() -> None:
    play = Playbook(live_state())
    play.hear(PeerPresence(session_id=SESSION, person_id=BO.person_id, here=False))
    assert not bo(play).here
    assert bo(play.feed(posted("Back"))).here


def test_frames_and_timers_of_sessions_that_are_not_here_change_nothing() -> None:
    play = Playbook(joined_state())
    play.hear(PeerTyping(session_id=SESSION, person_id=BO.person_id))
    play.hear(PeerPresence(session_id=SESSION, person_id=BO.person_id, here=False))
    play >> TimerFired(f"{company.TYPING}{QUESTION}")
    assert (play.state, play.commands) == (joined_state(), ())
