"""What is said in a session, and how far each of its people has received and seen it."""

from dataclasses import dataclass

from samebox_shared.model.ids import MessageId, PersonId, SessionId, TxnId
from samebox_shared.protocol.acts import MarkSeen, PostMessage
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import MessagePosted, MessagesRead
from samebox_shared.session.events import MessageWritten
from samebox_shared.session.machine import Phase, QuestionState, Refused, step

from samebox_server.core.checking import check_text
from samebox_server.live.work import Work
from samebox_server.store import messages, sessions
from samebox_server.store.devices import Caller
from samebox_server.store.sessions import StoredSession


@dataclass(frozen=True)
class Received:
    """The last message of one session that reached a device of `by`."""

    session_id: SessionId
    message_id: MessageId
    by: PersonId


def post(work: Work, caller: Caller, txn_id: TxnId, act: PostMessage) -> ErrorCode | None:
    """Keeps a message and shows it to everyone in the session."""
    session = sessions.load(work.connection, act.session_id)
    if session is None or caller.person_id not in session.people:
        return ErrorCode.NOT_FOUND
    stepped = step(_state(session), MessageWritten(act.fence), work.now)
    if isinstance(stepped, Refused):
        return stepped.code
    refusal = check_text(act.text)
    if refusal is not None:
        return refusal
    message_id = messages.add(
        work.connection, session.session_id, caller, txn_id, act.text, work.now
    )
    event = MessagePosted(
        session_id=session.session_id,
        message_id=message_id,
        author_id=caller.person_id,
        txn_id=txn_id,
        text=act.text,
    )
    work.tell(session.people, event)
    return None


def mark_seen(work: Work, caller: Caller, act: MarkSeen) -> ErrorCode | None:
    """This person has the message on the screen; told to all, so that every device knows."""
    session = sessions.load(work.connection, act.session_id)
    if session is None or caller.person_id not in session.people:
        return ErrorCode.NOT_FOUND
    ordinal = messages.ordinal(work.connection, session.session_id, act.message_id)
    if ordinal is None:
        return ErrorCode.NOT_FOUND
    if messages.read_up_to(work.connection, session.session_id, caller.person_id, seen=ordinal):
        event = MessagesRead(
            session_id=session.session_id,
            person_id=caller.person_id,
            delivered=act.message_id,
            seen=act.message_id,
        )
        work.tell(session.people, event)
    return None


def deliver(work: Work, received: Received) -> None:
    """A device has stored a message of somebody else; told to the others in the session."""
    session = sessions.load(work.connection, received.session_id)
    ordinal = messages.ordinal(work.connection, received.session_id, received.message_id)
    if session is None or ordinal is None:
        return
    if messages.read_up_to(work.connection, received.session_id, received.by, delivered=ordinal):
        event = MessagesRead(
            session_id=received.session_id,
            person_id=received.by,
            delivered=received.message_id,
        )
        work.tell(session.peers_of(received.by), event)


def _state(session: StoredSession) -> QuestionState:
    """As much of the question's state as a message depends on: its own session, live or over."""
    phase = Phase.LIVE if session.end is None else Phase.SOLVED
    return QuestionState(phase=phase, fence=session.fence, session_id=session.session_id)
