"""Who is in a session: they come, go, type, and take over."""

from msgspec.structs import replace
from samebox_agent.core import company, intents
from samebox_agent.core.commands import StartTimer
from samebox_agent.core.events import TimerFired
from samebox_agent.core.state import Companion, Phase
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import PersonId, SessionId
from samebox_shared.model.people import Participant, PersonCard
from samebox_shared.model.topics import Part
from samebox_shared.protocol.events import (
    HelperChanged,
    JoinAsked,
    PersonJoined,
    PersonLeft,
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
    IRIS,
    NOW,
    QUESTION,
    SESSION,
    T14_FACTS,
    a_device_type,
    a_live_conversation,
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


def joined(who: PersonCard = IRIS, part: Part = Part.IT) -> PersonJoined:
    return PersonJoined(session_id=SESSION, who=Participant(person=who, part=part))


def names(play: Playbook) -> list[str]:
    return [item.person.name for item in play.question.present]


def test_somebody_who_is_brought_in_is_there_with_what_they_are() -> None:
    play = Playbook(live_state())
    play.feed(joined())
    assert names(play) == ["Bo", "Iris"]
    assert play.question.peer == BO
    play.feed(joined(ANA, Part.SECOND))  # said to me about me
    assert names(play) == ["Bo", "Iris"]


def test_one_who_joins_sees_everybody_and_whoever_was_there_before_keeps_a_name() -> None:
    play = Playbook(joined_state())
    opened = replace(
        session_opened(asker=BO, helper=IRIS),
        part=Part.SECOND,
        others=(Participant(person=ANA, part=Part.SECOND),),
    )
    play.feed(opened)
    assert (names(play), play.question.part) == (["Bo", "Iris"], Part.SECOND)
    play.feed(session_opened(asker=BO, helper=ANA, session="s2"))
    assert names(play) == ["Bo"]
    gone = play.question.companion(IRIS.person_id)
    assert gone is not None
    assert gone.gone


def test_one_who_leaves_is_gone_and_i_am_done_when_it_is_me() -> None:
    play = Playbook(live_state())
    play.feed(joined()).feed(PersonLeft(session_id=SESSION, person_id=IRIS.person_id))
    assert names(play) == ["Bo"]
    before = play.state
    play.feed(PersonLeft(session_id=SESSION, person_id=PersonId("nobody")))
    assert play.state == before
    second = Playbook(live_state(mine=False))
    second.feed(PersonLeft(session_id=SESSION, person_id=ANA.person_id))
    assert second.question.phase is Phase.ENDED


def changed(helper: PersonCard) -> HelperChanged:
    return HelperChanged(
        session_id=SESSION, helper=helper, fence=7, reason=ReleaseReason.NO_SIGN_OF_LIFE
    )


def test_another_helper_goes_on_under_a_new_fence() -> None:
    play = Playbook(live_state())
    play.feed(joined(IRIS, Part.SECOND)).feed(changed(IRIS))
    assert (names(play), play.question.peer, play.question.fence) == (["Iris"], IRIS, 7)


def test_the_new_helper_may_be_me_or_somebody_never_heard_of() -> None:
    mine = Playbook(live_state(mine=False))
    mine.state = mine.state.with_conversation(replace(mine.question, part=Part.SECOND))
    mine.feed(changed(ANA))
    assert (mine.question.part, mine.question.fence) == (Part.HELPER, 7)
    alone = Playbook(live_state())
    alone.state = alone.state.with_conversation(replace(alone.question, company=()))
    alone.feed(changed(IRIS))
    assert names(alone) == ["Iris"]


def test_the_helper_who_was_replaced_is_done() -> None:
    play = Playbook(live_state(mine=False))
    play.feed(changed(IRIS))
    assert play.question.phase is Phase.ENDED


def test_company_of_sessions_that_are_not_here_changes_nothing() -> None:
    play = Playbook(joined_state())
    play.feed(joined()).feed(PersonLeft(session_id=SESSION, person_id=BO.person_id))
    play.feed(changed(IRIS)).feed(RELEASED)
    assert play.state == joined_state()
    other = Playbook(live_state())
    other.hear(PeerTyping(session_id=SESSION, person_id=PersonId("nobody")))
    assert other.state == live_state()


def test_after_a_while_it_may_be_told_again_that_we_type() -> None:
    item = replace(a_live_conversation(), typing_told=True)
    play = Playbook(joined_state().with_conversation(item))
    play >> TimerFired(f"{company.TYPING_TOLD}{QUESTION}")
    assert not play.question.typing_told


def asked(count: int) -> JoinAsked:
    return JoinAsked(session_id=SESSION, part=Part.IT, asked=count, until=NOW + 60)


def test_who_is_asked_to_come_is_known_until_they_come_or_nobody_does() -> None:
    play = Playbook(live_state())
    play.feed(asked(2))
    assert play.question.bringing == {Part.IT}
    waits = play.state
    assert play.feed(joined()).question.bringing == frozenset()
    nobody = Playbook(waits).feed(asked(0))
    assert nobody.question.bringing == frozenset()
    assert nobody.question.lines[-1].event == asked(0)
    assert Playbook(joined_state()).feed(asked(1)).state == joined_state()
