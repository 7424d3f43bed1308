"""A timer takes effect once."""

import pytest
from samebox_server.store import timers
from samebox_server.store.database import Database
from samebox_server.store.timers import TimerKind
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

WAVE = TimerKind.WAVE


def start(connection: Connection, generation: int, due_at: float) -> None:
    timers.start(connection, WAVE, "question", generation, due_at)


async def test_timers_wait_in_order_and_fire_once(database: Database) -> None:
    await database.write(lambda connection: start(connection, 1, 20.0))
    await database.write(lambda connection: start(connection, 2, 10.0))
    waiting = await database.read(timers.waiting)
    assert [timer.generation for timer in waiting] == [2, 1]
    due = await database.read(lambda connection: timers.waiting(connection, until=15.0))
    assert [timer.generation for timer in due] == [2]
    timer_id = due[0].timer_id
    taken = [
        await database.write(lambda connection: timers.finish(connection, timer_id, 15.0))
        for _ in range(2)
    ]
    assert taken == [True, False]
    assert [timer.generation for timer in await database.read(timers.waiting)] == [1]


async def test_a_generation_exists_once(database: Database) -> None:
    await database.write(lambda connection: start(connection, 1, 20.0))
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: start(connection, 1, 30.0))
    following = await database.read(
        lambda connection: timers.next_generation(connection, WAVE, "question")
    )
    assert following == 2
