"""The feeds: one append-only list of events a person, numbered from 1 without gaps (DEL-1).

What a unit tells is numbered and written at the end of its transaction, for all units of the batch
together: two statements whatever their number, and the heads of feeds are locked once, in the
order of person ids, so that two servers that tell the same people cannot wait for each other.
"""

from collections.abc import Iterable, Mapping
from sqlite3 import Connection as Sqlite

from msgspec import Struct
from samebox_shared.model.ids import EventId, PersonId
from samebox_shared.protocol.codec import decode_event, encode_event
from samebox_shared.protocol.events import AnyEvent
from samebox_shared.protocol.messages import Event
from sqlalchemy import Connection, func, insert, select

from samebox_server.store import bulk
from samebox_server.store.tables import feed, feed_head

_TOLD = "told"
COLUMNS = {
    "person_id": "text",
    "seq": "int",
    "event_id": "text",
    "at": "float8",
    "payload": "text",
}
_HEADS = "SELECT person_id, head FROM feed_head WHERE person_id IN (SELECT value FROM json_each(?))"
_ADD_ONE = f"INSERT INTO feed ({', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?)"
_MOVE_ONE = "UPDATE feed_head SET head = ?, at = ? WHERE person_id = ?"
_WRITE_ALL = f"""
WITH told AS (SELECT * FROM {bulk.unnested(("text", "int"))} AS t (person_id, count)),
locked AS (
    SELECT person_id FROM feed_head WHERE person_id = ANY($1::text[])
    ORDER BY person_id FOR UPDATE
),
moved AS (
    UPDATE feed_head SET head = head + told.count, at = $3::float8
    FROM told JOIN locked USING (person_id)
    WHERE feed_head.person_id = told.person_id
    RETURNING feed_head.person_id, feed_head.head - told.count AS before
),
written AS (
    INSERT INTO feed ({", ".join(COLUMNS)})
    SELECT person_id, before + place, event_id, line.at, payload
    FROM {bulk.unnested(COLUMNS.values(), first=4)}
        AS line (person_id, place, event_id, at, payload)
    JOIN moved USING (person_id)
)
SELECT person_id, before FROM moved
"""


class Line(Struct, frozen=True):
    """One line of a feed as it is stored; `payload` is the encoded event."""

    seq: int
    event_id: EventId
    at: float
    payload: str

    def data(self) -> bytes:
        """The frame that carries it. The event is spliced in as it is, not decoded and encoded
        again; tests/server/store/test_feeds.py keeps this equal to the codec's own words."""
        return (
            f'{{"type":"event","seq":{self.seq},"prev_seq":{self.seq - 1},'
            f'"event_id":"{self.event_id}","at":{self.at!r},"body":{self.payload}}}'
        ).encode()

    def frame(self) -> Event:
        """The same, decoded."""
        body = decode_event(self.payload)
        return Event(
            seq=self.seq, prev_seq=self.seq - 1, event_id=self.event_id, at=self.at, body=body
        )


class Entry:
    """One new line of one person's feed; it has its number once its transaction is settled."""

    __slots__ = ("at", "body", "event_id", "payload", "person_id", "seq")

    def __init__(
        self, person_id: PersonId, event_id: EventId, body: AnyEvent, payload: str, at: float
    ) -> None:
        self.person_id = person_id
        self.body = body
        self.payload = payload
        self.at = at
        self.event_id = event_id
        self.seq = 0

    @property
    def line(self) -> Line:
        """As it is stored."""
        return Line(self.seq, self.event_id, self.at, self.payload)

    @property
    def frame(self) -> Event:
        """The frame that carries it."""
        return Event(
            seq=self.seq,
            prev_seq=self.seq - 1,
            event_id=self.event_id,
            at=self.at,
            body=self.body,
        )


def begin(connection: Connection, person_id: PersonId, now: float) -> None:
    """Gives a new person an empty feed."""
    connection.execute(insert(feed_head).values(person_id=person_id, head=0, at=now))


def tell(
    connection: Connection, told: Iterable[tuple[PersonId, AnyEvent]], now: float
) -> list[Entry]:
    """Events for the end of this transaction, in the given order, behind what was told
    before."""
    entries = new_entries(told, now)
    connection.info.setdefault(_TOLD, []).extend(entries)
    return entries


