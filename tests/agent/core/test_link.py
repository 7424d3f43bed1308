"""The connection and the outbox: kept, sent, sent again, settled once (DEL-2)."""

import msgspec
from msgspec.structs import replace
from samebox_agent.core import backoff, intents, link
from samebox_agent.core.commands import (
    Connect,
    Disconnect,
    FetchArticles,
    ForgetFeed,
    KeepAct,
    KeepMe,
    KeepText,
    SendAct,
    SettleAct,
    StartTimer,
    StopTimer,
)
from samebox_agent.core.events import ActKept, ActNotKept, LinkClosed, Moment, TimerFired
from samebox_agent.core.intents import Page
from samebox_agent.core.state import (
    AgentState,
    AskForm,
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
from samebox_shared.model.people import Role
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AnyAct,
    Ask,
    DeclineOffer,
    PostMessage,
    SetHelping,
    SolveSession,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import OfferEnd, ReleaseReason, SessionReleased
from samebox_shared.protocol.messages import Done, GoingDown, Heartbeat, Refused, TryLater

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
    ana_here,
    joined_state,
    live_state,
    offer_made,
    posted,
    session_opened,
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
    play >> ActKept(txn) << SendAct(txn, HELLO) << StartTimer(link.ANSWER, link.ANSWER_SECONDS)
    assert lines_of(play) == [("Hello", Keeping.SAVED)]
    play.hear(Done(txn_id=txn)) << SettleAct(txn) << StopTimer(link.ANSWER)
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
    play << StartTimer(link.ANSWER, link.ANSWER_SECONDS)
    play >> LinkClosed(None)
    play.hear(welcome()) << SendAct(txn, HELLO)


def test_an_act_that_is_not_on_the_disk_yet_is_not_sent_with_a_welcome() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Hello")
    play.hear(welcome())
    assert not any(isinstance(command, SendAct) for command in play.commands)


def test_an_act_that_is_kept_is_sent_alone_though_others_still_wait() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "One")
    play.keep()
    play >> intents.SendMessage(QUESTION, "Two")
    second = play.keep()
    assert [each.txn_id for each in play.commands if isinstance(each, SendAct)] == [second]


def test_with_others_waiting_the_answer_is_still_waited_for() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "One")
    first = play.keep()
    play >> intents.SendMessage(QUESTION, "Two")
    play.keep()
    play.hear(Done(txn_id=first))
    assert play.commands == (SettleAct(first),)


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
    play >> TimerFired(link.ANSWER) << Disconnect()


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
    once, commands = link.act_once(joined_state(), HELLO, moment)
    assert (len(once.outbox), len(commands)) == (1, 1)
    assert link.act_once(once, HELLO, moment) == (once, ())


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
    play << StopTimer(link.ANSWER) << StartTimer(link.RESEND, 30.0)
    assert play.state.outbox[0].txn_id == txn
    play >> TimerFired(link.RESEND) << SendAct(txn, HELLO)
    play >> LinkClosed(None) >> TimerFired(link.RESEND)
    assert play.commands == ()


def test_a_busy_server_is_forgotten_once_it_answered() -> None:
    play = Playbook(live_state())
    play >> intents.SendMessage(QUESTION, "Hello")
    txn = play.keep()
    play.hear(TryLater(txn_id=txn, code=ErrorCode.STORAGE_FULL, after_seconds=1.0))
    assert play.state.trouble == Trouble(ErrorCode.STORAGE_FULL)
    settled = play.hear(Done(txn_id=txn)).state
    assert settled.trouble is None


def test_a_lost_connection_is_tried_again_ever_more_slowly() -> None:
    play = Playbook(joined_state())
    play >> LinkClosed(Trouble(Problem.UNREACHABLE))
    timer = next(command for command in play.commands if isinstance(command, StartTimer))
    assert (timer.name, timer.seconds <= backoff.FIRST) == (link.RECONNECT, True)
    assert play.state.link == Link(LinkState.OFFLINE, 1, Trouble(Problem.UNREACHABLE))
    play >> TimerFired(link.RECONNECT) << Connect()
    assert play.state.link == Link(LinkState.CONNECTING, 1, Trouble(Problem.UNREACHABLE))
    play >> LinkClosed(None)
    assert play.state.link.attempt == 2


