"""What is said in a session, and how far each of its people has received and seen it."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from samebox_shared.model.ids import MessageId, PersonId, SessionId
from samebox_shared.protocol.acts import PostMessage
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import MessagesRead
from samebox_shared.session.events import MessageWritten
from samebox_shared.session.machine import Phase, QuestionState, Refused, step

from samebox_server.core.checking import check_text
from samebox_server.live.work import Work
from samebox_server.store import messages, sessions
from samebox_server.store.devices import Caller
from samebox_server.store.messages import Progress, Read
from samebox_server.store.sessions import StoredSession


class Received(Struct, frozen=True):
    """The last message of one session that reached a device of `by`."""

    session_id: SessionId
    message_id: MessageId
    by: PersonId


def refusal(
    session: StoredSession | None, caller: Caller, act: PostMessage, now: float
) -> ErrorCode | None:
    """Why this person may not say this in this session, or None."""
    if session is None or caller.person_id not in session.people:
        return ErrorCode.NOT_FOUND
    stepped = step(_state(session), MessageWritten(act.fence), now)
    if isinstance(stepped, Refused):
        return stepped.code
    return check_text(act.text)


def read_up_to(work: Work, progress: Sequence[Progress]) -> set[Progress]:
    """Moves receipts, and returns what moved one; of several in one session only the furthest."""
    furthest: dict[tuple[SessionId, PersonId], Progress] = {}
    for one in progress:
        before = furthest.setdefault((one.session_id, one.person_id), one)
        if one.read > before.read:
            furthest[one.session_id, one.person_id] = one
    if not furthest:
        return set()
    return messages.read_up_to(work.connection, list(furthest.values()))


def deliver(work: Work, received: Received) -> None:
    """`deliver_all` for one."""
    deliver_all(work, (received,))


def deliver_all(work: Work, received: Iterable[Received]) -> None:
    """Devices have stored messages of others; told to everyone else in the session."""
    received = list(received)
    if not received:
        return
    found = sessions.see_all(work.connection, {one.session_id for one in received})
    places = messages.places(work.connection, {one.message_id for one in received})
    progress = {
        Progress(one.session_id, one.by, Read(delivered=places[one.message_id].ordinal)): one
        for one in received
        if one.session_id in found and one.message_id in places
    }
    moved = read_up_to(work, list(progress))
    for each, one in progress.items():
        if each in moved:
            event = MessagesRead(
                session_id=one.session_id, person_id=one.by, delivered=one.message_id
            )
            others = (person for person in found[one.session_id].people if person != one.by)
            work.tell(others, event)


def _state(session: StoredSession) -> QuestionState:
    """As much of the question's state as a message depends on: its own session, live or over."""
    phase = Phase.LIVE if session.end is None else Phase.SOLVED
    return QuestionState(phase=phase, fence=session.fence, session_id=session.session_id)
