"""What is remembered never decides: two servers on one PostgreSQL, and one says something the quick
way while the other, or somebody with a lock, changes what it remembers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import pytest
from msgspec.structs import replace
from samebox_server.live import lanes
from samebox_server.live.talk import posted
from samebox_server.store import feeds, sessions
from samebox_server.store.database import Database, open_database
from samebox_server.store.messages import NewMessage
from samebox_server.store.saying import Saying
from samebox_server.store.sessions import SessionEnd, StoredSession
from samebox_server.store.writer import StorageFailed
from samebox_shared.model.ids import MessageId, PersonId, SessionId, TxnId
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.messages import Done, Refused
from sqlalchemy import Connection, text

from tests.server.live.talking import SESSION, Room, furnish, lanes_of, post
from tests.support.postgres import PrivatePostgres


@pytest.fixture
def url(postgres: PrivatePostgres) -> str:
    return postgres.new_database()


@pytest.fixture
async def other(tmp_path: Path, url: str) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "other", url) as other:
        yield other


class Watched(Database):
    """Counts what was kept the quick way, and what was not."""

    quick = 0
    long = 0

    async def say(self, lane: int, said: Sequence[Saying]) -> Sequence[Saying]:
        kept = await super().say(lane, said)
        self.quick += len(kept)
        self.long += len(said) - len(kept)
        return kept


@pytest.fixture
async def room(tmp_path: Path, url: str) -> AsyncIterator[Room]:
    async with open_database(tmp_path / "one", url) as database:
        database.__class__ = Watched
        callers = await database.write(furnish)
        async with asyncio.TaskGroup() as tasks:
            yield Room(database, *callers, lanes_of(database, tasks))


def ways(room: Room) -> tuple[int, int]:
    """How often a session's messages were kept the quick way, and how often they were not."""
    assert isinstance(room.database, Watched)
    return room.database.quick, room.database.long


async def until_tried(room: Room, times: int) -> None:
    """Until it was so often not to be done the quick way."""
    async with asyncio.timeout(10):
        while ways(room)[1] < times:
            await asyncio.sleep(0.01)


def cut_lanes(connection: Connection) -> None:
    """Ends the connections that said something the quick way."""
    connection.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE '%WITH told%SKIP LOCKED%' "
            "AND pid <> pg_backend_pid()"
        )
    )


async def test_one_statement_keeps_a_message_and_tells_it(room: Room) -> None:
    for name in ("a1", "a2"):
        await room.say((room.asker, post(name)))
    assert ways(room) == (2, 0)
    assert await room.ordinals() == [1, 2]
    lines = await room.database.read(
        partial(feeds.page, person_id=room.helper.person_id, after=0, limit=9)
    )
    assert [line.seq for line in lines] == [1, 2]
    assert await room.feed(room.asker) == await room.feed(room.helper)


async def test_a_session_that_ended_elsewhere_takes_nothing_more(
    room: Room, other: Database
) -> None:
    await room.say((room.asker, post("a1")))
    await other.write(
        lambda connection: sessions.close(connection, SESSION, SessionEnd.SOLVED, 2.0)
    )
    [answer] = await room.say((room.asker, post("a2")))
    assert isinstance(answer, Refused)
    assert await room.texts() == ["a1"]
    assert ways(room) == (1, 1)


@pytest.mark.parametrize(
    "differing",
    [{"fence": 4}, {"helper": PersonId("x")}, {"others": ("x",)}, {"session_id": SessionId("x")}],
    ids=lambda differing: next(iter(differing)),
)
async def test_nothing_is_kept_of_what_is_not_as_remembered(
    room: Room, differing: dict[str, Any]
) -> None:
    found = await room.database.read(partial(sessions.see_all, session_ids={SESSION}))
    other = saying(room, replace(found[SESSION], **differing), "other")
    assert await room.database.say(0, [other]) == ()
    as_it_is = saying(room, found[SESSION], "as it is")
    if differing.keys() == {"session_id"}:  # one session is named once in a batch
        assert list(await room.database.say(0, [other, as_it_is])) == [as_it_is]
    else:
        assert await room.database.say(0, [as_it_is]) == [as_it_is]
    assert await room.texts() == ["as it is"]


def saying(room: Room, remembered: StoredSession, text: str) -> Saying:
    """One message."""
    message = NewMessage(
        message_id=MessageId(text),
        session_id=remembered.session_id,
        author=room.asker,
        txn_id=TxnId(text),
        body_sha256="",
        text=text,
        at=2.0,
    )
    told = [(room.helper.person_id, posted(message))]
    return Saying(remembered, [message], feeds.new_entries(told, 2.0))


async def test_what_follows_a_message_on_the_long_way_does_not_overtake_it(
    room: Room, url: str
) -> None:
    await room.say((room.asker, post("a0")))
    somebody = await asyncpg.connect(url)
    async with somebody.transaction():
        await somebody.execute("SELECT 1 FROM session FOR UPDATE")
        answers = room.put((room.asker, post("a1")), (room.helper, post("h1")))
        await until_tried(room, 1)
        answers += room.put((room.asker, post("a2")))
        assert not any(answer.done() for answer in answers)
    assert all(isinstance(one, Done) for one in await asyncio.gather(*answers))
    assert await room.texts() == ["a0", "a1", "h1", "a2"]
    await room.say((room.asker, post("a3")))
    assert ways(room) == (2, 1)
    await somebody.close()


async def test_a_lost_connection_is_said_and_replaced(room: Room, other: Database) -> None:
    await room.say((room.asker, post("a1")))
    await other.write(cut_lanes)
    with pytest.raises(StorageFailed) as failed:
        await room.say((room.asker, post("a2")))
    assert failed.value.code is ErrorCode.BUSY
    [answer] = await room.say((room.asker, post("a2")))
    assert isinstance(answer, Done)
    assert await room.texts() == ["a1", "a2"]


async def test_whoever_is_on_the_long_way_is_answered_once_when_the_lane_breaks(
    room: Room, other: Database
) -> None:
    await room.say((room.asker, post("a1")))
    await other.write(cut_lanes)
    failed, refused = room.put((room.asker, post("a2")), (room.stranger, post("s1")))
    assert isinstance(await refused, Refused)
    with pytest.raises(StorageFailed):
        await failed


async def test_what_cannot_be_decided_at_once_is_decided_by_the_writer(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(lanes, "posted", broken)
    answers = room.put((room.asker, post("a1")), (room.asker, post("a2")))
    assert all(isinstance(one, Done) for one in await asyncio.gather(*answers))
    assert await room.texts() == ["a1", "a2"]
