"""The one door into the rules: `update(state, event, moment)` gives the next state and what to do.

Which rule handles what stands here and nowhere else; the rules live beside their nouns.
"""

from msgspec.structs import replace
from samebox_shared.model.ids import QuestionId
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
    asking,
    board,
    company,
    conversation,
    drafting,
    fixes,
    joining,
    lines,
    link,
    outbox,
    outcomes,
    remedies,
    session,
    windows,
    wishes,
)
from samebox_agent.core.commands import (
    AnyCommand,
    Connect,
    Disconnect,
    FetchArticles,
    SendAway,
    SettleAct,
    StartTimer,
    Step,
)
from samebox_agent.core.draft_state import Drafts
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
from samebox_agent.core.remedy_list import Remedies
from samebox_agent.core.state import (
    DEFAULT_SHARING,
    AgentState,
    JoinForm,
    Keeping,
    Link,
    LinkState,
    Preferences,
    Problem,
    Trouble,
    Waiting,
)


def update(state: AgentState, event: AgentEvent, moment: Moment) -> Step:
    """Handle one event. Raises KeyError for an event nobody handles: a bug of ours."""
    if isinstance(event, Happening):
        stepped, commands = _on_happening(state, event, moment)
    else:
        stepped, commands = wishes.on_intent(state, event, moment)
    stepped, keeps = drafting.settle(state, stepped, event)
    stepped, reports = outcomes.report(state, stepped, moment)
    more = (*keeps, *reports)
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
            return link.on_closed(state, event, moment)
        case TimerFired(name=name):
            return _on_timer(state, name, moment)
        case RemedyLooked() | RemedyDone() | RemedyFailed():
            return remedies.on_told(state, event, moment)
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
            return _on_started(event, moment)
        case FactsRead():
            return joining.on_facts(state, event, moment)
        case SearchDone():
            return fixes.on_search(state, event)
        case ArticlesArrived(page=page):
            state = fixes.with_articles(state, page)
            return state, fixes.search_again(state)
        case ArticlesMissed():
            return state, (StartTimer(fixes.FETCH, fixes.FETCH_SECONDS),)
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
            return drafting.on_portal_failed(state, trouble), ()
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
            return link.on_welcome(state, frame, moment)
        case Done(txn_id=txn_id):
            return outbox.on_done(state, txn_id)
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
        case remedies.LIMIT:
            return remedies.on_limit(state, moment)
        case fixes.FETCH:
            return state, (FetchArticles(),) if state.link.state is LinkState.ONLINE else ()
        case _:
            return company.on_timer(state, name)


def _on_started(event: Started, moment: Moment) -> Step:
    texts = dict(event.texts)
    state = AgentState(
        me=event.me,
        server=event.server,
        epoch=event.epoch,
        join=JoinForm(invite=texts.get(joining.INVITE_FIELD, "")),
        preferences=Preferences(event.appearance),
        reading=event.reading,
        sharing=DEFAULT_SHARING if event.sharing is None else event.sharing,
        sharing_agreed=event.sharing_agreed,
        remedies=Remedies(offered=event.offered, tried=event.tried),
        drafts=Drafts(hosts=event.hosts, users=event.users),
        trouble=event.trouble,
    )
    for grown in event.feed:
        state = conversation.on_feed(state, grown, live=False)
    state, settles = _with_outbox(state, event.outbox, moment)
    state = _with_texts(state, texts)
    fresh = replace(state.fixes, snoozed=event.snoozed, openable=event.openable)
    state = replace(state, fixes=fresh)
    state = fixes.with_articles(state, event.articles)
    state = replace(state, window=replace(state.window, pages=(windows.first_page(state),)))
    if event.show_window:
        state, _ = windows.open_help(state, moment)
    state, looks = fixes.read(state, asked=event.show_window)
    commands: tuple[AnyCommand, ...] = (*settles, *looks, *fixes.search_again(state))
    if event.me is None:
        return state, commands
    return replace(state, link=Link(LinkState.CONNECTING)), (*commands, Connect())


def _with_outbox(state: AgentState, waiting: tuple[Waiting, ...], moment: Moment) -> Step:
    """Show again what was typed and not yet answered when the program ended."""
    said = lines.told(state)
    left = tuple(item for item in waiting if item.txn_id not in said)
    state = replace(state, outbox=left)
    for item in left:
        state = conversation.show_waiting(state, item, Keeping.SAVED)
    settles = tuple(SettleAct(item.txn_id) for item in waiting if item.txn_id in said)
    return outbox.rest_old(state, moment), settles


def _with_texts(state: AgentState, texts: dict[str, str]) -> AgentState:
    state = replace(
        state,
        fixes=replace(state.fixes, text=texts.get(fixes.QUESTION_FIELD, "")),
        ask=replace(state.ask, text=texts.get(asking.ASK_FIELD, "")),
    )
    state = drafting.with_texts(state, texts.items())
    for place, text in texts.items():
        if not place.startswith(session.COMPOSER):
            continue
        question_id = QuestionId(place.removeprefix(session.COMPOSER))
        found = state.conversations.get(question_id)
        if found is not None:
            state = state.with_conversation(replace(found, composer=text))
    return state
