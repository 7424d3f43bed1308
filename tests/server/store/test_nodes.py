"""Servers under a lease and who is connected to them, on a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from samebox_server.store import feeds, nodes, people
from samebox_server.store.database import Connection, Database, open_database
from samebox_server.store.nodes import Berth
from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.protocol.events import HelpingChanged

from tests.support.postgres import PrivatePostgres

ADA, HUGO = PersonId("ada"), PersonId("hugo")
HOUR = 3_600.0
"""A lease that outlasts every test; one of -1 has run out."""


@pytest.fixture
async def database(tmp_path: Path, postgres: PrivatePostgres) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "data", postgres.new_database()) as database:
        yield database


def berth(device: str, person: PersonId, node: str, since: float = 1.0) -> Berth:
    return Berth(DeviceId(device), person, node, False, since)


async def register(database: Database, node: str, seconds: float, *berths: Berth) -> None:
    def write(connection: Connection) -> None:
        nodes.renew(connection, node, seconds)
        nodes.take_berths(connection, berths)

    await database.write(write)


async def test_the_newer_berth_of_a_device_stays_whoever_writes_last(database: Database) -> None:
    await register(database, "b", 10.0, berth("1", ADA, "b", since=2.0))
    await register(database, "a", 10.0, berth("1", ADA, "a", since=1.0))
    assert [one.node_id for one in await database.read(nodes.berths)] == ["b"]
    await register(database, "a", 10.0, berth("1", ADA, "a", since=3.0))
    assert [one.node_id for one in await database.read(nodes.berths)] == ["a"]
    await database.write(lambda sql: nodes.leave_berths(sql, "b", [DeviceId("1")]))
    assert len(await database.read(nodes.berths)) == 1
    await database.write(lambda sql: nodes.leave_berths(sql, "a", [DeviceId("1")]))
    assert await database.read(nodes.berths) == []


async def test_somebody_is_here_for_as_long_as_their_server_says_so(database: Database) -> None:
    await register(database, "a", HOUR, berth("1", ADA, "a"))
    here = partial(nodes.is_here, person_id=ADA)
    assert await database.read(here)
    await register(database, "a", -1.0)
    assert not await database.read(here)
    await register(database, "a", HOUR)
    assert await database.read(here)
    assert not await database.read(partial(nodes.is_here, person_id=HUGO))


async def test_a_dead_server_is_buried_once_with_its_people(
    tmp_path: Path, postgres: PrivatePostgres
) -> None:
    url = postgres.new_database()
    async with open_database(tmp_path / "a", url) as a, open_database(tmp_path / "b", url) as b:
        await register(a, "dead", -1.0, berth("1", ADA, "dead"), berth("2", HUGO, "dead"))
        await register(a, "alive", HOUR, berth("3", ADA, "alive"))
        assert await a.read(nodes.has_dead)
        buried = await asyncio.gather(*(each.write(nodes.bury) for each in (a, b) * 3))
        assert sorted(person for people in buried for person in people) == [ADA, HUGO]
        assert await a.read(nodes.alive) == ["alive"]
        assert [one.node_id for one in await a.read(nodes.berths)] == ["alive"]
        assert not await a.read(nodes.has_dead)


async def test_only_feeds_that_have_moved_are_named(database: Database) -> None:
    def two_people(connection: Connection) -> tuple[PersonId, PersonId]:
        return (people.add(connection, "A", (), 1.0), people.add(connection, "B", (), 1.0))

    ada, hugo = await database.write(two_people)
    told = [(ada, HelpingChanged(helping=True)), (ada, HelpingChanged(helping=False))]
    await database.write(lambda sql: feeds.tell(sql, told, 2.0))
    moved = nodes.moved
    assert await database.read(partial(moved, known={ada: 0, hugo: 0})) == {ada: 2}
    assert await database.read(partial(moved, known={ada: 1, hugo: 0})) == {ada: 2}
    assert await database.read(partial(moved, known={ada: 2, hugo: 0})) == {}
    assert await database.read(partial(moved, known={})) == {}
    assert await database.read(partial(nodes.told_since, since=1.5)) == [ada]
