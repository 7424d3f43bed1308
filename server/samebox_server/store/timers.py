"""Durable timers: each (subject, kind, generation) takes effect once, whatever restarts
(DEL-12)."""

from dataclasses import dataclass
from enum import StrEnum

from samebox_shared.model.ids import new_id
from sqlalchemy import Connection, func, insert, select, update

from samebox_server.store.tables import timer


class TimerKind(StrEnum):
    """What a timer is for. The subject of a wave is a question, of a silence a session."""

    WAVE = "wave"
    SILENCE = "silence"


@dataclass(frozen=True)
class Due:
    """A timer that has not taken effect yet."""

    timer_id: str
    kind: TimerKind
    subject: str
    generation: int
    due_at: float


def start(
    connection: Connection, kind: TimerKind, subject: str, generation: int, due_at: float
) -> None:
    """Sets a timer."""
    connection.execute(
        insert(timer).values(
            timer_id=new_id(), subject=subject, kind=kind, generation=generation, due_at=due_at
        )
    )


def next_generation(connection: Connection, kind: TimerKind, subject: str) -> int:
    """The first free generation of timers of this kind."""
    found: int = connection.execute(
        select(func.coalesce(func.max(timer.c.generation), 0) + 1).where(
            timer.c.subject == subject, timer.c.kind == kind
        )
    ).scalar_one()
    return found


PAGE = 100
"""Timers that are read at a time."""


def waiting(connection: Connection, until: float | None = None, limit: int = PAGE) -> list[Due]:
    """Timers that wait (only those due by `until`, if given), the earliest first."""
    query = select(timer).where(timer.c.done_at.is_(None)).order_by(timer.c.due_at).limit(limit)
    if until is not None:
        query = query.where(timer.c.due_at <= until)
    return [
        Due(row.timer_id, TimerKind(row.kind), row.subject, row.generation, row.due_at)
        for row in connection.execute(query)
    ]


def finish(connection: Connection, timer_id: str, now: float) -> bool:
    """Takes the timer; False if somebody took it before, or is about to. Belongs in the effect's
    transaction: if that is undone, the timer waits again."""
    mine = connection.execute(
        select(timer.c.timer_id)
        .where(timer.c.timer_id == timer_id, timer.c.done_at.is_(None))
        .with_for_update(skip_locked=True)
    ).first()
    if mine is None:
        return False
    connection.execute(update(timer).where(timer.c.timer_id == timer_id).values(done_at=now))
    return True
