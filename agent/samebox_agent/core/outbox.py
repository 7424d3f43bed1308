"""What a person did and the server has not answered: kept, sent in order, settled once (DEL-2)."""

from types import MappingProxyType

from msgspec.structs import replace
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import BY_NAME, FactKind
from samebox_shared.model.ids import OfferId, SessionId, TxnId
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AnswerQuestion,
    AnyAct,
    Ask,
    BringIn,
    EditMessage,
    MarkSeen,
    PostMessage,
    SetHelping,
    SetVolunteering,
    SolveQuestion,
    SolveSession,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import OfferEnd
from samebox_shared.protocol.messages import Refused, TryLater

from samebox_agent.core.commands import (
    AnyCommand,
    KeepAct,
    RenewAct,
    SendAct,
    SettleAct,
    StartTimer,
    Step,
    StopTimer,
)
from samebox_agent.core.events import Moment
from samebox_agent.core.intents import Page
from samebox_agent.core.lines import told
from samebox_agent.core.state import (
    AgentState,
    AskForm,
    Conversation,
    Keeping,
    LinkState,
    Phase,
    Trouble,
    Waiting,
)

RESEND = "resend"
ANSWER = "answer"
ANSWER_SECONDS = 10.0
"""A server that has not answered an act for this long is taken for gone; the act is sent again."""
DRAFT_SECONDS = 15 * 60.0
"""A message older than this is not sent by itself any more: late chat confuses (DEL-9)."""


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
    """The act is on the disk: send it if the server is there and its turn has come."""
    outbox = tuple(
        replace(item, stored=True) if item.txn_id == txn_id else item for item in state.outbox
    )
    state = replace(_mark(state, txn_id, Keeping.SAVED), outbox=outbox)
    head = _head(state)
    return state, send_oldest(state) if head is not None and head.txn_id == txn_id else ()


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
            state = _mark(state, txn_id, Keeping.NOT_SAVED)
            return _back_in_the_composer(state, session_id, text), ()
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


def _back_in_the_composer(state: AgentState, session_id: SessionId, text: str) -> AgentState:
    found = state.conversation_of(session_id)
    if found is None or found.composer:
        return state
    return state.with_conversation(replace(found, composer=text))


def _take_back_wish(state: AgentState, what: AnyAct) -> AgentState:
    """What was shown before it was sure is shown no longer."""
    match what:
        case SolveSession() | MarkSeen() | BringIn() | EditMessage():
            found = state.conversation_of(what.session_id)
            return state if found is None else _take_back_in(state, found, what)
        case SolveQuestion(question_id=question_id) if question_id in state.conversations:
            found = state.conversations[question_id]
            return state.with_conversation(replace(found, solved_wish=False))
        case SetHelping(helping=on):
            return replace(state, preferences=replace(state.preferences, helping=not on))
        case SetVolunteering():
            form = replace(state.helping.form, touched=True)
            return replace(state, helping=replace(state.helping, form=form))
        case AnswerQuestion():
            return _back_on_the_board(state, what)
        case _:
            return state


def _take_back_in(
    state: AgentState,
    found: Conversation,
    what: SolveSession | MarkSeen | BringIn | EditMessage,
) -> AgentState:
    match what:
        case SolveSession():
            return state.with_conversation(replace(found, solved_wish=False))
        case MarkSeen():  # it was not told: the next look tells it
            return state.with_conversation(replace(found, seen_sent=None))
        case BringIn(part=part):
            return state.with_conversation(replace(found, bringing=found.bringing - {part}))
        case EditMessage(session_id=session_id, text=text):
            return _back_in_the_composer(state, session_id, text)


def _back_on_the_board(state: AgentState, answer: AnswerQuestion) -> AgentState:
    page = state.board
    page = replace(page, answered=page.answered - {answer.question_id})
    if not page.text:
        page = replace(page, open=answer.question_id, text=answer.text)
    return replace(state, board=page)


