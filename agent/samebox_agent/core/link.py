"""The connection and the outbox: when to connect, what to send again, what an answer settles."""

from types import MappingProxyType

from msgspec.structs import replace
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import BY_NAME, FactKind
from samebox_shared.model.ids import OfferId, SessionId, TxnId
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AnyAct,
    Ask,
    PostMessage,
    SetHelping,
    SolveSession,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import OfferEnd
from samebox_shared.protocol.messages import Heartbeat, Refused, TryLater, Welcome

from samebox_agent.core import backoff
from samebox_agent.core.commands import (
    AnyCommand,
    Connect,
    FetchArticles,
    ForgetFeed,
    KeepAct,
    KeepMe,
    SendAct,
    SettleAct,
    StartTimer,
    Step,
    StopTimer,
)
from samebox_agent.core.events import LinkClosed, Moment
from samebox_agent.core.intents import Page
from samebox_agent.core.state import (
    AgentState,
    AskForm,
    Conversation,
    Keeping,
    Line,
    LinkState,
    Me,
    Phase,
    Trouble,
    Waiting,
)

RECONNECT = "reconnect"
RESEND = "resend"
ANSWER = "answer"
CLOCK_NEWS_SECONDS = 1.0
"""A smaller change of the clock's offset is the way of the message, not the clock."""
ANSWER_SECONDS = 10.0
"""A server that has not answered an act for this long is taken for gone; the act is sent again."""


def act(state: AgentState, what: AnyAct, moment: Moment) -> Step:
    """Put an act into the outbox; it is sent once it is safe on the disk (DEL-2)."""
    txn = TxnId(moment.fresh)
    waiting = Waiting(txn, what, moment.wall)
    state = replace(state, outbox=(*state.outbox, waiting))
    return state, (KeepAct(txn, what, moment.wall),)


def act_once(state: AgentState, what: AnyAct, moment: Moment) -> Step:
    """The same wish twice is one wish, as long as the first one waits."""
    if any(item.act == what for item in state.outbox):
        return state, ()
    return act(state, what, moment)


def on_kept(state: AgentState, txn_id: TxnId) -> Step:
    """The act is on the disk: send it if the server is there, else it waits."""
    outbox = tuple(
        replace(item, stored=True) if item.txn_id == txn_id else item for item in state.outbox
    )
    state = replace(_mark(state, txn_id, Keeping.SAVED), outbox=outbox)
    if state.link.state is not LinkState.ONLINE:
        return state, ()
    sends = tuple(SendAct(item.txn_id, item.act) for item in outbox if item.txn_id == txn_id)
    return state, (*sends, StartTimer(ANSWER, ANSWER_SECONDS))


def on_not_kept(state: AgentState, txn_id: TxnId, trouble: Trouble) -> Step:
    """The disk refused: nothing is sent, and what was typed goes back to where it was typed."""
    lost = next((item for item in state.outbox if item.txn_id == txn_id), None)
    outbox = tuple(item for item in state.outbox if item.txn_id != txn_id)
    state = replace(state, outbox=outbox, trouble=trouble)
    if lost is None:
        return state, ()
    match lost.act:
        case Ask() as ask:
            return _back_on_the_sheet(state, ask), ()
        case PostMessage(session_id=session_id, text=text):
            return _back_in_the_composer(_mark(state, txn_id, Keeping.NOT_SAVED), session_id, text)
        case AcceptOffer(offer_id=offer_id) if offer_id in state.offers:
            offer = replace(state.offers[offer_id], accepting=False)
            return replace(state, offers=MappingProxyType({**state.offers, offer_id: offer})), ()
        case _:
            return _take_back_wish(state, lost.act), ()


def _back_on_the_sheet(state: AgentState, ask: Ask) -> AgentState:
    """As it was when Send was pressed, so that a second press says the same and no more."""
    kept = {k: v for k, v in state.conversations.items() if k != ask.question_id}
    kinds = {BY_NAME[fact.name].kind for fact in ask.facts}
    if ask.device_type != DeviceType(system=ask.device_type.system):
        kinds |= {FactKind.DEVICE_TYPE}
    form = AskForm(
        ask.question_id,
        ask.text,
        included=frozenset(kinds),
        name_hidden=ask.name_hidden,
        system=ask.device_type.system or "",
    )
    return replace(
        state,
        conversations=MappingProxyType(kept),
        ask=form,
        fixes=replace(state.fixes, tried=ask.tried),
        window=replace(state.window, pages=(Page.HELP, Page.ASK)),
    )


def _back_in_the_composer(state: AgentState, session_id: SessionId, text: str) -> Step:
    found = state.conversation_of(session_id)
    if found is None or found.composer:
        return state, ()
    return state.with_conversation(replace(found, composer=text)), ()


def _take_back_wish(state: AgentState, what: AnyAct) -> AgentState:
    """What was shown before it was sure is shown no longer."""
    match what:
        case SolveSession(session_id=session_id):
            found = state.conversation_of(session_id)
            if found is None:
                return state
            return state.with_conversation(replace(found, solved_wish=False))
        case SetHelping(helping=on):
            return replace(state, preferences=replace(state.preferences, helping=not on))
        case _:
            return state


