"""The connection and the outbox: kept, sent, sent again, settled once (DEL-2)."""

import msgspec
import pytest
from msgspec.structs import replace
from samebox_agent.core import intents, link, outbox
from samebox_agent.core.commands import (
    Disconnect,
    KeepAct,
    KeepText,
    RenewAct,
    SendAct,
    SettleAct,
    StartTimer,
    StopTimer,
)
from samebox_agent.core.events import ActKept, ActNotKept, LinkClosed, Moment, TimerFired
from samebox_agent.core.helping_intents import AnswerParked, SaveHelping, SetWatching
from samebox_agent.core.intents import Page
from samebox_agent.core.session_intents import (
    AskToConfirm,
    Confirm,
    Discard,
    DoConfirmed,
    SendAgain,
    StartEditing,
)
from samebox_agent.core.state import (
    AgentState,
    AskForm,
    BoardPage,
    Keeping,
    Line,
    Link,
    LinkState,
    Offer,
    Phase,
    Problem,
    Trouble,
)
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import MessageId, TxnId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AnyAct,
    Ask,
    DeclineOffer,
    MarkSeen,
    PostMessage,
    SetHelping,
    SolveSession,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import OfferEnd
from samebox_shared.protocol.messages import Done, Refused, TryLater

from tests.support.builders import (
    ANA,
    DISK,
    NOW,
    OFFER,
    QUESTION,
    SESSION,
    T14_FACTS,
    a_conversation,
    a_device_type,
    an_offer,
    joined_state,
    live_state,
    posted,
    waiting,
    welcome,
)
from tests.support.playbook import Playbook

FULL = Trouble(Problem.DISK_FULL)
HELLO = PostMessage(session_id=SESSION, fence=1, text="Hello")


def lines_of(play: Playbook) -> list[tuple[str, Keeping]]:
    return [(line.text, line.keeping) for line in play.question.lines if line.event is None]


def test_a_message_is_kept_then_sent_then_settled() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Hello") << KeepAct(play.txn, HELLO, play.wall)
    assert not any(isinstance(command, SendAct) for command in play.commands)
    assert lines_of(play) == [("Hello", Keeping.SAVING)]
    txn = play.txn
    play >> ActKept(txn) << SendAct(txn, HELLO) << StartTimer(outbox.ANSWER, outbox.ANSWER_SECONDS)
    assert lines_of(play) == [("Hello", Keeping.SAVED)]
    play.hear(Done(txn_id=txn)) << SettleAct(txn) << StopTimer(outbox.ANSWER)
    assert (lines_of(play), play.state.outbox) == ([("Hello", Keeping.SENT)], ())


def test_done_said_twice_changes_nothing_more() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Hello")
    txn = play.keep()
    settled = play.hear(Done(txn_id=txn)).state
    assert play.hear(Done(txn_id=txn)).state == settled


def test_offline_a_message_waits_and_goes_with_the_next_welcome_under_the_same_id() -> None:
    play = Playbook(replace(live_state(), link=Link(LinkState.OFFLINE)))
    play >> intents.SendMessage(QUESTION, "Hello")
    txn = play.keep()
    assert play.commands == ()
    play.hear(welcome()) << StopTimer(link.RECONNECT) << SendAct(txn, HELLO)
    play << StartTimer(outbox.ANSWER, outbox.ANSWER_SECONDS)
    play >> LinkClosed(None)
    play.hear(welcome()) << SendAct(txn, HELLO)


def test_an_act_that_is_not_on_the_disk_yet_is_not_sent_with_a_welcome() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Hello")
    play.hear(welcome())
    assert not any(isinstance(command, SendAct) for command in play.commands)


