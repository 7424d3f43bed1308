"""The connection: when to connect, and what the server's greeting means."""

from types import MappingProxyType

from msgspec.structs import replace
from samebox_shared.protocol.acts import (
    Ask,
    SetHelping,
)
from samebox_shared.protocol.messages import Heartbeat, Welcome

from samebox_agent.core import article_sync, backoff, drafting, lines, outbox
from samebox_agent.core.commands import (
    AnyCommand,
    Connect,
    FetchArticles,
    ForgetFeed,
    KeepMe,
    SendAway,
    StartTimer,
    Step,
    StopTimer,
)
from samebox_agent.core.events import LinkClosed, Moment
from samebox_agent.core.state import (
    AgentState,
    Conversation,
    Line,
    LinkState,
    Me,
    Phase,
)

RECONNECT = "reconnect"
CLOCK_NEWS_SECONDS = 1.0
"""A smaller change of the clock's offset is the way of the message, not the clock."""


def on_welcome(state: AgentState, welcome: Welcome, moment: Moment) -> Step:
    """The server knows us: take over what it says, and send what waits."""
    commands: list[AnyCommand] = [StopTimer(RECONNECT)]
    me = Me(welcome.person, welcome.device_id, welcome.organisation, welcome.roles)
    if me != state.me:
        commands.append(KeepMe(me))
    if state.link.attempt:
        state = lines.resumed(state, moment.wall)
    if welcome.resync or welcome.epoch != state.epoch:
        commands.append(ForgetFeed(welcome.epoch))
        state = replace(_forget_feed(state), epoch=welcome.epoch)
        state = replace(state, link=replace(state.link, history_until=welcome.head_seq))
    offset = welcome.server_time - moment.wall
    link = replace(
        state.link,
        state=LinkState.ONLINE,
        attempt=0,
        trouble=None,
        pause=0.0,
        clock_offset=offset,
    )
    wishes = [item.act.helping for item in state.outbox if isinstance(item.act, SetHelping)]
    helping = wishes[-1] if wishes else welcome.helping
    preferences = replace(state.preferences, helping=helping)
    state = replace(state, me=me, link=link, preferences=preferences)
    if article_sync.is_behind(state, welcome):
        commands.append(FetchArticles())
    if state.helping.away:  # the server forgets it with the connection
        commands.append(SendAway(True))
    state = outbox.rest_old(state, moment)
    return state, (*commands, *outbox.send_oldest(state))


def on_heartbeat(state: AgentState, beat: Heartbeat, moment: Moment) -> Step:
    """Still here. An idle laptop changes nothing: only a clock that was set is news."""
    offset = beat.server_time - moment.wall
    known = state.link.clock_offset
    if known is not None and abs(offset - known) < CLOCK_NEWS_SECONDS:
        return state, ()
    return replace(state, link=replace(state.link, clock_offset=offset)), ()


def on_closed(state: AgentState, closed: LinkClosed, moment: Moment) -> Step:
    """The connection is gone; try again after a while unless that cannot help."""
    state = outbox.rest_old(state, moment)
    if closed.for_good:
        link = replace(state.link, state=LinkState.REFUSED, trouble=closed.trouble)
        return replace(state, link=link), (StopTimer(outbox.ANSWER),)
    attempt = state.link.attempt + 1
    seconds = state.link.pause + backoff.wait(attempt, moment.chance)
    link = replace(
        state.link, state=LinkState.OFFLINE, attempt=attempt, trouble=closed.trouble, pause=0.0
    )
    return replace(state, link=link), (StartTimer(RECONNECT, seconds), StopTimer(outbox.ANSWER))


def reconnect(state: AgentState) -> Step:
    """Try now, if there is a server to try and no connection yet."""
    if state.me is None or state.link.state is not LinkState.OFFLINE:
        return state, ()
    link = replace(state.link, state=LinkState.CONNECTING)
    return replace(state, link=link), (StopTimer(RECONNECT), Connect())


def _forget_feed(state: AgentState) -> AgentState:
    """Keep only what the server does not have: questions in the outbox, unsent words, open windows.

    Everything else that a conversation was comes back through the feed.
    """
    asked = {item.act.question_id for item in state.outbox if isinstance(item.act, Ask)}
    conversations = {}
    for key, value in state.conversations.items():
        lines = _unsent(value.lines)
        if key in asked or lines or value.composer or value.open:
            phase = Phase.KEPT if key in asked else Phase.ENDED
            conversations[key] = _without_feed(value, lines, phase)
    state = drafting.forget_feed(state)
    return replace(
        state, conversations=MappingProxyType(conversations), offers=MappingProxyType({})
    )


def _without_feed(value: Conversation, lines: tuple[Line, ...], phase: Phase) -> Conversation:
    """Only what this laptop knows by itself: what the feed told must come from the feed again, or
    a restart would show something else (I11)."""
    return Conversation(
        value.question_id,
        value.mine,
        value.text,
        value.device_type,
        facts=value.facts,
        phase=phase,
        name_hidden=value.name_hidden,
        since=value.since,
        company=tuple(replace(item, gone=True, typing=False) for item in value.company),
        lines=lines,
        composer=value.composer,
        open=value.open,
        raised=value.raised,
    )


def _unsent(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(
        line
        for line in lines
        if line.message_id is None and line.event is None and not line.resumed
    )
