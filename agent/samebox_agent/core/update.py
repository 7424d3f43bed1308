"""The one door into the rules: `update(state, event, moment)` gives the next state and what to do.

Which rule handles what stands here and nowhere else; the rules live beside their nouns.
"""

from msgspec.structs import replace
from samebox_shared.model.ids import QuestionId
from samebox_shared.protocol.messages import (
    ArticlesChanged,
    Done,
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
    conversation,
    fixes,
    joining,
    link,
    windows,
    wishes,
)
from samebox_agent.core.commands import (
    Connect,
    Disconnect,
    FetchArticles,
    StartTimer,
    Step,
)
from samebox_agent.core.events import (
    ActKept,
    ActNotKept,
    AgentEvent,
    ArticlesArrived,
    ArticlesMissed,
    AutostartSet,
    FactsRead,
    FeedGrew,
    Happening,
    InviteFailed,
    InviteMade,
    JoinFailed,
    JoinSucceeded,
    LinkClosed,
    Moment,
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
        return _on_happening(state, event, moment)
    return wishes.on_intent(state, event, moment)


def _on_happening(state: AgentState, event: Happening, moment: Moment) -> Step:
    match event:
        case ServerSaid(frame=frame):
            return _on_frame(state, frame, moment)
        case FeedGrew(event=grown):
            live = grown.seq > state.link.history_until
            return conversation.on_feed(state, grown, live=live), ()
        case ActKept(txn_id=txn_id):
            return link.on_kept(state, txn_id)
        case ActNotKept(txn_id=txn_id, trouble=trouble):
            return link.on_not_kept(state, txn_id, trouble)
        case LinkClosed():
            return link.on_closed(state, event, moment)
        case TimerFired(name=name):
            return _on_timer(state, name)
        case _:
            return _on_local(state, event, moment)


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
        case SharedLogRead(entries=entries):
            return replace(state, shared=entries), ()
        case AutostartSet(on=on):
            return replace(state, preferences=replace(state.preferences, autostart=on)), ()
        case _:
            raise KeyError(type(event).__name__)


def _on_frame(state: AgentState, frame: ServerWord, moment: Moment) -> Step:
    match frame:
        case Welcome():
            return link.on_welcome(state, frame, moment)
        case Done(txn_id=txn_id):
            return link.on_done(state, txn_id)
        case Refused():
            return link.on_refused(state, frame)
        case TryLater():
            return link.on_try_later(state, frame)
        case Heartbeat():
            return link.on_heartbeat(state, frame, moment)
        case PeerTyping():
            return conversation.on_peer_typing(state, frame)
        case PeerPresence():
            return conversation.on_peer_presence(state, frame)
        case ArticlesChanged(head=head):
            return state, () if head == state.fixes.head else (FetchArticles(),)
        case GoingDown(retry_after=seconds):
            return replace(state, link=replace(state.link, pause=seconds)), ()


def _on_timer(state: AgentState, name: str) -> Step:
    match name:
        case link.RECONNECT:
            return link.reconnect(state)
        case link.RESEND:
            return link.resend(state)
        case link.ANSWER:
            return state, (Disconnect(),)
        case fixes.READ_FACTS:
            return fixes.read(state)
        case fixes.FETCH:
            return state, (FetchArticles(),) if state.link.state is LinkState.ONLINE else ()
        case _:
            return conversation.on_timer(state, name)


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
        trouble=event.trouble,
    )
    for grown in event.feed:
        state = conversation.on_feed(state, grown, live=False)
    state = _with_outbox(state, event.outbox)
    state = _with_texts(state, texts)
    fresh = replace(state.fixes, snoozed=event.snoozed, openable=event.openable)
    state = replace(state, fixes=fresh)
    state = fixes.with_articles(state, event.articles)
    state = replace(state, window=replace(state.window, pages=(windows.first_page(state),)))
    if event.show_window:
        state, _ = windows.open_help(state, moment)
    state, looks = fixes.read(state)
    commands = (*looks, *fixes.search_again(state))
    if event.me is None:
        return state, commands
    return replace(state, link=Link(LinkState.CONNECTING)), (*commands, Connect())


def _with_outbox(state: AgentState, outbox: tuple[Waiting, ...]) -> AgentState:
    """Show again what was typed and not yet answered when the program ended."""
    state = replace(state, outbox=outbox)
    for item in outbox:
        state = conversation.show_waiting(state, item, Keeping.SAVED)
    return state


def _with_texts(state: AgentState, texts: dict[str, str]) -> AgentState:
    state = replace(
        state,
        fixes=replace(state.fixes, text=texts.get(fixes.QUESTION_FIELD, "")),
        ask=replace(state.ask, text=texts.get(asking.ASK_FIELD, "")),
    )
    for place, text in texts.items():
        if not place.startswith(conversation.COMPOSER):
            continue
        question_id = QuestionId(place.removeprefix(conversation.COMPOSER))
        found = state.conversations.get(question_id)
        if found is not None:
            state = state.with_conversation(replace(found, composer=text))
    return state