def test_acts_leave_one_after_the_other_each_when_the_one_before_is_answered() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "One")
    first = play.keep()
    play >> intents.SendMessage(QUESTION, "Two")
    second = play.keep()
    assert play.commands == ()
    two = PostMessage(session_id=SESSION, fence=1, text="Two")
    play.hear(Done(txn_id=first)) << SettleAct(first) << SendAct(second, two)
    play << StartTimer(outbox.ANSWER, outbox.ANSWER_SECONDS)


def test_an_act_the_server_cannot_decide_yet_is_not_overtaken() -> None:
    """Cancel and ask again: the second one first would be refused."""
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "One")
    first = play.keep()
    play.hear(TryLater(txn_id=first, code=ErrorCode.BUSY, after_seconds=5.0))
    play >> intents.SendMessage(QUESTION, "Two")
    play.keep()
    assert not play.commands
    one = PostMessage(session_id=SESSION, fence=1, text="One")
    play >> TimerFired(outbox.RESEND)
    assert [each for each in play.commands if isinstance(each, SendAct)] == [SendAct(first, one)]


def old_message() -> Playbook:
    """A message that was written offline, more than a quarter of an hour ago."""
    play = Playbook(replace(live_state(), link=Link(LinkState.OFFLINE)))
    play >> intents.SendMessage(QUESTION, "Hello")
    play.keep()
    play.wall += outbox.DRAFT_SECONDS
    return play


def test_after_a_quarter_of_an_hour_a_message_is_a_draft_and_not_sent_by_itself() -> None:
    play = old_message()
    txn = play.state.outbox[0].txn_id
    play.hear(welcome())
    assert not any(isinstance(each, SendAct) for each in play.commands)
    assert lines_of(play) == [("Hello", Keeping.DRAFT)]
    play >> intents.SendMessage(QUESTION, "Newer")
    newer = play.keep()
    play << SendAct(newer, PostMessage(session_id=SESSION, fence=1, text="Newer"))
    assert play.state.outbox[0].txn_id == txn


def test_a_draft_is_sent_again_under_the_same_id() -> None:
    play = old_message()
    txn = play.state.outbox[0].txn_id
    play.hear(welcome())
    play >> SendAgain(QUESTION, txn) << RenewAct(txn, play.wall) << SendAct(txn, HELLO)
    assert lines_of(play) == [("Hello", Keeping.SAVED)]
    play >> SendAgain(QUESTION, txn)
    assert play.commands == ()


def test_a_draft_sent_again_waits_for_its_turn() -> None:
    play = old_message()
    txn = play.state.outbox[0].txn_id
    play.hear(welcome())
    play >> intents.SendMessage(QUESTION, "Newer")
    play.keep()
    play >> SendAgain(QUESTION, txn)
    assert not any(isinstance(each, SendAct) for each in play.commands)


def test_a_draft_can_be_thrown_away() -> None:
    play = old_message()
    txn = play.state.outbox[0].txn_id
    play >> LinkClosed(None)
    play >> Discard(QUESTION, txn) << SettleAct(txn)
    assert (lines_of(play), play.state.outbox) == ([], ())
    play >> Discard(QUESTION, txn)
    assert play.commands == ()


def test_a_draft_that_had_arrived_after_all_is_sent_and_no_draft() -> None:
    play = old_message()
    txn = play.state.outbox[0].txn_id
    play >> LinkClosed(None)
    play.feed(posted("Hello", ANA, txn)) << SettleAct(txn)
    assert (lines_of(play), play.state.outbox) == ([("Hello", Keeping.SENT)], ())


def test_a_message_that_the_feed_has_is_no_draft_however_late_its_answer() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Hello")
    txn = play.keep()
    play.feed(posted("Hello", ANA, txn))
    play >> LinkClosed(None)
    play.wall += outbox.DRAFT_SECONDS
    play.hear(welcome()) << SendAct(txn, HELLO)
    assert lines_of(play)[0] == ("Hello", Keeping.SENT)