def test_a_server_that_restarts_is_left_alone_for_as_long_as_it_says() -> None:
    play = Playbook(joined_state())
    play.hear(GoingDown(retry_after=20.0)) >> LinkClosed(None)
    timer = next(command for command in play.commands if isinstance(command, StartTimer))
    assert timer.seconds >= 20.0


def test_what_cannot_get_better_is_not_tried_again() -> None:
    play = Playbook(joined_state())
    trouble = Trouble(Problem.SIGNED_OUT)
    play >> LinkClosed(trouble, for_good=True)
    assert (play.commands, play.state.link.trouble) == ((StopTimer(link.ANSWER),), trouble)
    play >> TimerFired(link.RECONNECT)
    assert play.commands == ()


def test_a_welcome_takes_over_what_the_server_says() -> None:
    play = Playbook(joined_state(LinkState.CONNECTING))
    play.hear(welcome(helping=True, articles_head=9, roles=(Role.IT,), server_time=NOW + 61))
    play << KeepMe(ana_here(Role.IT)) << FetchArticles()
    assert play.state.preferences.helping
    assert play.state.link.clock_offset == 60
    play.hear(Heartbeat(head_seq=0, server_time=NOW + 2))
    assert play.state.link.clock_offset == 0


def test_a_wish_to_help_that_still_waits_is_not_undone_by_a_welcome() -> None:
    play = Playbook(joined_state(LinkState.OFFLINE))
    play >> intents.SetHelpingWish(True)
    play.keep()
    play.hear(welcome(helping=False))
    assert play.state.preferences.helping


def test_a_resync_keeps_unsent_questions() -> None:
    play = Playbook(joined_state(LinkState.OFFLINE))
    play >> intents.StartAsking() >> intents.TypeAsk("Help") >> intents.SendQuestion()
    txn = play.keep()
    act = play.state.outbox[0].act
    play.hear(welcome(resync=True, epoch="e2")) << ForgetFeed("e2") << SendAct(txn, act)
    assert (play.question.text, play.question.phase) == ("Help", Phase.KEPT)


def test_a_resync_keeps_unsent_messages_and_words_and_opens_no_old_window() -> None:
    play = Playbook(joined_state())
    play.feed(session_opened()).feed(posted("Hi Ana"))
    play >> LinkClosed(None) >> intents.SendMessage(QUESTION, "Hello")
    play.keep()
    play >> intents.TypeMessage(QUESTION, "half a wo")
    play >> intents.CloseSession(QUESTION)
    again = Playbook(play.state)
    again.hear(welcome(resync=True, epoch="e2", head_seq=2))
    assert lines_of(again) == [("Hello", Keeping.SAVED)]
    again.feed(session_opened()).feed(posted("Hi Ana"))
    assert lines_of(again) == [("Hi Ana", Keeping.SENT), ("Hello", Keeping.SAVED)]
    assert (again.question.phase, again.question.composer) == (Phase.LIVE, "half a wo")
    assert not again.question.open
    again.feed(SessionReleased(session_id=SESSION, question_id=QUESTION, reason=ReleaseReason.LEFT))
    again.feed(session_opened(session="s2", fence=2))
    assert again.question.open


def test_a_resync_forgets_the_rest() -> None:
    play = Playbook(joined_state())
    play.feed(session_opened()).feed(offer_made())
    play >> intents.CloseSession(QUESTION)
    play.hear(welcome(resync=True, epoch="e2"))
    assert (play.state.conversations, play.state.offers) == ({}, {})


def test_the_first_welcome_of_all_names_the_feed() -> None:
    play = Playbook(replace(joined_state(), epoch=""))
    play.hear(welcome(epoch="e1")) << ForgetFeed("e1")
    play.hear(welcome(epoch="e1"))
    assert ForgetFeed("e1") not in play.commands


def test_a_message_of_another_line_is_left_alone() -> None:
    line = Line("other", NOW, text="Other", message_id=MessageId("m1"))
    state = live_state()
    state = state.with_conversation(replace(state.conversations[QUESTION], lines=(line,)))
    play = Playbook(state)
    play.hear(Done(txn_id=TxnId("t9")))
    assert play.question.lines == (line,)
    assert KeepText not in {type(command) for command in play.commands}
