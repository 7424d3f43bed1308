"""What a person does in the window of a question (J6)."""

import pytest
from msgspec.structs import replace
from samebox_agent.core import company, intents, session
from samebox_agent.core import session_intents as wants
from samebox_agent.core.commands import KeepAct, KeepText, SendTyping, StartTimer
from samebox_agent.core.events import TimerFired
from samebox_agent.core.session_intents import Confirm
from samebox_agent.core.state import Answer, Companion, Keeping, Line, Link, LinkState, Phase
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import AnswerId, MessageId, QuestionId, SessionId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import (
    AnyAct,
    BlockPerson,
    BringIn,
    CancelQuestion,
    DeleteMessage,
    EditMessage,
    LeaveSession,
    MarkSeen,
    SolveQuestion,
    SolveSession,
)
from samebox_shared.protocol.codec import MAX_TEXT
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
    joined_state,
    live_state,
    posted,
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


def test_the_window_opens_and_closes_and_the_conversation_goes_on() -> None:
    play = Playbook(live_state())
    play >> intents.CloseSession(QUESTION)
    assert (play.question.open, play.question.phase) == (False, Phase.LIVE)
    play >> intents.OpenSession(QUESTION)
    assert (play.question.open, play.question.raised) == (True, 1)


def test_intents_about_questions_that_are_not_here_change_nothing() -> None:
    gone, session = QuestionId("gone"), SessionId("gone")
    play = Playbook(joined_state())
    for intent in (
        intents.OpenSession(gone),
        intents.CloseSession(gone),
        intents.TypeMessage(gone, "a"),
        intents.SendMessage(gone, "a"),
        intents.SawMessages(gone),
        intents.CancelAsking(gone),
        intents.HandBack(session),
        intents.StartSolving(session),
        intents.SolveNow(session),
    ):
        play >> intent
        assert (play.state, play.commands) == (joined_state(), ())


def test_what_is_typed_is_kept_and_told_at_most_once_in_a_while() -> None:
    play = Playbook(live_state())
    place, timer = f"{session.COMPOSER}{QUESTION}", f"{company.TYPING_TOLD}{QUESTION}"
    play >> intents.TypeMessage(QUESTION, "H") << KeepText(place, "H") << SendTyping(SESSION)
    play << StartTimer(timer, company.TYPING_SECONDS / 2)
    play >> intents.TypeMessage(QUESTION, "He")
    assert play.commands == (KeepText(place, "He"),)
    play >> TimerFired(timer) >> intents.TypeMessage(QUESTION, "Hel") << SendTyping(SESSION)


def test_offline_and_with_nothing_typed_nobody_is_told() -> None:
    for text, link in (("", LinkState.ONLINE), ("H", LinkState.OFFLINE)):
        play = Playbook(replace(live_state(), link=Link(link)))
        play >> intents.TypeMessage(QUESTION, text)
        assert [type(command) for command in play.commands] == [KeepText]


def test_a_message_may_only_be_said_in_a_live_session() -> None:
    for state, text in (
        (joined_state().with_conversation(a_conversation()), "Hello"),
        (live_state(), "   "),
    ):
        play = Playbook(state)
        play >> intents.SendMessage(QUESTION, text)
        assert (play.state, play.commands) == (state, ())


def test_of_a_text_too_long_for_one_message_the_rest_stays_in_the_field() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "a" * MAX_TEXT + "rest")
    play << KeepText(f"{session.COMPOSER}{QUESTION}", "rest")
    assert play.question.composer == "rest"
    assert len(play.question.lines[0].text) == MAX_TEXT


def test_a_message_that_could_not_be_kept_stands_there_once_when_it_is_sent_again() -> None:
    lost = Line("t1", NOW, text="Hello", author=ANA.person_id, keeping=Keeping.NOT_SAVED)
    play = Playbook(joined_state().with_conversation(a_live_conversation(lines=(lost,))))
    play >> intents.SendMessage(QUESTION, "Something else")
    play >> intents.SendMessage(QUESTION, "Hello")
    assert [line.text for line in play.question.lines] == ["Something else", "Hello"]


