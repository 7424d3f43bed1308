"""A question's life: asked, waved, opened, talked about, released, solved (J4, J6, J7)."""

import pytest
from msgspec.structs import replace
from samebox_agent.core import conversation, intents
from samebox_agent.core.commands import KeepAct, KeepText, SendTyping, StartTimer
from samebox_agent.core.events import TimerFired
from samebox_agent.core.state import AgentState, Keeping, Line, Link, LinkState, Phase
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import MessageId, PersonId, QuestionId, SessionId
from samebox_shared.protocol.acts import (
    AcceptOffer,
    Ask,
    CancelQuestion,
    LeaveSession,
    MarkSeen,
    PostMessage,
    SolveSession,
)
from samebox_shared.protocol.codec import MAX_TEXT
from samebox_shared.protocol.events import (
    AnyEvent,
    DraftWritten,
    HelpingChanged,
    MessagesRead,
    OfferClosed,
    OfferEnd,
    QuestionAsked,
    QuestionCancelled,
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
    OFFER,
    QUESTION,
    SESSION,
    T14_FACTS,
    a_conversation,
    a_device_type,
    a_live_conversation,
    an_article,
    an_event,
    joined_state,
    live_state,
    offer_made,
    posted,
    session_opened,
    waiting,
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


def happened(play: Playbook) -> list[str]:
    return [type(line.event).__name__ for line in play.question.lines if line.event]


def test_the_askers_story_from_question_to_draft() -> None:
    play = Playbook(joined_state())
    play.feed(ASKED)
    assert (play.question.phase, play.question.name_hidden) == (Phase.ASKING, True)
    play.feed(wave(2))
    assert (play.question.asked, play.question.ring) == (2, Ring.SAME_MODEL)
    play.feed(session_opened())
    assert (play.question.phase, play.question.peer, play.question.open) == (Phase.LIVE, BO, True)
    play.feed(posted("Hi Ana")).feed(SOLVED)
    play.feed(DraftWritten(session_id=SESSION, draft=an_article()))
    assert (play.question.phase, play.question.draft) == (Phase.SOLVED, an_article())
    assert happened(play) == ["WaveStarted", "SessionOpened", "SessionSolved", "DraftWritten"]


def test_a_wave_that_only_goes_on_is_not_said_twice() -> None:
    play = Playbook(joined_state())
    play.feed(ASKED).feed(wave(0, Ring.IT)).feed(wave(0, Ring.IT, NOW + 600))
    assert (happened(play), play.question.until) == (["WaveStarted"], NOW + 600)


def test_the_stored_feed_opens_no_window_and_the_live_one_does() -> None:
    event = an_event(session_opened())
    stored = conversation.on_feed(joined_state(), event, live=False).conversations[QUESTION]
    live = conversation.on_feed(joined_state(), event, live=True).conversations[QUESTION]
    assert (stored.open, stored.raised, live.open, live.raised) == (False, 0, True, 1)
    assert stored == replace(live, open=False, raised=0)


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


@pytest.mark.parametrize(
    "body",
    [
        wave(1),
        QuestionCancelled(question_id=QUESTION),
        OfferClosed(offer_id=OFFER, end=OfferEnd.EXPIRED),
        posted("Hello"),
        MessagesRead(session_id=SESSION, person_id=PersonId("bo")),
        RELEASED,
        SOLVED,
        DraftWritten(session_id=SESSION, draft=an_article()),
    ],
)
def test_events_about_what_is_not_here_change_nothing(body: AnyEvent) -> None:
    play = Playbook(joined_state())
    assert play.feed(body).state == joined_state()


def test_a_withdrawn_question_is_over() -> None:
    play = Playbook(joined_state())
    play.feed(ASKED).feed(QuestionCancelled(question_id=QUESTION))
    assert play.question.phase is Phase.CANCELLED


def test_an_offer_comes_and_goes_and_a_lost_one_says_so_kindly() -> None:
    play = Playbook(joined_state())
    play.feed(offer_made())
    assert play.state.offers[OFFER].line == "My disk is full"
    taken = OfferClosed(offer_id=OFFER, end=OfferEnd.TAKEN)
    quiet = Playbook(play.state)
    assert quiet.feed(taken).state.offers == {}
    play >> intents.TakeOffer(OFFER)
    play.feed(taken)
    assert (play.state.offers[OFFER].end, play.state.offers[OFFER].accepting) == (
        OfferEnd.TAKEN,
        False,
    )


def test_the_wish_to_help_follows_the_persons_other_laptop() -> None:
    play = Playbook(joined_state())
    assert play.feed(HelpingChanged(helping=True)).state.preferences.helping


def test_delivered_and_seen_only_move_forward() -> None:
    play = Playbook(live_state())
    play.feed(posted("One", ANA, "a1")).feed(posted("Two", ANA, "a2"))
    one, two = MessageId("m-a1"), MessageId("m-a2")
    bo = BO.person_id
    play.feed(MessagesRead(session_id=SESSION, person_id=bo, delivered=two, seen=one))
    play.feed(MessagesRead(session_id=SESSION, person_id=bo, delivered=one, seen=None))
    assert (play.question.peer_delivered, play.question.peer_seen) == (two, one)
    nowhere = MessageId("m-nowhere")
    play.feed(MessagesRead(session_id=SESSION, person_id=bo, seen=nowhere))
    assert play.question.peer_seen == one


def test_what_was_seen_on_the_other_laptop_need_not_be_told_again() -> None:
    play = Playbook(live_state())
    play.feed(posted("Hi"))
    seen = MessageId("m-bo-1")
    play.feed(MessagesRead(session_id=SESSION, person_id=ANA.person_id, seen=seen))
    play.feed(MessagesRead(session_id=SESSION, person_id=ANA.person_id, delivered=seen))
    play >> intents.SawMessages(QUESTION)
    assert play.commands == ()


def test_a_message_told_twice_stays_where_it_is() -> None:
    play = Playbook(live_state())
    play.feed(posted("One", BO, "b1")).feed(posted("Two", BO, "b2")).feed(posted("One", BO, "b1"))
    assert [line.text for line in play.question.lines] == ["One", "Two"]


def test_typing_shows_for_a_few_seconds_and_a_message_ends_it() -> None:
    play = Playbook(live_state())
    typing = PeerTyping(session_id=SESSION, person_id=BO.person_id)
    timer = f"{conversation.TYPING}{QUESTION}"
    play.hear(typing) << StartTimer(timer, conversation.TYPING_SECONDS)
    assert play.question.peer_typing
    assert not Playbook(play.state).feed(posted("Hi")).question.peer_typing
    play >> TimerFired(timer)
    assert not play.question.peer_typing


def test_presence_follows_the_server() -> None:
    play = Playbook(live_state())
    play.hear(PeerPresence(session_id=SESSION, person_id=BO.person_id, here=False))
    assert not play.question.peer_here
    assert play.feed(posted("Back")).question.peer_here


def test_frames_and_timers_of_sessions_that_are_not_here_change_nothing() -> None:
    play = Playbook(joined_state())
    play.hear(PeerTyping(session_id=SESSION, person_id=BO.person_id))
    play.hear(PeerPresence(session_id=SESSION, person_id=BO.person_id, here=False))
    play >> TimerFired(f"{conversation.TYPING}{QUESTION}")
    assert (play.state, play.commands) == (joined_state(), ())


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
    place, timer = f"{conversation.COMPOSER}{QUESTION}", f"{conversation.TYPING_TOLD}{QUESTION}"
    play >> intents.TypeMessage(QUESTION, "H") << KeepText(place, "H") << SendTyping(SESSION)
    play << StartTimer(timer, conversation.TYPING_SECONDS / 2)
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
    play << KeepText(f"{conversation.COMPOSER}{QUESTION}", "rest")
    assert play.question.composer == "rest"
    assert len(play.question.lines[0].text) == MAX_TEXT


def test_a_message_that_could_not_be_kept_stands_there_once_when_it_is_sent_again() -> None:
    lost = Line("t1", NOW, text="Hello", author=ANA.person_id, keeping=Keeping.NOT_SAVED)
    play = Playbook(joined_state().with_conversation(a_live_conversation(lines=(lost,))))
    play >> intents.SendMessage(QUESTION, "Something else")
    play >> intents.SendMessage(QUESTION, "Hello")
    assert [line.text for line in play.question.lines] == ["Something else", "Hello"]


def test_what_waits_to_be_sent_stands_last() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Mine")
    play.keep()
    play.feed(posted("Yours"))
    assert [line.text for line in play.question.lines] == ["Yours", "Mine"]


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


def test_waiting_acts_show_where_their_answer_will_appear() -> None:
    ask = Ask(question_id=QUESTION, text="Help", device_type=a_device_type())
    shown = conversation.show_waiting(joined_state(), waiting(ask), Keeping.SAVED)
    assert shown.conversations[QUESTION].phase is Phase.KEPT
    assert conversation.show_waiting(shown, waiting(ask), Keeping.SAVED) == shown


def test_a_waiting_message_shows_once_and_only_in_its_session() -> None:
    hello = waiting(PostMessage(session_id=SESSION, fence=1, text="Hello"))
    shown = conversation.show_waiting(live_state(), hello, Keeping.SAVED)
    line = Line("t1", NOW, text="Hello", author=ANA.person_id, keeping=Keeping.SAVED)
    assert shown.conversations[QUESTION].lines == (line,)
    assert conversation.show_waiting(shown, hello, Keeping.SAVED) == shown
    assert conversation.show_waiting(joined_state(), hello, Keeping.SAVED) == joined_state()
    accept = waiting(AcceptOffer(offer_id=OFFER))
    assert conversation.show_waiting(joined_state(), accept, Keeping.SAVED) == joined_state()


def test_before_joining_nobody_is_me() -> None:
    assert not conversation.is_me(AgentState(), ANA.person_id)
    assert conversation.newest_of_peer(joined_state(), a_live_conversation()) is None