def on_welcome(state: AgentState, welcome: Welcome, moment: Moment) -> Step:
    """The server knows us: take over what it says, and send what waits."""
    commands: list[AnyCommand] = [StopTimer(RECONNECT)]
    me = Me(welcome.person, welcome.device_id, welcome.organisation, welcome.roles)
    if me != state.me:
        commands.append(KeepMe(me))
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
    if welcome.articles_head != state.fixes.head:
        commands.append(FetchArticles())
    commands.extend(_sends(state))
    return state, tuple(commands)


def on_heartbeat(state: AgentState, beat: Heartbeat, moment: Moment) -> Step:
    """Still here. An idle laptop changes nothing: only a clock that was set is news."""
    offset = beat.server_time - moment.wall
    known = state.link.clock_offset
    if known is not None and abs(offset - known) < CLOCK_NEWS_SECONDS:
        return state, ()
    return replace(state, link=replace(state.link, clock_offset=offset)), ()


def on_closed(state: AgentState, closed: LinkClosed, moment: Moment) -> Step:
    """The connection is gone; try again after a while unless that cannot help."""
    if closed.for_good:
        link = replace(state.link, state=LinkState.REFUSED, trouble=closed.trouble)
        return replace(state, link=link), (StopTimer(ANSWER),)
    attempt = state.link.attempt + 1
    seconds = state.link.pause + backoff.wait(attempt, moment.chance)
    link = replace(
        state.link, state=LinkState.OFFLINE, attempt=attempt, trouble=closed.trouble, pause=0.0
    )
    return replace(state, link=link), (StartTimer(RECONNECT, seconds), StopTimer(ANSWER))


def reconnect(state: AgentState) -> Step:
    """Try now, if there is a server to try and no connection yet."""
    if state.me is None or state.link.state is not LinkState.OFFLINE:
        return state, ()
    link = replace(state.link, state=LinkState.CONNECTING)
    return replace(state, link=link), (StopTimer(RECONNECT), Connect())


def resend(state: AgentState) -> Step:
    """Send everything that waits once more."""
    if state.link.state is not LinkState.ONLINE:
        return state, ()
    return state, _sends(state)


def on_done(state: AgentState, txn_id: TxnId) -> Step:
    """The act is committed on the server."""
    if state.trouble in (Trouble(ErrorCode.BUSY), Trouble(ErrorCode.STORAGE_FULL)):
        state = replace(state, trouble=None)
    return _settled(_mark(state, txn_id, Keeping.SENT), txn_id)


def on_refused(state: AgentState, refused: Refused) -> Step:
    """The act changed nothing and never will: say so where it was made."""
    lost = next((item for item in state.outbox if item.txn_id == refused.txn_id), None)
    state, commands = _settled(state, refused.txn_id)
    if lost is None:
        return state, commands
    match lost.act:
        case PostMessage():
            state = _mark(state, refused.txn_id, Keeping.REFUSED)
        case Ask(question_id=question_id, text=text) if question_id in state.conversations:
            over = replace(state.conversations[question_id], phase=Phase.ENDED)
            state = state.with_conversation(over)
            state = replace(state, ask=replace(state.ask, text=state.ask.text or text))
        case AcceptOffer(offer_id=offer_id):
            return _accept_refused(state, offer_id, refused.code), commands
        case _:
            state = _take_back_wish(state, lost.act)
    return replace(state, trouble=Trouble(refused.code)), commands


def on_try_later(state: AgentState, later: TryLater) -> Step:
    """Undecided; the act stays in the outbox. It was an answer: the server is not gone."""
    wait = (StopTimer(ANSWER), StartTimer(RESEND, later.after_seconds))
    return replace(state, trouble=Trouble(later.code)), wait


def _accept_refused(state: AgentState, offer_id: OfferId, code: ErrorCode) -> AgentState:
    """The other was quicker. Not an error: the notice itself says so, kindly."""
    found = state.offers.get(offer_id)
    if found is None or code not in (ErrorCode.ALREADY_TAKEN, ErrorCode.OFFER_OVER):
        return replace(state, trouble=Trouble(code))
    ended = replace(found, accepting=False, end=OfferEnd.TAKEN)
    return replace(state, offers=MappingProxyType({**state.offers, offer_id: ended}))


def _settled(state: AgentState, txn_id: TxnId) -> Step:
    outbox = tuple(item for item in state.outbox if item.txn_id != txn_id)
    commands: list[AnyCommand] = [SettleAct(txn_id)]
    if not any(item.stored for item in outbox):
        commands.append(StopTimer(ANSWER))
    return replace(state, outbox=outbox), tuple(commands)


def _sends(state: AgentState) -> tuple[AnyCommand, ...]:
    sends = tuple(SendAct(item.txn_id, item.act) for item in state.outbox if item.stored)
    return (*sends, StartTimer(ANSWER, ANSWER_SECONDS)) if sends else ()


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
        peer=value.peer,
        lines=lines,
        composer=value.composer,
        open=value.open,
        raised=value.raised,
    )


def _unsent(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.message_id is None and line.event is None)


def _mark(state: AgentState, txn_id: TxnId, keeping: Keeping) -> AgentState:
    for conversation in state.conversations.values():
        for index, line in enumerate(conversation.lines):
            if line.key == txn_id:
                lines = list(conversation.lines)
                lines[index] = replace(line, keeping=keeping)
                return state.with_conversation(replace(conversation, lines=tuple(lines)))
    return state