def new_entries(told: Iterable[tuple[PersonId, AnyEvent]], now: float) -> list[Entry]:
    """Lines that have no numbers yet. An event for several people is encoded once."""
    told = list(told)
    payloads: dict[int, str] = {}
    entries = []
    for (person, event), event_id in zip(told, bulk.new_ids(len(told)), strict=True):
        payload = payloads.get(id(event))
        if payload is None:
            payload = payloads[id(event)] = encode_event(event).decode()
        entries.append(Entry(person, EventId(event_id), event, payload, now))
    return entries


def settle(connection: Connection) -> None:
    """Numbers and writes what was told; the last thing before the commit."""
    entries: list[Entry] = connection.info.pop(_TOLD, [])
    if not entries:
        return
    counts = count(entries)
    now = max(entry.at for entry in entries)
    if bulk.is_sqlite(connection):
        _settle_in_sqlite(bulk.driver(connection), entries, counts, now)
        return
    people = sorted(counts)
    parameters = (people, [counts[person] for person in people], now)
    lines = bulk.arrays([row(entry) for entry in entries])
    rows = connection.exec_driver_sql(_WRITE_ALL, (*parameters, *lines))
    number(entries, {PersonId(person): before for person, before in rows})


def waiting(connection: Connection) -> list[Entry]:
    """What was told in this transaction, by any of its units, and has no number yet."""
    found: list[Entry] = connection.info.get(_TOLD, [])
    return found


def forget(connection: Connection) -> None:
    """Drops what was told in a transaction that is not kept."""
    connection.info.pop(_TOLD, None)


def append(
    connection: Connection, told: Iterable[tuple[PersonId, AnyEvent]], now: float
) -> list[Entry]:
    """Tells and settles at once."""
    entries = tell(connection, told, now)
    settle(connection)
    return entries


def head(connection: Connection, person_id: PersonId) -> int:
    """The newest number of this person's feed; 0 for an empty one."""
    found: int = connection.execute(
        select(feed_head.c.head).where(feed_head.c.person_id == person_id)
    ).scalar_one()
    return found


def heads(connection: Connection, people: Iterable[PersonId]) -> dict[PersonId, int]:
    """The newest numbers of several feeds."""
    rows = connection.execute(
        select(feed_head.c.person_id, feed_head.c.head).where(
            feed_head.c.person_id.in_(list(people))
        )
    )
    return {PersonId(person_id): head for person_id, head in rows.all()}


def lines(connection: Connection, person_id: PersonId, after: int, limit: int) -> list[Line]:
    """Up to `limit` lines behind the cursor, in order."""
    rows = connection.execute(
        select(feed.c.seq, feed.c.event_id, feed.c.at, feed.c.payload)
        .where(feed.c.person_id == person_id, feed.c.seq > after)
        .order_by(feed.c.seq)
        .limit(limit)
    )
    return [Line(*row) for row in rows]


def page(connection: Connection, person_id: PersonId, after: int, limit: int) -> list[Event]:
    """The same, decoded."""
    return [line.frame() for line in lines(connection, person_id, after, limit)]


def latest_time(connection: Connection) -> float:
    """The newest time that was ever written into a feed: server time starts no earlier (DEL-13)."""
    return connection.execute(select(func.max(feed_head.c.at))).scalar_one() or 0.0


def _settle_in_sqlite(
    driver: Sqlite, entries: list[Entry], counts: dict[PersonId, int], now: float
) -> None:
    known: dict[PersonId, int] = dict(driver.execute(_HEADS, (bulk.listed(counts),)))
    number(entries, known)
    heads = [(known[person] + count, now, person) for person, count in counts.items()]
    driver.executemany(_MOVE_ONE, heads)
    driver.executemany(_ADD_ONE, [row(entry) for entry in entries])


def count(entries: Iterable[Entry]) -> dict[PersonId, int]:
    """How many lines each person gets. Each line has its place among them as its number now."""
    counts: dict[PersonId, int] = {}
    for entry in entries:
        counts[entry.person_id] = entry.seq = counts.get(entry.person_id, 0) + 1
    return counts


def number(entries: Iterable[Entry], before: Mapping[PersonId, int]) -> None:
    """From places to numbers. Raises KeyError for somebody who has no feed."""
    for entry in entries:
        entry.seq += before[entry.person_id]


def row(entry: Entry) -> bulk.Row:
    """In the order of COLUMNS."""
    return (entry.person_id, entry.seq, entry.event_id, entry.at, entry.payload)
