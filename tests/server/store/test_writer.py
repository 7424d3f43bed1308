"""Group commit: what one unit does wrong hurts no other, and no answer comes before the commit."""

import asyncio
from functools import partial

import pytest
from samebox_server.store import people, values
from samebox_server.store.database import Database
from samebox_server.store.writer import MAX_BATCH, Raised, StorageFailed
from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.errors import ErrorCode
from sqlalchemy import Connection, text


class Refusal(Exception):
    """What a unit of these tests raises."""


def add(name: str) -> "Unit":
    return Unit(name)


class Unit:
    """Adds a person; raises after the insert when its name says so."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, connection: Connection) -> PersonId:
        person_id = people.add(connection, self.name, (), 1.0)
        if self.name == "bad":
            raise Refusal
        return person_id


def names(connection: Connection) -> list[str]:
    return list(connection.execute(text("SELECT name FROM person ORDER BY name")).scalars())


def pages(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA page_count")).scalar_one())


async def test_a_unit_that_raises_takes_only_its_own_work_with_it(database: Database) -> None:
    results = await asyncio.gather(
        *(database.write(add(name)) for name in ("a", "bad", "c")), return_exceptions=True
    )
    assert [type(result) for result in results] == [str, Refusal, str]
    assert await database.read(names) == ["a", "c"]


async def test_a_broken_rule_of_the_database_hurts_only_its_unit(database: Database) -> None:
    def twice(connection: Connection) -> None:
        connection.execute(text("INSERT INTO setting VALUES ('a', '1'), ('a', '2')"))

    results = await asyncio.gather(
        database.write(twice), database.write(add("b")), return_exceptions=True
    )
    assert isinstance(results[0], Exception)
    assert await database.read(names) == ["b"]


async def test_what_is_queued_meanwhile_shares_a_commit(database: Database) -> None:
    transactions: set[int] = set()

    def note(connection: Connection) -> None:
        transactions.add(id(connection.get_transaction()))
        people.add(connection, "somebody", (), 1.0)

    count = MAX_BATCH + 10
    await asyncio.gather(*(database.write(note) for _ in range(count)))
    assert len(await database.read(names)) == count
    assert len(transactions) < count // 10


async def test_an_answer_comes_after_the_commit(database: Database) -> None:
    seen: list[str] = []

    def after(_: PersonId) -> None:
        seen.append("after")

    await database.write(add("a"), after)
    assert seen == ["after"]
    assert await database.read(names) == ["a"]


async def test_after_is_called_even_when_nobody_waits_any_longer(database: Database) -> None:
    seen = asyncio.Event()
    waiting = asyncio.create_task(database.write(add("a"), lambda _: seen.set()))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait_for(seen.wait(), 5)
    assert await database.read(names) == ["a"]


async def test_a_full_disk_turns_everyone_away_and_the_writer_goes_on(sqlite: Database) -> None:
    def fill(connection: Connection) -> None:
        connection.execute(text(f"PRAGMA max_page_count = {pages(connection) + 1}"))

    def large(connection: Connection) -> None:
        values.name_organisation(connection, "x" * 100_000)

    def make_room(connection: Connection) -> None:
        connection.execute(text("PRAGMA max_page_count = 1000000"))

    await sqlite.write(fill)
    results = await asyncio.gather(
        sqlite.write(add("a")), sqlite.write(large), return_exceptions=True
    )
    assert [getattr(result, "code", None) for result in results] == [ErrorCode.STORAGE_FULL] * 2
    assert await sqlite.read(names) == []
    await sqlite.write(make_room)
    await sqlite.write(add("a"))
    assert await sqlite.read(names) == ["a"]


async def test_nobody_is_left_waiting_when_the_writer_stops(database: Database) -> None:
    waiting = [asyncio.create_task(database.write(add("a"))) for _ in range(3)]
    await asyncio.sleep(0)
    database.serving.cancel()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(result, StorageFailed | str) for result in results)
    with pytest.raises(StorageFailed):
        await database.write(add("late"))


async def test_items_of_a_group_are_decided_together_where_the_first_one_stands(
    database: Database,
) -> None:
    batches: list[list[str]] = []
    results: list[object] = []

    def group(connection: Connection, items: list[str]) -> list[PersonId]:
        batches.append(items)
        return [people.add(connection, item, (), 1.0) for item in items]

    def other(connection: Connection, items: list[str]) -> list[PersonId]:
        return [people.add(connection, item, (), 1.0) for item in items]

    for item, which in (("a", group), ("b", group), ("c", other), ("d", group)):
        database.submit(which, item, results.append)
    await database.write(add("e"))
    assert batches == [["a", "b", "d"]]
    assert await database.read(names) == ["a", "b", "c", "d", "e"]
    assert all(isinstance(result, str) for result in results)


async def test_an_item_that_raises_takes_no_other_of_its_group_with_it(database: Database) -> None:
    results: dict[str, object] = {}

    def group(connection: Connection, items: list[str]) -> list[PersonId]:
        return [add(item)(connection) for item in items]

    for item in ("a", "bad", "c"):
        database.submit(group, item, partial(results.__setitem__, item))
    await database.write(add("d"))
    assert await database.read(names) == ["a", "c", "d"]
    bad = results["bad"]
    assert isinstance(bad, Raised)
    assert isinstance(bad.error, Refusal)


async def test_an_item_that_comes_too_late_is_told_so(database: Database) -> None:
    results: list[object] = []
    database.serving.cancel()
    await asyncio.wait([database.serving])
    database.submit(lambda _, items: items, "late", results.append)
    assert [type(result) for result in results] == [Raised]
