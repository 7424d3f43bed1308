"""The board: parked questions, and the answers that were written on it."""

from dataclasses import dataclass

import msgspec
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import AnswerId, PersonId, QuestionId
from samebox_shared.model.topics import Topic
from samebox_shared.session.machine import Phase
from sqlalchemy import Connection, func, insert, select

from samebox_server.store.tables import answer, question

MOST_READ = 2_000
"""Parked questions that are looked through for one board, the newest first."""


@dataclass(frozen=True, kw_only=True)
class Parked:
    """A parked question, as far as a board shows it."""

    question_id: QuestionId
    device_type: DeviceType
    topic: Topic
    text: str
    asked_at: float


def add(
    connection: Connection,
    question_id: QuestionId,
    answer_id: AnswerId,
    author: PersonId,
    text: str,
    now: float,
) -> None:
    """Keeps one answer."""
    connection.execute(
        insert(answer).values(
            answer_id=answer_id, question_id=question_id, author_id=author, text=text, at=now
        )
    )


def exists(connection: Connection, answer_id: AnswerId) -> bool:
    """Whether this id is taken."""
    found = connection.execute(select(answer.c.answer_id).where(answer.c.answer_id == answer_id))
    return found.first() is not None


def given_since(connection: Connection, author: PersonId, since: float) -> int:
    """How many answers this person wrote after `since`."""
    found: int = connection.execute(
        select(func.count()).where(answer.c.author_id == author, answer.c.at > since)
    ).scalar_one()
    return found


def authors(connection: Connection, question_id: QuestionId) -> tuple[PersonId, ...]:
    """Everyone who answered this question."""
    found = connection.execute(
        select(answer.c.author_id).where(answer.c.question_id == question_id).distinct()
    )
    return tuple(sorted(PersonId(one) for one in found.scalars()))


def parked(connection: Connection, reader: PersonId) -> list[Parked]:
    """The parked questions of others, the newest first."""
    rows = connection.execute(
        select(question)
        .where(question.c.phase == Phase.PARKED, question.c.asker_id != reader)
        .order_by(question.c.asked_at.desc())
        .limit(MOST_READ)
    )
    return [
        Parked(
            question_id=QuestionId(row.question_id),
            device_type=msgspec.json.decode(row.device_type, type=DeviceType),
            topic=Topic(row.topic),
            text=row.text,
            asked_at=row.asked_at,
        )
        for row in rows
    ]


def counts(connection: Connection, questions: list[QuestionId]) -> dict[QuestionId, int]:
    """How many answers these questions have; those without any are left out."""
    rows = connection.execute(
        select(answer.c.question_id, func.count().label("answers"))
        .where(answer.c.question_id.in_(questions))
        .group_by(answer.c.question_id)
    )
    return {QuestionId(row.question_id): row.answers for row in rows}
