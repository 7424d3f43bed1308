"""A question's life: asked, waved, opened, talked about, released, solved (J4, J6, J7)."""

import pytest
from msgspec.structs import replace
from samebox_agent.core import conversation, intents
from samebox_agent.core.session_intents import StartEditing
from samebox_agent.core.state import Companion, Keeping, Line, Phase
from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import AnswerId, DeviceId, MessageId, PersonId
from samebox_shared.model.people import OwnDevice, PersonCard, Volunteering
from samebox_shared.protocol.acts import (
    AcceptOffer,
    Ask,
    PostMessage,
)
from samebox_shared.protocol.events import (
    AnyEvent,
    BlockedChanged,
    DevicesChanged,
    DraftWritten,
    HelpingChanged,
    MessageDeleted,
    MessageEdited,
    MessagesRead,
    OfferClosed,
    OfferEnd,
    QuestionAnswered,
    QuestionAsked,
    QuestionCancelled,
    QuestionParked,
    QuestionSolved,
    ReleaseReason,
    SessionReleased,
    SessionSolved,
    VolunteeringChanged,
    WaveStarted,
)

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
    an_article,
    an_event,
    joined_state,
    live_state,
    offer_made,
    posted,
    session_opened,
    waiting,
    welcome,
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
    assert play.question.phase is Phase.SOLVED
    assert play.state.drafts.written == {SESSION: an_article()}
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
    who = BO.person_id
    play.feed(MessagesRead(session_id=SESSION, person_id=who, delivered=two, seen=one))
    play.feed(MessagesRead(session_id=SESSION, person_id=who, delivered=one, seen=None))
    assert (bo(play).delivered, bo(play).seen) == (two, one)
    nowhere = MessageId("m-nowhere")
    play.feed(MessagesRead(session_id=SESSION, person_id=who, seen=nowhere))
    assert bo(play).seen == one


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


PARKED = QuestionParked(question_id=QUESTION, again_at=NOW + 3600)


def answered(answer_id: str = "a1", author: PersonCard = BO) -> QuestionAnswered:
    return QuestionAnswered(
        question_id=QUESTION, answer_id=AnswerId(answer_id), author=author, text="Off and on"
    )


def test_a_parked_question_says_so_once_and_is_asked_again() -> None:
    play = Playbook(joined_state())
    play.feed(ASKED).feed(wave(0)).feed(PARKED)
    play.feed(QuestionParked(question_id=QUESTION, again_at=NOW + 7200))
    assert (play.question.phase, play.question.again_at) == (Phase.PARKED, NOW + 7200)
    assert happened(play) == ["WaveStarted", "QuestionParked"]
    phases = [play.feed(wave(asked)).question.phase for asked in (0, 1)]
    assert phases == [Phase.PARKED, Phase.ASKING]
    assert play.question.is_aside


def test_a_wave_of_a_question_that_is_not_here_and_a_board_without_it_change_nothing() -> None:
    play = Playbook(joined_state())
    play.feed(PARKED).feed(answered())
    assert play.state == joined_state()


def test_an_answer_from_the_board_is_told_by_a_notice_and_comes_once() -> None:
    play = Playbook(joined_state())
    play.feed(ASKED).feed(PARKED).feed(answered()).feed(answered()).feed(answered("a2"))
    assert [item.answer_id for item in play.question.answers] == ["a1", "a2"]
    assert (play.question.unread, play.question.raised) == ("a2", 0)
    stored = conversation.on_feed(
        joined_state().with_conversation(a_conversation()), an_event(answered()), live=False
    )
    assert stored.conversations[QUESTION].unread is None


def test_a_question_can_be_solved_without_a_session() -> None:
    play = Playbook(joined_state())
    play.feed(ASKED).feed(PARKED).feed(answered())
    play.feed(QuestionSolved(question_id=QUESTION, fixed_by="Off and on"))
    assert play.question.phase is Phase.SOLVED


def edited(text: str) -> MessageEdited:
    return MessageEdited(session_id=SESSION, message_id=MessageId("m-bo-1"), text=text)


DELETED = MessageDeleted(session_id=SESSION, message_id=MessageId("m-bo-1"))


def test_a_message_is_said_differently_and_shown_so() -> None:
    play = Playbook(live_state())
    play.feed(posted("Teh")).feed(posted("Other", BO, "bo-2")).feed(edited("The"))
    assert [(line.text, line.edited) for line in play.question.lines] == [
        ("The", True),
        ("Other", False),
    ]


def test_what_was_taken_back_never_comes_back() -> None:
    """A late copy, a late change, or one that comes before the message itself (I13)."""
    play = Playbook(live_state())
    play.feed(posted("Secret")).feed(DELETED).feed(edited("Secret")).feed(posted("Secret"))
    assert [(line.text, line.taken_back) for line in play.question.lines] == [("", True)]
    later = Playbook(live_state()).feed(posted(""))
    assert later.question.lines[0].taken_back
    early = Playbook(live_state())
    early.feed(DELETED).feed(posted("Secret"))
    assert early.question.lines == ()


def test_what_i_was_changing_when_it_was_taken_back_on_my_other_laptop_is_left_alone() -> None:
    play = Playbook(live_state())
    play.feed(posted("Teh", ANA, "a1")) >> StartEditing(QUESTION, MessageId("m-a1"))
    play.feed(MessageDeleted(session_id=SESSION, message_id=MessageId("m-a1")))
    assert play.question.editing is None


def test_told_again_to_one_who_came_later_it_bears_the_time_it_was_said() -> None:
    play = Playbook(live_state())
    play.feed(replace(posted("Hi"), said_at=NOW - 600))
    assert play.question.lines[0].at == NOW - 600


def test_how_far_somebody_is_who_is_not_here_is_nobodys_business() -> None:
    play = Playbook(live_state())
    play.feed(posted("Hi", ANA, "a1"))
    before = play.state
    nobody = PersonId("nobody")
    play.feed(MessagesRead(session_id=SESSION, person_id=nobody, seen=MessageId("m-a1")))
    assert play.state == before


def test_how_i_am_asked_follows_my_other_laptop() -> None:
    device = OwnDevice(device_id=DeviceId("d2"), device_type=a_device_type())
    play = Playbook(joined_state())
    play.feed(VolunteeringChanged(volunteering=Volunteering(helping=True, sessions_at_once=2)))
    play.feed(DevicesChanged(devices=(device,))).feed(BlockedChanged(people=(BO,)))
    helping = play.state.helping
    assert helping.volunteering.sessions_at_once == 2
    assert (helping.devices, helping.blocked) == ((device,), (BO,))
    assert play.state.preferences.helping


def test_a_window_kept_from_a_former_feed_shows_nothing_that_a_restart_would_not() -> None:
    """I11: with the old conversation open, the new feed tells what came before the session."""
    answered = QuestionAnswered(
        question_id=QUESTION, answer_id=AnswerId("w"), author=ANA, text="Try the other port."
    )
    opened = session_opened(asker=BO, helper=ANA)
    kept, fresh = Playbook(live_state(mine=False)), Playbook(joined_state())
    shown = replace(kept.question, open=True)
    kept.state = kept.state.with_conversation(shown)
    kept.hear(welcome(resync=True, epoch="e2", head_seq=2))
    for body in (answered, opened):
        kept.feed(body)
        fresh.feed(body)
    assert [line.key for line in kept.question.lines] == [line.key for line in fresh.question.lines]
