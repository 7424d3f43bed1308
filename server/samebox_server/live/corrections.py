"""Saying a message differently, and taking it back: only its author, while the session is live."""

from samebox_shared.protocol.acts import DeleteMessage, EditMessage
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import MessageDeleted, MessageEdited
from samebox_shared.session.events import MessageWritten
from samebox_shared.session.machine import Refused, step

from samebox_server.core.checking import check_text
from samebox_server.live.work import Work
from samebox_server.store import questions, sessions, transcript
from samebox_server.store.devices import Caller
from samebox_server.store.sessions import StoredSession


def edit(work: Work, caller: Caller, act: EditMessage) -> ErrorCode | None:
    """The message reads differently from now on, for everyone and in the draft."""
    session = _open_to(work, caller, act)
    if isinstance(session, ErrorCode):
        return session
    refusal = check_text(act.text)
    if refusal is not None:
        return refusal
    if not transcript.edit(
        work.connection, act.session_id, act.message_id, caller.person_id, act.text, work.now
    ):
        return ErrorCode.NOT_FOUND
    event = MessageEdited(session_id=act.session_id, message_id=act.message_id, text=act.text)
    work.tell(session.people, event)
    return None


def delete(work: Work, caller: Caller, act: DeleteMessage) -> ErrorCode | None:
    """The text is gone for good: from the message and from every feed that carried it. Whoever was
    in the session and has left is told, too: it stands on their laptop as well."""
    session = _open_to(work, caller, act)
    if isinstance(session, ErrorCode):
        return session
    said_at = transcript.take_back(
        work.connection, act.session_id, act.message_id, caller.person_id, work.now
    )
    if said_at is None:
        return ErrorCode.NOT_FOUND
    everyone = sessions.ever_in(work.connection, act.session_id)
    transcript.forget(work.connection, everyone, act.message_id, said_at)
    event = MessageDeleted(session_id=act.session_id, message_id=act.message_id)
    work.tell((*session.people, *sorted(everyone)), event)
    return None


def _open_to(
    work: Work, caller: Caller, act: EditMessage | DeleteMessage
) -> StoredSession | ErrorCode:
    """The session, if this person may write in it now; the rule is that of a new message."""
    session = sessions.load(work.connection, act.session_id)
    if session is None or caller.person_id not in session.people:
        return ErrorCode.NOT_FOUND
    question = questions.load(work.connection, session.question_id)
    if session.end is not None or question is None:
        return ErrorCode.SESSION_OVER
    stepped = step(question.state, MessageWritten(act.fence), work.now)
    return stepped.code if isinstance(stepped, Refused) else session
