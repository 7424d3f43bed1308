"""The one door into the rules: `update(state, event, moment)` gives the next state and what to do.

Which rule handles what stands here and nowhere else; the rules live beside their nouns.
"""

from msgspec.structs import replace
from samebox_shared.protocol.events import MessagePosted
from samebox_shared.protocol.messages import (
    ArticlesChanged,
    Done,
    Event,
    GoingDown,
    Heartbeat,
    PeerPresence,
    PeerTyping,
    Refused,
    TryLater,
    Welcome,
)

from samebox_agent.core import (
    article_sync,
    board,
    company,
    conversation,
    drafting,
    fixes,
    following,
    joining,
    link,
    notices,
    outbox,
    outcomes,
    portal,
    remedies,
    starting,
    triage,
    wishes,
)
from samebox_agent.core.commands import (
    Disconnect,
    FetchArticles,
    SendAway,
    Step,
)
from samebox_agent.core.events import (
    ActKept,
    ActNotKept,
    AgentEvent,
    ArticlesArrived,
    ArticlesMissed,
    AutostartSet,
    AvailabilityChanged,
    BoardArrived,
    BoardMissed,
    FactsRead,
    FeedGrew,
    Happening,
    InviteFailed,
    InviteMade,
    JoinFailed,
    JoinSucceeded,
    LinkClosed,
    Moment,
    PortalFailed,
    RemedyDone,
    RemedyFailed,
    RemedyLooked,
    SearchDone,
    ServerSaid,
    ServerWord,
    SettingsPageFailed,
    SharedLogRead,
    Started,
    StoreFailed,
    TimerFired,
    TokenKept,
)
from samebox_agent.core.state import (
    AgentState,
    LinkState,
    Problem,
    Trouble,
)


def update(state: AgentState, event: AgentEvent, moment: Moment) -> Step:
    """Handle one event. Raises KeyError for an event nobody handles: a bug of ours."""
    if isinstance(event, Happening):
        stepped, commands = _on_happening(state, event, moment)
    else:
        stepped, commands = wishes.on_intent(state, event, moment)
    stepped, keeps = drafting.settle(state, stepped, event)
    stepped, reports = outcomes.report(state, stepped, moment)
    stepped, told = notices.mind(stepped, event, moment)
    more = (*keeps, *reports, *told)
    return stepped, (*commands, *more) if more else commands


def _on_happening(state: AgentState, event: Happening, moment: Moment) -> Step:
    match event:
        case ServerSaid(frame=frame):
            return _on_frame(state, frame, moment)
        case FeedGrew(event=grown):
            return _on_grown(state, grown)
        case ActKept(txn_id=txn_id):
            return outbox.on_kept(state, txn_id)
        case ActNotKept(txn_id=txn_id, trouble=trouble):
            return outbox.on_not_kept(state, txn_id, trouble)
        case LinkClosed():
            state, closes = link.on_closed(state, event, moment)
            state, looks = triage.look(state)
            return state, (*closes, *looks)
        case TimerFired(name=name):
            return _on_timer(state, name, moment)
        case RemedyLooked() | RemedyDone() | RemedyFailed():
            state, ends = remedies.on_told(state, event, moment)
            state, looks = following.soon(state, moment)
            return state, (*ends, *looks)
        case _:
            return _on_local(state, event, moment)


def _on_grown(state: AgentState, grown: Event) -> Step:
    live = grown.seq > state.link.history_until
    state = conversation.on_feed(state, grown, live=live)
    if isinstance(grown.body, MessagePosted):
        return outbox.on_own_message(state, grown.body.txn_id)
    return state, ()


def _on_local(state: AgentState, event: Happening, moment: Moment) -> Step:
    match event:
        case Started():
            return starting.on_started(event, moment)
        case FactsRead():
            return joining.on_facts(state, event, moment)
        case SearchDone():
            return fixes.on_search(state, event)
        case ArticlesArrived():
            return article_sync.on_arrived(state, event)
        case ArticlesMissed():
            return article_sync.on_missed(state, event)
        case JoinSucceeded():
            return joining.on_joined(state, event)
        case JoinFailed(trouble=trouble):
            return joining.on_join_failed(state, trouble)
        case InviteMade(invite=invite):
            return joining.on_invite(state, invite)
        case InviteFailed(trouble=trouble):
            return joining.on_invite(state, trouble)
        case _:
            return _on_notice(state, event)


def _on_notice(state: AgentState, event: Happening) -> Step:
    match event:
        case TokenKept(trouble=trouble):
            return replace(state, trouble=trouble or state.trouble), ()
        case StoreFailed(trouble=trouble):
            return replace(state, trouble=trouble), ()
        case SettingsPageFailed(key=key):
            return replace(state, trouble=Trouble(Problem.SETTINGS_NOT_OPENED, key)), ()
        case BoardArrived(board=fetched):
            return board.on_fetched(state, fetched), ()
        case BoardMissed(trouble=trouble):
            return board.on_fetched(state, trouble), ()
        case PortalFailed(trouble=trouble):
            return portal.on_failed(state, trouble), ()
        case AvailabilityChanged(away=away):
            return _on_availability(state, away)
        case SharedLogRead(entries=entries):
            return replace(state, shared=entries), ()
        case AutostartSet(on=on):
            return replace(state, preferences=replace(state.preferences, autostart=on)), ()
        case _:
            raise KeyError(type(event).__name__)


def _on_availability(state: AgentState, away: bool) -> Step:
    """Told only as available or away, and only when it changes."""
    if state.helping.away == away:
        return state, ()
    state = replace(state, helping=replace(state.helping, away=away))
    return state, (SendAway(away),) if state.link.state is LinkState.ONLINE else ()


def _on_frame(state: AgentState, frame: ServerWord, moment: Moment) -> Step:
    match frame:
        case Welcome():
            state, greets = link.on_welcome(state, frame, moment)
            state, looks = triage.look(state)
            return state, (*greets, *looks)
        case Done(txn_id=txn_id):
            stepped, commands = outbox.on_done(state, txn_id)
            return stepped, (*commands, *article_sync.on_done(state, txn_id))
        case Refused():
            return outbox.on_refused(state, frame)
        case TryLater():
            return outbox.on_try_later(state, frame)
        case Heartbeat():
            return link.on_heartbeat(state, frame, moment)
        case PeerTyping():
            return company.on_peer_typing(state, frame)
        case PeerPresence():
            return company.on_peer_presence(state, frame)
        case ArticlesChanged(head=head):
            return state, () if head == state.fixes.head else (FetchArticles(),)
        case GoingDown(retry_after=seconds):
            return replace(state, link=replace(state.link, pause=seconds)), ()


def _on_timer(state: AgentState, name: str, moment: Moment) -> Step:
    match name:
        case link.RECONNECT:
            return link.reconnect(state)
        case outbox.RESEND:
            return outbox.resend(state, moment)
        case outbox.ANSWER:
            return state, (Disconnect(),)
        case fixes.READ_FACTS:
            return fixes.read(state, asked=False)
        case notices.QUIET:
            return state, ()
        case following.LOOK:
            return following.look(state, moment)
        case remedies.LIMIT:
            return remedies.on_limit(state, moment)
        case article_sync.FETCH:
            return state, (FetchArticles(),) if state.link.state is LinkState.ONLINE else ()
        case _:
            return company.on_timer(state, name)