def test_seen_is_told_once_for_each_newest_message_of_the_other() -> None:
    play = Playbook(live_state())
    play >> intents.SawMessages(QUESTION)
    assert play.commands == ()
    play.feed(posted("Hi")).feed(posted("My own", ANA, "a1"))
    seen = MarkSeen(session_id=SESSION, message_id=MessageId("m-bo-1"))
    play >> intents.SawMessages(QUESTION) << KeepAct(play.txn, seen, play.wall)
    play >> intents.SawMessages(QUESTION)
    assert play.commands == ()


def test_the_asker_withdraws_once_and_only_before_someone_came() -> None:
    play = Playbook(joined_state().with_conversation(a_conversation()))
    cancel = CancelQuestion(question_id=QUESTION)
    play >> intents.CancelAsking(QUESTION) << KeepAct(play.txn, cancel, play.wall)
    play >> intents.CancelAsking(QUESTION)
    assert play.commands == ()
    live = Playbook(live_state())
    live >> intents.CancelAsking(QUESTION)
    assert live.commands == ()


def test_only_the_helper_hands_back_and_once() -> None:
    play = Playbook(live_state(mine=False))
    leave = LeaveSession(session_id=SESSION, fence=1)
    play >> intents.HandBack(SESSION) << KeepAct(play.txn, leave, play.wall)
    play >> intents.HandBack(SESSION)
    assert play.commands == ()
    asker = Playbook(live_state())
    asker >> intents.HandBack(SESSION)
    assert asker.commands == ()


def test_the_asker_says_solved_with_thanks_and_what_fixed_it() -> None:
    play = Playbook(live_state())
    play >> intents.StartSolving(SESSION) >> intents.TypeFixedBy(SESSION, " Made room ")
    play >> intents.SetThanks(SESSION, False) >> intents.StopSolving(SESSION)
    assert (play.question.solving, play.question.fixed_by) == (False, " Made room ")
    play >> intents.SolveNow(SESSION)
    solve = SolveSession(session_id=SESSION, thanks=False, fixed_by="Made room")
    play << KeepAct(play.txn, solve, play.wall)
    assert play.question.solved_wish


def test_the_helper_cannot_say_solved() -> None:
    play = Playbook(live_state(mine=False))
    play >> intents.SolveNow(SESSION)
    assert play.commands == ()


MINE = MessageId("m-a1")


def wrote(text: str = "Teh disk") -> Playbook:
    """Ana said something that has arrived."""
    return Playbook(live_state()).feed(posted(text, ANA, "a1"))


def test_a_message_is_changed_in_the_field_and_what_stood_there_comes_back() -> None:
    play = wrote()
    play >> intents.TypeMessage(QUESTION, "half a wo") >> wants.StartEditing(QUESTION, MINE)
    assert (play.question.editing, play.question.edit_text) == (MINE, "Teh disk")
    play >> intents.TypeMessage(QUESTION, "The disk")
    assert play.commands == ()
    edit = EditMessage(session_id=SESSION, fence=1, message_id=MINE, text="The disk")
    play >> intents.SendMessage(QUESTION, "The disk ") << KeepAct(play.txn, edit, play.wall)
    assert (play.question.editing, play.question.composer) == (None, "half a wo")


def test_a_change_that_changes_nothing_is_not_sent_and_can_be_left() -> None:
    play = wrote()
    play >> wants.StartEditing(QUESTION, MINE) >> intents.SendMessage(QUESTION, "Teh disk")
    assert (play.commands, play.question.editing) == ((), None)
    play >> wants.StartEditing(QUESTION, MINE) >> wants.StopEditing(QUESTION)
    assert play.question.editing is None
    before = play.state
    play >> wants.StopEditing(QUESTION)
    assert play.state == before


