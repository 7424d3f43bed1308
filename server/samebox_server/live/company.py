"""Everyone in a session beside asker and first helper: coming with all that was said, leaving,
and going on as the helper. Called for the commands of the machine, inside their unit."""

from samebox_shared.model.ids import PersonId, SessionId
from samebox_shared.model.people import Participant
from samebox_shared.protocol.events import (
    HelperChanged,
    JoinAsked,
    MessagePosted,
    PersonJoined,
    PersonLeft,
    SessionOpened,
)
from samebox_shared.session import commands as do
from samebox_shared.session.events import Offered

from samebox_server.live import credit, silence
from samebox_server.live.work import Work
from samebox_server.store import people, questions, sessions, transcript
from samebox_server.store.questions import StoredQuestion
from samebox_server.store.sessions import StoredSession


def opened(
    work: Work, question: StoredQuestion, session: StoredSession, came: Offered
) -> SessionOpened:
    """How the session looks to somebody who comes into it by this offer."""
    connection = work.connection
    return SessionOpened(
        session_id=session.session_id,
        question_id=question.question_id,
        asker=people.card(connection, session.asker),
        helper=people.card(connection, session.helper),
        fence=session.fence,
        ring=session.ring,
        text=question.text,
        device_type=question.device_type,
        facts=questions.facts(connection, question.question_id),
        tried=questions.tried(connection, question.question_id),
        why=came.why,
        topic=question.topic,
        part=came.part,
        others=tuple(
            _participant(work, one) for one in sessions.company(connection, session.session_id)
        ),
    )


def tell_asked(work: Work, asked: do.TellJoinAsked) -> None:
    """Whom we ask to join, or that nobody came."""
    event = JoinAsked(
        session_id=asked.session_id, part=asked.part, asked=asked.asked, until=asked.until
    )
    work.tell(sessions.existing(work.connection, asked.session_id).people, event)


def join(work: Work, question: StoredQuestion, joining: do.JoinSession) -> PersonId:
    """Brings somebody in: the session as it is, then every word so far as it reads now."""
    before = sessions.existing(work.connection, joining.session_id)
    newcomer = joining.joined.helper
    work.tell((newcomer,), opened(work, question, before, joining.joined))
    for said in transcript.so_far(work.connection, before.session_id):
        event = MessagePosted(
            session_id=before.session_id,
            message_id=said.message_id,
            author_id=said.author,
            txn_id=said.txn_id,
            text=said.text,
            said_at=said.at,
        )
        work.tell((newcomer,), event)
    sessions.join(work.connection, before, joining.joined, work.now)
    credit.came(work, newcomer)
    who = _participant(work, joining.joined)
    work.tell(before.people, PersonJoined(session_id=before.session_id, who=who))
    return newcomer


def let_go(work: Work, leaving: do.LetGo) -> None:
    """Somebody who was brought in has left."""
    before = sessions.existing(work.connection, leaving.session_id)
    credit.went(work, before, (leaving.person_id,))
    sessions.let_go(work.connection, before, leaving.person_id, work.now)
    event = PersonLeft(session_id=before.session_id, person_id=leaving.person_id)
    work.tell(before.people, event)


def change_helper(work: Work, change: do.ChangeHelper) -> None:
    """The helper is gone and somebody who was brought in goes on. Whoever goes on without being
    connected is watched from now on."""
    before = sessions.existing(work.connection, change.session_id)
    credit.went(work, before, (before.helper,))
    after = sessions.change_helper(work.connection, before, change.helper, change.fence, work.now)
    event = HelperChanged(
        session_id=after.session_id,
        helper=people.card(work.connection, after.helper),
        fence=after.fence,
        reason=change.reason,
    )
    work.tell(before.people, event)
    if not work.presence.is_here(after.helper):
        silence.watch(work, after)


def inside(work: Work, session_id: SessionId) -> frozenset[PersonId]:
    """Everyone who is or was in it: nobody is asked to join a session twice."""
    return sessions.ever_in(work.connection, session_id)


def _participant(work: Work, came: Offered) -> Participant:
    card = people.card(work.connection, came.helper)
    return Participant(person=card, part=came.part, why=came.why)
