"""People who have left: their devices are strangers from then on (ID-8)."""

from samebox_shared.model.ids import PersonId, QuestionId
from sqlalchemy import Connection, or_, select, update

from samebox_server.store.questions import OPEN
from samebox_server.store.tables import device, participant, person, question, session

_REVOKED = "revoked:"
"""Before the device's id, in place of the hash of its token: no token has such a hash."""


def named(connection: Connection, who: str) -> list[PersonId]:
    """Everyone with this id or this name who has not left."""
    rows = connection.execute(
        select(person.c.person_id).where(
            or_(person.c.person_id == who, person.c.name == who), person.c.left_at.is_(None)
        )
    )
    return [PersonId(person_id) for person_id in rows.scalars()]


def leave(connection: Connection, person_id: PersonId, now: float) -> None:
    """From here on no device of theirs is known."""
    connection.execute(
        update(person).where(person.c.person_id == person_id).values(left_at=now, helping=False)
    )
    connection.execute(
        update(device)
        .where(device.c.person_id == person_id)
        .values(token_sha256=_REVOKED + device.c.device_id)
    )


def since(connection: Connection, when: float) -> list[PersonId]:
    """Everyone who left at that time or later."""
    rows = connection.execute(select(person.c.person_id).where(person.c.left_at >= when))
    return [PersonId(person_id) for person_id in rows.scalars()]


def open_questions(connection: Connection, asker: PersonId) -> list[QuestionId]:
    """Their own questions that are not over."""
    rows = connection.execute(
        select(question.c.question_id).where(
            question.c.asker_id == asker, question.c.phase.in_(OPEN)
        )
    )
    return [QuestionId(question_id) for question_id in rows.scalars()]


def helping_with(connection: Connection, helper: PersonId) -> list[QuestionId]:
    """The questions in whose live session they help, or to which they were brought in."""
    live = session.c.state == "live"
    helps = select(session.c.question_id).where(session.c.helper_id == helper, live)
    came = (
        select(session.c.question_id)
        .join(participant, participant.c.session_id == session.c.session_id)
        .where(participant.c.person_id == helper, participant.c.left_at.is_(None), live)
    )
    return [QuestionId(one) for one in connection.execute(helps.union(came)).scalars()]