def test_what_is_no_chat_is_sent_however_late() -> None:
    play = Playbook(replace(live_state(), link=Link(LinkState.OFFLINE)))
    play >> intents.SolveNow(SESSION)
    txn = play.keep()
    play.wall += outbox.DRAFT_SECONDS
    play.hear(welcome())
    assert [each.txn_id for each in play.commands if isinstance(each, SendAct)] == [txn]


def test_seen_is_told_again_when_the_disk_did_not_take_it() -> None:
    play = Playbook(live_state())
    play.feed(posted("Hi"))
    play >> intents.SawMessages(QUESTION)
    play >> ActNotKept(play.txn, FULL)
    seen = MarkSeen(session_id=SESSION, message_id=MessageId("m-bo-1"))
    play >> intents.SawMessages(QUESTION) << KeepAct(play.txn, seen, play.wall)


@pytest.mark.parametrize("on_the_disk", [True, False])
def test_an_answer_on_the_board_that_was_not_taken_goes_back_to_its_field(
    on_the_disk: bool,
) -> None:
    board = BoardPage(open=QUESTION, text="Restart it")
    play = Playbook(replace(joined_state(), board=board))
    play >> AnswerParked(QUESTION)
    assert (play.state.board.text, play.state.board.answered) == ("", frozenset({QUESTION}))
    if on_the_disk:
        txn = play.keep()
        play.hear(Refused(txn_id=txn, code=ErrorCode.NOT_FOUND))
    else:
        play >> ActNotKept(play.txn, FULL)
    assert play.state.board == replace(board, answered=frozenset())
    newer = replace(board, text="Newer")
    again = Playbook(replace(joined_state(), board=board))
    again >> AnswerParked(QUESTION)
    txn = again.txn
    again.state = replace(again.state, board=newer)
    again >> ActNotKept(txn, FULL)
    assert again.state.board.text == "Newer"


def test_other_wishes_that_were_not_taken_show_no_longer() -> None:
    play = Playbook(live_state())
    play >> AskToConfirm(QUESTION, Confirm.SECOND) >> DoConfirmed(QUESTION)
    assert play.question.bringing == {Part.SECOND}
    play.hear(Refused(txn_id=play.keep(), code=ErrorCode.TOO_MANY))
    assert play.question.bringing == frozenset()
    play.feed(posted("Teh", ANA, "a1"))
    play >> StartEditing(QUESTION, MessageId("m-a1")) >> intents.SendMessage(QUESTION, "The")
    play.hear(Refused(txn_id=play.keep(), code=ErrorCode.STALE_FENCE))
    assert play.question.composer == "The"
    parked = Playbook(joined_state().with_conversation(a_conversation(Phase.PARKED)))
    parked >> intents.SolveAlone(QUESTION)
    assert parked.question.solved_wish
    parked >> ActNotKept(parked.txn, FULL)
    assert not parked.question.solved_wish
    helping = Playbook(joined_state())
    helping >> SetWatching(True) >> SaveHelping()
    assert not helping.state.helping.form.touched
    helping >> ActNotKept(helping.txn, FULL)
    assert helping.state.helping.form.touched


def test_a_message_shows_once_whatever_comes_first() -> None:
    for posted_first in (True, False):
        play = Playbook(live_state())
        play >> intents.SendMessage(QUESTION, "Hello")
        txn = play.keep()
        mine = posted("Hello", author=ANA, txn=txn)
        if posted_first:
            play.feed(mine).hear(Done(txn_id=txn))
        else:
            play.hear(Done(txn_id=txn)).feed(mine)
        play.feed(mine)
        assert lines_of(play) == [("Hello", Keeping.SENT)]
        assert play.question.lines[0].message_id == f"m-{txn}"


def test_no_answer_in_time_means_the_server_is_gone() -> None:
    play = Playbook(live_state())
    play >> TimerFired(outbox.ANSWER) << Disconnect()


