"""Feeds have no gaps, whatever fails in between."""

import asyncio
from functools import partial

from samebox_server.store import feeds, people
from samebox_server.store.database import Database
from samebox_server.store.feeds import Entry
from samebox_shared.model.ids import MessageId, PersonId, SessionId, TxnId
from samebox_shared.protocol.codec import encode
from samebox_shared.protocol.events import HelpingChanged, MessagePosted
from sqlalchemy import Connection

ON, OFF = HelpingChanged(helping=True), HelpingChanged(helping=False)


async def two_people(database: Database) -> tuple[PersonId, PersonId]:
    def add(connection: Connection) -> tuple[PersonId, PersonId]:
        return people.add(connection, "Ada", (), 1.0), people.add(connection, "Ben", (), 1.0)

    return await database.write(add)


async def test_numbers_start_at_one_and_follow_the_order_of_telling(database: Database) -> None:
    ada, ben = await two_people(database)

    def tell(connection: Connection) -> list[Entry]:
        return feeds.append(connection, [(ben, ON), (ada, ON), (ben, OFF)], 5.0)

    entries = await database.write(tell)
    told = [(entry.person_id, entry.frame.seq, entry.frame.body) for entry in entries]
    assert told == [(ben, 1, ON), (ada, 1, ON), (ben, 2, OFF)]
    page = await database.read(lambda connection: feeds.page(connection, ben, 0, 10))
    assert page == [entry.frame for entry in entries if entry.person_id == ben]
    assert [event.prev_seq for event in page] == [0, 1]
    heads = await database.read(lambda connection: feeds.heads(connection, (ada, ben)))
    assert heads == {ada: 1, ben: 2}
    assert await database.read(feeds.latest_time) == 5.0


async def test_a_unit_that_fails_leaves_no_gap(database: Database) -> None:
    ada, _ = await two_people(database)

    def tell(connection: Connection) -> None:
        feeds.append(connection, [(ada, ON)], 1.0)

    def tell_and_fail(connection: Connection) -> None:
        tell(connection)
        raise LookupError

    units = [tell, tell_and_fail] * 20
    await asyncio.gather(*(database.write(unit) for unit in units), return_exceptions=True)
    page = await database.read(lambda connection: feeds.page(connection, ada, 0, 100))
    assert [event.seq for event in page] == list(range(1, 21))
    assert await database.read(lambda connection: feeds.head(connection, ada)) == 20


async def test_a_page_starts_behind_the_cursor_and_is_bounded(database: Database) -> None:
    ada, _ = await two_people(database)
    await database.write(lambda connection: feeds.append(connection, [(ada, ON)] * 5, 1.0))
    page = await database.read(lambda connection: feeds.page(connection, ada, 2, 2))
    assert [event.seq for event in page] == [3, 4]


async def test_telling_nobody_writes_nothing(database: Database) -> None:
    assert await database.write(lambda connection: feeds.append(connection, [], 1.0)) == []
    assert await database.read(feeds.latest_time) == 0.0


async def test_the_stored_line_is_sent_as_the_codec_would_write_it(database: Database) -> None:
    ada, ben = await two_people(database)
    said = MessagePosted(
        session_id=SessionId("s"),
        message_id=MessageId("m"),
        author_id=ben,
        txn_id=TxnId("t"),
        text='"Ümläut", \\ and\n\u2028 — 👩‍💻',
    )
    at = 1795563379.875123
    await database.write(lambda connection: feeds.tell(connection, [(ada, said), (ben, said)], at))
    for person in (ada, ben):
        [line] = await database.read(partial(feeds.lines, person_id=person, after=0, limit=9))
        assert line.data() == encode(line.frame())
        assert line.frame().body == said


async def test_what_several_units_of_a_batch_tell_is_numbered_in_their_order(
    database: Database,
) -> None:
    ada, ben = await two_people(database)
    entries = await asyncio.gather(
        database.write(lambda connection: feeds.tell(connection, [(ada, ON)], 1.0)),
        database.write(lambda connection: feeds.tell(connection, [(ben, ON), (ada, OFF)], 2.0)),
    )
    assert [(one.person_id, one.seq, one.body) for each in entries for one in each] == [
        (ada, 1, ON),
        (ben, 1, ON),
        (ada, 2, OFF),
    ]
    assert await database.read(feeds.latest_time) == 2.0
