"""The connection: tried again ever more slowly, and what a greeting means."""

import msgspec
from msgspec.structs import replace
from samebox_agent.core import backoff, intents, link, outbox
from samebox_agent.core.commands import (
    Connect,
    FetchArticles,
    ForgetFeed,
    KeepMe,
    SendAct,
    SendAway,
    SettleAct,
    StartTimer,
    StopTimer,
)
from samebox_agent.core.events import ActNotKept, LinkClosed, TimerFired
from samebox_agent.core.state import (
    AgentState,
    Keeping,
    Link,
    LinkState,
    Offer,
    Phase,
    Problem,
    Trouble,
)
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.people import Role
from samebox_shared.protocol.acts import (
    AnyAct,
    Ask,
    PostMessage,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import ReleaseReason, SessionReleased
from samebox_shared.protocol.messages import GoingDown, Heartbeat, Refused

from tests.support.builders import (
    NOW,
    OFFER,
    QUESTION,
    SESSION,
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


def not_kept(state: AgentState, act: AnyAct) -> AgentState:
    """The disk refuses this act."""
    item = waiting(act, stored=False)
    play = Playbook(replace(state, outbox=(item,)))
    play >> ActNotKept(item.txn_id, FULL)
    assert (play.state.outbox, play.state.trouble, play.commands) == ((), FULL, ())
    return play.state


def replace_type(ask: Ask, device_type: DeviceType) -> Ask:
    return msgspec.structs.replace(ask, device_type=device_type)


def with_offer(offer: Offer) -> AgentState:
    return replace(joined_state(), offers={OFFER: offer})


def refused(state: AgentState, act: AnyAct, code: ErrorCode) -> Playbook:
    """The server refuses this act."""
    item = waiting(act)
    play = Playbook(replace(state, outbox=(item,)))
    play.hear(Refused(txn_id=item.txn_id, code=code)) << SettleAct(item.txn_id)
    assert play.state.outbox == ()
    return play


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
    assert (play.commands, play.state.link.trouble) == ((StopTimer(outbox.ANSWER),), trouble)
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


def test_away_is_told_again_because_the_server_forgets_it_with_the_connection() -> None:
    state = joined_state(LinkState.CONNECTING)
    play = Playbook(replace(state, helping=replace(state.helping, away=True)))
    play.hear(welcome()) << SendAway(True)


def test_back_again_leaves_a_quiet_line() -> None:
    play = Playbook(live_state())
    play >> LinkClosed(None)
    play.hear(welcome())
    assert [line.resumed for line in play.question.lines] == [True]