def test_a_full_disk_gives_the_words_back() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Hello")
    play >> ActNotKept(play.txn, FULL)
    assert (play.commands, play.state.outbox, play.state.trouble) == ((), (), FULL)
    assert lines_of(play) == [("Hello", Keeping.NOT_SAVED)]
    assert play.question.composer == "Hello"
    play >> intents.SendMessage(QUESTION, "Hello")
    assert lines_of(play) == [("Hello", Keeping.SAVING)]


def test_a_full_disk_does_not_overwrite_what_was_typed_since() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Hello")
    txn = play.txn
    play >> intents.TypeMessage(QUESTION, "And another") >> ActNotKept(txn, FULL)
    assert play.question.composer == "And another"


def not_kept(state: AgentState, act: AnyAct) -> AgentState:
    """The disk refuses this act."""
    item = waiting(act, stored=False)
    play = Playbook(replace(state, outbox=(item,)))
    play >> ActNotKept(item.txn_id, FULL)
    assert (play.state.outbox, play.state.trouble, play.commands) == ((), FULL, ())
    return play.state


def test_a_full_disk_takes_back_every_wish_that_was_shown_already() -> None:
    accepting = replace(an_offer(), accepting=True)
    state = not_kept(with_offer(accepting), AcceptOffer(offer_id=OFFER))
    assert state.offers[OFFER] == an_offer()
    solving = live_state().with_conversation(
        replace(live_state().conversations[QUESTION], solved_wish=True)
    )
    state = not_kept(solving, SolveSession(session_id=SESSION))
    assert not state.conversations[QUESTION].solved_wish
    assert not_kept(joined_state(), SetHelping(helping=False)).preferences.helping
    not_kept(joined_state(), DeclineOffer(offer_id=OFFER))
    not_kept(joined_state(), SolveSession(session_id=SESSION))
    not_kept(joined_state(), HELLO)


def test_a_full_disk_puts_a_question_back_on_the_sheet() -> None:
    ask = Ask(
        question_id=QUESTION,
        text="Help",
        device_type=a_device_type(),
        facts=(T14_FACTS[-1],),
        name_hidden=True,
        tried=(DISK,),
    )
    asked = joined_state().with_conversation(a_conversation(Phase.KEPT))
    state = not_kept(asked, ask)
    both = frozenset({FactKind.DEVICE_TYPE, FactKind.BATTERY})
    assert state.ask == AskForm(QUESTION, "Help", both, name_hidden=True, system="windows")
    assert (state.conversations, state.fixes.tried) == ({}, (DISK,))
    assert state.window.pages == (Page.HELP, Page.ASK)
    said_by_hand = replace_type(ask, DeviceType(system=System.LINUX))
    assert not_kept(asked, said_by_hand).ask.included == {FactKind.BATTERY}


def replace_type(ask: Ask, device_type: DeviceType) -> Ask:
    return msgspec.structs.replace(ask, device_type=device_type)


def test_the_same_wish_twice_is_one_wish_as_long_as_the_first_waits() -> None:
    moment = Moment(NOW, 0.0, "f" * 32)
    once, commands = outbox.act_once(joined_state(), HELLO, moment)
    assert (len(once.outbox), len(commands)) == (1, 1)
    assert outbox.act_once(once, HELLO, moment) == (once, ())


def test_an_act_that_is_not_ours_any_more_only_leaves_the_trouble() -> None:
    play = Playbook(joined_state())
    play >> ActNotKept(TxnId("gone"), FULL)
    assert play.state == replace(joined_state(), trouble=FULL)


def with_offer(offer: Offer) -> AgentState:
    return replace(joined_state(), offers={OFFER: offer})


def refused(state: AgentState, act: AnyAct, code: ErrorCode) -> Playbook:
    """The server refuses this act."""
    item = waiting(act)
    play = Playbook(replace(state, outbox=(item,)))
    play.hear(Refused(txn_id=item.txn_id, code=code)) << SettleAct(item.txn_id)
    assert play.state.outbox == ()
    return play