def resend(state: AgentState, moment: Moment) -> Step:
    """Send what waits once more, the oldest first."""
    state = rest_old(state, moment)
    return state, send_oldest(state)


def rest_old(state: AgentState, moment: Moment) -> AgentState:
    """Messages that were tried for long enough become drafts, unless the feed has them (I12). No
    timer: it is looked at whenever something happens to the connection."""
    for item in state.outbox:
        is_old = not item.draft and moment.wall - item.at > DRAFT_SECONDS
        if is_old and isinstance(item.act, PostMessage) and item.txn_id not in told(state):
            outbox = tuple(
                replace(each, draft=True) if each is item else each for each in state.outbox
            )
            state = _mark(replace(state, outbox=outbox), item.txn_id, Keeping.DRAFT)
    return state


def send_again(state: AgentState, txn_id: TxnId, moment: Moment) -> Step:
    """Send a draft: the same message with the same transaction id (I12)."""
    item = next((each for each in state.outbox if each.txn_id == txn_id and each.draft), None)
    if item is None:
        return state, ()
    fresh = replace(item, draft=False, at=moment.wall)
    waits = bool(send_oldest(state))
    outbox = tuple(fresh if each is item else each for each in state.outbox)
    state = _mark(replace(state, outbox=outbox), txn_id, Keeping.SAVED)
    return state, (RenewAct(txn_id, moment.wall), *(() if waits else send_oldest(state)))


def discard(state: AgentState, txn_id: TxnId) -> Step:
    """Throw a draft away, from the screen and from the disk."""
    item = next((each for each in state.outbox if each.txn_id == txn_id and each.draft), None)
    if item is None:
        return state, ()
    for found in state.conversations.values():
        if any(line.key == txn_id for line in found.lines):
            left = tuple(line for line in found.lines if line.key != txn_id)
            state = state.with_conversation(replace(found, lines=left))
    outbox = tuple(each for each in state.outbox if each is not item)
    return replace(state, outbox=outbox), (SettleAct(txn_id),)


def on_own_message(state: AgentState, txn_id: TxnId) -> Step:
    """The feed has it, so it was sent: a draft of it is none any more (I12)."""
    if not any(item.txn_id == txn_id and item.draft for item in state.outbox):
        return state, ()
    outbox = tuple(item for item in state.outbox if item.txn_id != txn_id)
    return replace(state, outbox=outbox), (SettleAct(txn_id),)


def on_done(state: AgentState, txn_id: TxnId) -> Step:
    """The act is committed on the server; the next one's turn has come."""
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
    """Only the answer to the oldest one lets the next one go: acts leave in their order."""
    head = _head(state)
    outbox = tuple(item for item in state.outbox if item.txn_id != txn_id)
    state = replace(state, outbox=outbox)
    if head is None or head.txn_id != txn_id:
        return state, (SettleAct(txn_id),)
    return state, (SettleAct(txn_id), *(send_oldest(state) or (StopTimer(ANSWER),)))


def _head(state: AgentState) -> Waiting | None:
    return next((item for item in state.outbox if not item.draft), None)


def send_oldest(state: AgentState) -> tuple[AnyCommand, ...]:
    """One act at a time: one that the server cannot decide yet is not overtaken by a later one."""
    head = _head(state)
    if head is None or not head.stored or state.link.state is not LinkState.ONLINE:
        return ()
    return (SendAct(head.txn_id, head.act), StartTimer(ANSWER, ANSWER_SECONDS))


def _mark(state: AgentState, txn_id: TxnId, keeping: Keeping) -> AgentState:
    for conversation in state.conversations.values():
        for index, line in enumerate(conversation.lines):
            if line.key == txn_id:
                lines = list(conversation.lines)
                lines[index] = replace(line, keeping=keeping)
                return state.with_conversation(replace(conversation, lines=tuple(lines)))
    return state
