"""What is said is kept once and answered always, in whatever batch and on whichever way."""

import asyncio
import logging
from collections.abc import AsyncIterator

import msgspec
import pytest
from samebox_server.live import talk
from samebox_server.live.conversation import Received
from samebox_server.store import tables
from samebox_server.store.database import Database
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import MessageId, PersonId, TxnId
from samebox_shared.protocol.acts import TellDeviceType
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import MessagesRead
from samebox_shared.protocol.messages import Done, Refused
from sqlalchemy import select

from tests.server.live.talking import FENCE, SESSION, Room, do, furnish, lanes_of, post, seen
from tests.support.postgres import PrivatePostgres


@pytest.fixture(params=["sqlite", "postgresql", "lanes of postgresql"])
def way(request: pytest.FixtureRequest) -> str:
    way: str = request.param
    return way


@pytest.fixture
def address(way: str, request: pytest.FixtureRequest) -> str:
    if way == "sqlite":
        return ""
    server: PrivatePostgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
async def room(way: str, database: Database) -> AsyncIterator[Room]:
    callers = await database.write(furnish)
    async with asyncio.TaskGroup() as tasks:
        lanes = lanes_of(database, tasks) if "lanes" in way else None
        yield Room(database, *callers, lanes)


async def test_a_batch_is_kept_in_order_and_shown_to_everyone_once(room: Room) -> None:
    said = [(room.asker, post("a1")), (room.helper, post("h1")), (room.asker, post("a2"))]
    assert await room.say(*said) == [Done(txn_id=one.txn_id) for _, one in said]
    assert await room.texts() == ["a1", "h1", "a2"]
    assert await room.ordinals() == [1, 2, 3]
    assert await room.feed(room.asker) == await room.feed(room.helper)
    assert await room.feed(room.stranger) == []


async def test_what_is_sent_again_is_answered_again_and_kept_once(room: Room) -> None:
    twice = [(room.asker, post("a1")), (room.asker, post("a1")), (room.asker, post("a2"))]
    for _ in range(2):
        assert await room.say(*twice) == [Done(txn_id=one.txn_id) for _, one in twice]
    assert await room.texts() == ["a1", "a2"]


async def test_the_same_id_of_two_devices_is_two_messages(room: Room) -> None:
    await room.say((room.asker, post("x", "one")), (room.helper, post("x", "two")))
    assert await room.texts() == ["one", "two"]


async def test_another_body_gets_the_first_answer_and_a_line_in_the_log(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    await room.say((room.asker, post("a1", "first")))
    with caplog.at_level(logging.WARNING):
        again = await room.say((room.asker, post("a1", "second")), (room.helper, post("h1")))
    assert again == [Done(txn_id=TxnId("a1")), Done(txn_id=TxnId("h1"))]
    assert await room.texts() == ["first", "h1"]
    assert caplog.text.count("security:") == 1


async def test_one_that_is_refused_hurts_no_other_and_stays_refused(room: Room) -> None:
    refusals = await room.say(
        (room.stranger, post("s1")),
        (room.asker, post("old", fence=FENCE - 1)),
        (room.asker, post("nowhere", session_id="none")),
        (room.asker, post("empty", " ")),
        (room.asker, post("b@d")),
        (room.asker, post("a1")),
    )
    codes = [getattr(answer, "code", None) for answer in refusals]
    assert codes == [
        ErrorCode.NOT_FOUND,
        ErrorCode.STALE_FENCE,
        ErrorCode.NOT_FOUND,
        ErrorCode.MALFORMED,
        ErrorCode.MALFORMED,
        None,
    ]
    assert await room.say((room.asker, post("old"))) == [refusals[1]]
    assert await room.texts() == ["a1"]


async def test_an_id_that_another_act_used_is_used(room: Room) -> None:
    tell = do("t1", TellDeviceType(device_type=DeviceType()))
    assert await room.do(room.asker, tell) == Done(txn_id=tell.txn_id)
    assert await room.say((room.asker, post("t1"))) == [Done(txn_id=tell.txn_id)]
    assert await room.texts() == []
    await room.say((room.asker, post("t2")))
    second = do("t2", TellDeviceType(device_type=DeviceType(model="Other")))
    assert await room.do(room.asker, second) == Done(txn_id=second.txn_id)
    models = select(tables.device.c.model).where(tables.device.c.model == "Other")
    assert await room.database.read(lambda connection: connection.execute(models).first()) is None


async def test_only_the_furthest_mark_of_a_batch_is_told_and_none_goes_back(room: Room) -> None:
    await room.say(*((room.asker, post(f"a{number}")) for number in range(3)))
    first, second, third = await room.message_ids()
    marks = [(room.helper, seen("m1", first)), (room.helper, seen("m3", third))]
    for said in (marks, [(room.helper, seen("m2", second))]):
        assert await room.say(*said) == [Done(txn_id=one.txn_id) for _, one in said]
    told = [one for one in await room.feed(room.asker) if isinstance(one, MessagesRead)]
    assert [(one.delivered, one.seen) for one in told] == [(third, third)]
    unknown = seen("m4", MessageId("none"))
    refused = Refused(txn_id=unknown.txn_id, code=ErrorCode.NOT_FOUND)
    assert await room.say((room.helper, unknown)) == [refused]


async def test_what_reached_a_device_is_told_to_the_others_once(room: Room) -> None:
    await room.say((room.asker, post("a1")), (room.asker, post("a2")))
    first, second = await room.message_ids()
    helper = PersonId(room.helper.person_id)
    for message_id in (second, first, second, MessageId("none")):
        await room.receive(Received(SESSION, message_id, helper))
    told = [one for one in await room.feed(room.asker) if isinstance(one, MessagesRead)]
    assert [one.delivered for one in told] == [second]
    assert not any(isinstance(one, MessagesRead) for one in await room.feed(room.helper))


def test_the_digest_is_of_the_whole_act() -> None:
    assert talk.digest_of(post("x", "a")) != talk.digest_of(post("x", "b"))
    assert talk.digest_of(post("x", fence=1)) != talk.digest_of(post("x", fence=2))
    assert talk.digest_of(msgspec.structs.replace(post("x", "a"), txn_id=TxnId("y"))) == (
        talk.digest_of(post("x", "a"))
    )