def test_a_refused_message_stays_on_the_screen() -> None:
    line = Line("t1", NOW, text="Hello", author=ANA.person_id, keeping=Keeping.SAVED)
    state = live_state()
    state = state.with_conversation(replace(state.conversations[QUESTION], lines=(line,)))
    play = refused(state, HELLO, ErrorCode.STALE_FENCE)
    assert lines_of(play) == [("Hello", Keeping.REFUSED)]
    assert play.state.trouble == Trouble(ErrorCode.STALE_FENCE)


def test_a_refused_question_gives_its_words_back_unless_there_are_newer_ones() -> None:
    play = Playbook(joined_state())
    play >> intents.StartAsking() >> intents.TypeAsk("Help") >> intents.SendQuestion()
    txn = play.keep()
    newer = Playbook(play.state)
    newer >> intents.TypeAsk("Something newer")
    play.hear(Refused(txn_id=txn, code=ErrorCode.ALREADY_ASKING))
    assert (play.question.phase, play.state.ask.text) == (Phase.ENDED, "Help")
    newer.hear(Refused(txn_id=txn, code=ErrorCode.ALREADY_ASKING))
    assert newer.state.ask.text == "Something newer"


def test_other_refusals_take_the_wish_back_and_say_why() -> None:
    state = live_state()
    state = state.with_conversation(replace(state.conversations[QUESTION], solved_wish=True))
    play = refused(state, SolveSession(session_id=SESSION), ErrorCode.SESSION_OVER)
    assert not play.question.solved_wish
    assert play.state.trouble == Trouble(ErrorCode.SESSION_OVER)


def test_the_second_to_accept_is_told_kindly_and_not_as_trouble() -> None:
    state = with_offer(replace(an_offer(), accepting=True))
    accept = AcceptOffer(offer_id=OFFER)
    play = refused(state, accept, ErrorCode.ALREADY_TAKEN)
    assert play.state.offers[OFFER].end is OfferEnd.TAKEN
    assert play.state.trouble is None
    assert refused(state, accept, ErrorCode.NOT_ALLOWED).state.trouble is not None
    assert refused(joined_state(), accept, ErrorCode.OFFER_OVER).state.trouble is not None


def test_a_refusal_of_an_unknown_act_is_only_settled() -> None:
    play = Playbook(joined_state())
    play.hear(Refused(txn_id=TxnId("gone"), code=ErrorCode.NOT_FOUND)) << SettleAct(TxnId("gone"))
    assert play.state == joined_state()


def test_a_busy_server_is_not_asked_again_before_it_said() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Hello")
    txn = play.keep()
    play.hear(TryLater(txn_id=txn, code=ErrorCode.BUSY, after_seconds=30.0))
    play << StopTimer(outbox.ANSWER) << StartTimer(outbox.RESEND, 30.0)
    assert play.state.outbox[0].txn_id == txn
    play >> TimerFired(outbox.RESEND) << SendAct(txn, HELLO)
    play >> LinkClosed(None) >> TimerFired(outbox.RESEND)
    assert play.commands == ()


def test_a_busy_server_is_forgotten_once_it_answered() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Hello")
    txn = play.keep()
    play.hear(TryLater(txn_id=txn, code=ErrorCode.STORAGE_FULL, after_seconds=1.0))
    assert play.state.trouble == Trouble(ErrorCode.STORAGE_FULL)
    settled = play.hear(Done(txn_id=txn)).state
    assert settled.trouble is None


def test_a_message_of_another_line_is_left_alone() -> None:
    line = Line("other", NOW, text="Other", message_id=MessageId("m1"))
    state = live_state()
    state = state.with_conversation(replace(state.conversations[QUESTION], lines=(line,)))
    play = Playbook(state)
    play.hear(Done(txn_id=TxnId("t9")))
    assert play.question.lines == (line,)
    assert KeepText not in {type(command) for command in play.commands}