def test_only_ones_own_words_can_be_changed_or_taken_back() -> None:
    play = Playbook(live_state()).feed(posted("Hi"))
    for message in (MessageId("m-bo-1"), MessageId("gone")):
        play >> wants.StartEditing(QUESTION, message)
        assert play.question.editing is None
        play >> wants.TakeBack(QUESTION, message)
        assert play.commands == ()
    over = Playbook(joined_state().with_conversation(a_conversation()))
    over >> wants.TakeBack(QUESTION, MINE)
    assert over.commands == ()


def test_a_message_is_taken_back_once() -> None:
    play = wrote()
    delete = DeleteMessage(session_id=SESSION, fence=1, message_id=MINE)
    play >> wants.TakeBack(QUESTION, MINE) << KeepAct(play.txn, delete, play.wall)
    play >> wants.TakeBack(QUESTION, MINE)
    assert play.commands == ()


@pytest.mark.parametrize(
    ("what", "act"),
    [
        (Confirm.SECOND, BringIn(session_id=SESSION, fence=1, part=Part.SECOND)),
        (Confirm.IT, BringIn(session_id=SESSION, fence=1, part=Part.IT)),
        (Confirm.BLOCK, BlockPerson(person_id=BO.person_id)),
    ],
)
def test_what_others_will_notice_is_said_first_and_then_done(what: Confirm, act: AnyAct) -> None:
    play = Playbook(live_state())
    play >> wants.AskToConfirm(QUESTION, what, BO.person_id)
    assert (play.commands, play.question.confirming) == ((), what)
    play >> wants.DoConfirmed(QUESTION) << KeepAct(play.txn, act, play.wall)
    assert play.question.confirming is None
    play >> wants.DoConfirmed(QUESTION)
    assert play.commands == ()


def test_better_not() -> None:
    play = Playbook(live_state())
    play >> wants.AskToConfirm(QUESTION, Confirm.IT) >> wants.StopConfirming(QUESTION)
    assert play.question.confirming is None
    before = play.state
    play >> wants.StopConfirming(QUESTION)
    assert play.state == before


def test_nobody_is_brought_into_what_is_over() -> None:
    play = Playbook(live_state())
    play >> wants.AskToConfirm(QUESTION, Confirm.IT)
    play.state = play.state.with_conversation(replace(play.question, phase=Phase.SOLVED))
    play >> wants.DoConfirmed(QUESTION)
    assert play.commands == ()


def test_a_parked_question_is_solved_by_oneself_or_by_an_answer() -> None:
    answer = Answer(AnswerId("a1"), BO, "Turn it off and on", NOW)
    parked = replace(a_conversation(Phase.PARKED), answers=(answer,))
    for answer_id, fixed_by in ((None, ""), (AnswerId("a1"), "Turn it off and on")):
        play = Playbook(joined_state().with_conversation(parked))
        solve = SolveQuestion(question_id=QUESTION, fixed_by=fixed_by)
        play >> intents.SolveAlone(QUESTION, answer_id) << KeepAct(play.txn, solve, play.wall)
        assert play.question.solved_wish
    live = Playbook(live_state())
    live >> intents.SolveAlone(QUESTION)
    assert live.commands == ()


def test_own_words_and_people_of_questions_that_are_not_here_change_nothing() -> None:
    gone = QuestionId("gone")
    play = Playbook(joined_state())
    for intent in (
        wants.StartEditing(gone, MINE),
        wants.StopEditing(gone),
        wants.TakeBack(gone, MINE),
        wants.AskToConfirm(gone, Confirm.IT),
        wants.StopConfirming(gone),
        wants.DoConfirmed(gone),
        intents.SolveAlone(gone),
    ):
        play >> intent
        assert (play.state, play.commands) == (joined_state(), ())


def test_the_notice_of_an_answer_goes_when_it_is_read_or_put_away() -> None:
    unread = replace(a_conversation(Phase.PARKED), unread=AnswerId("a1"))
    for intent in (intents.OpenSession(QUESTION), intents.PutAnswerAway(QUESTION)):
        play = Playbook(joined_state().with_conversation(unread))
        play >> intent
        assert play.question.unread is None
    play = Playbook(joined_state())
    play >> intents.PutAnswerAway(QUESTION)
    assert play.state == joined_state()
