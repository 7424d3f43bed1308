"""Two servers on one PostgreSQL: nothing is lost between them, and nothing is done twice."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from samebox_server.store import feeds, people, timers, values
from samebox_server.store.database import Database, open_database
from samebox_server.store.engine import NoDatabase
from samebox_server.store.timers import TimerKind
from samebox_server.store.writer import StorageFailed
from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import HelpingChanged
from sqlalchemy import Connection, text

from tests.support.postgres import PrivatePostgres

ON = HelpingChanged(helping=True)


@pytest.fixture
async def two(tmp_path: Path, postgres: PrivatePostgres) -> AsyncIterator[tuple[Database, ...]]:
    url = postgres.new_database()
    async with open_database(tmp_path / "a", url) as a, open_database(tmp_path / "b", url) as b:
        yield a, b


def somebody(connection: Connection) -> PersonId:
    return people.add(connection, "Ada", (), 1.0)


async def test_servers_that_start_together_migrate_once(
    tmp_path: Path, postgres: PrivatePostgres
) -> None:
    url = postgres.new_database()

    async def start(name: str) -> str:
        async with open_database(tmp_path / name, url) as database:
            return await database.write(values.ensure_epoch)

    assert len(set(await asyncio.gather(start("a"), start("b")))) == 1


async def test_both_tell_the_same_people_and_no_number_is_missing_or_used_twice(
    two: tuple[Database, ...],
) -> None:
    ada, ben = [await two[0].write(somebody) for _ in range(2)]

    async def tell(database: Database, told: tuple[PersonId, ...]) -> None:
        for _ in range(20):
            await database.write(
                lambda connection: feeds.append(connection, [(one, ON) for one in told], 1.0)
            )

    await asyncio.gather(
        *(tell(two[number % 2], (ada, ben) if number < 2 else (ben, ada)) for number in range(4))
    )
    for person in (ada, ben):
        page = await two[0].read(partial(feeds.page, person_id=person, after=0, limit=200))
        assert [event.seq for event in page] == list(range(1, 81))


async def test_a_timer_takes_effect_on_one_server(two: tuple[Database, ...]) -> None:
    await two[0].write(
        lambda connection: timers.start(connection, TimerKind.WAVE, "question", 1, 1.0)
    )
    [due] = await two[1].read(timers.waiting)
    taken = await asyncio.gather(
        *(
            one.write(lambda connection: timers.finish(connection, due.timer_id, 2.0))
            for one in two * 4
        )
    )
    assert sorted(taken) == [False] * 7 + [True]


async def test_a_unit_that_another_server_got_in_the_way_of_runs_again(
    two: tuple[Database, ...],
) -> None:
    tries: list[str] = []

    def name_it(connection: Connection) -> str:
        known = values.organisation(connection)
        tries.append(known)
        if not known:
            connection.execute(text("SELECT pg_sleep(0.2)"))
            connection.execute(text("INSERT INTO setting VALUES ('organisation', 'Acme')"))
        return known

    assert sorted(await asyncio.gather(*(one.write(name_it) for one in two))) == ["", "Acme"]
    assert sorted(tries) == ["", "", "Acme"]


async def test_a_lost_connection_turns_the_batch_away_and_the_next_goes_on(
    two: tuple[Database, ...],
) -> None:
    def cut(connection: Connection) -> None:
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StorageFailed) as failed:
        await two[0].write(cut)
    assert failed.value.code == ErrorCode.BUSY
    assert await two[0].write(somebody)
    assert await two[0].read(values.organisation) == ""


async def test_a_database_that_is_not_there_is_said_in_words(
    tmp_path: Path, postgres: PrivatePostgres
) -> None:
    with pytest.raises(NoDatabase, match="SAMEBOX_DATABASE_URL cannot be used"):
        async with open_database(tmp_path, postgres.url("no_such_database")):
            pass
    with pytest.raises(NoDatabase):
        async with open_database(tmp_path, "postgresql://samebox@127.0.0.1:1/none"):
            pass
