"""What somebody has to see to in an article: a No with a reason, harm that was reported."""

from enum import StrEnum
from typing import Any

from msgspec import Struct
from samebox_shared.model.ids import ArticleId, PersonId, new_id
from sqlalchemy import Connection, Row, func, insert, select, update

from samebox_server.store.tables import article, article_task

MOST_OPEN = 20
"""Open tasks of one version; more of the same teach nobody anything."""


class TaskKind(StrEnum):
    """Why it is there."""

    NOT_HELPED = "not_helped"
    WORSE = "worse"


class Task(Struct, frozen=True, kw_only=True):
    """One task; `owner` is whose article it is, `taken_by` whoever sees to it."""

    task_id: str
    article_id: ArticleId
    version: int
    kind: TaskKind
    words: str
    made_at: float
    owner: PersonId | None
    taken_by: PersonId | None


def add(
    connection: Connection,
    article_id: ArticleId,
    version: int,
    kind: TaskKind,
    words: str,
    now: float,
) -> bool:
    """A new task, unless the version has enough open ones."""
    count = connection.execute(
        select(func.count())
        .select_from(article_task)
        .where(
            article_task.c.article_id == article_id,
            article_task.c.version == version,
            article_task.c.done_at.is_(None),
        )
    ).scalar_one()
    if count >= MOST_OPEN:
        return False
    connection.execute(
        insert(article_task).values(
            task_id=new_id(),
            article_id=article_id,
            version=version,
            kind=kind,
            words=words,
            made_at=now,
        )
    )
    return True


def every_open(connection: Connection, article_id: ArticleId | None = None) -> list[Task]:
    """All that is open, of one article or of all; the oldest first."""
    query = (
        select(article_task, article.c.owner_id)
        .join(article, article.c.article_id == article_task.c.article_id)
        .where(article_task.c.done_at.is_(None))
        .order_by(article_task.c.made_at, article_task.c.task_id)
    )
    if article_id is not None:
        query = query.where(article_task.c.article_id == article_id)
    return [_stored(row) for row in connection.execute(query)]


def load(connection: Connection, task_id: str) -> Task | None:
    """One task that is open."""
    return next((one for one in every_open(connection) if one.task_id == task_id), None)


def take(connection: Connection, task_id: str, person_id: PersonId) -> None:
    """This person sees to it."""
    connection.execute(
        update(article_task).where(article_task.c.task_id == task_id).values(taken_by=person_id)
    )


def close(connection: Connection, task_id: str, person_id: PersonId, now: float) -> None:
    """It is done."""
    connection.execute(
        update(article_task)
        .where(article_task.c.task_id == task_id, article_task.c.done_at.is_(None))
        .values(done_at=now, done_by=person_id)
    )


def close_all(
    connection: Connection, article_id: ArticleId, person_id: PersonId, now: float
) -> None:
    """A new version answers them: tasks belong to the version they were about."""
    connection.execute(
        update(article_task)
        .where(article_task.c.article_id == article_id, article_task.c.done_at.is_(None))
        .values(done_at=now, done_by=person_id)
    )


def _stored(row: Row[Any]) -> Task:
    return Task(
        task_id=row.task_id,
        article_id=ArticleId(row.article_id),
        version=row.version,
        kind=TaskKind(row.kind),
        words=row.words,
        made_at=row.made_at,
        owner=PersonId(row.owner_id) if row.owner_id else None,
        taken_by=PersonId(row.taken_by) if row.taken_by else None,
    )
