"""The feeds: one append-only list of events a person, numbered from 1 without gaps (DEL-1)."""

from collections.abc import Iterable
from dataclasses import dataclass

from samebox_shared.model.ids import EventId, PersonId, new_id
from samebox_shared.protocol.codec import decode_event, encode_event
from samebox_shared.protocol.events import AnyEvent
from samebox_shared.protocol.messages import Event
from sqlalchemy import Connection, func, insert, select, update

from samebox_server.store.tables import feed, feed_head


@dataclass(frozen=True)
class Entry:
    """One new line of one person's feed, as the frame that carries it."""

    person_id: PersonId
    frame: Event


def begin(connection: Connection, person_id: PersonId, now: float) -> None:
    """Gives a new person an empty feed."""
    connection.execute(insert(feed_head).values(person_id=person_id, head=0, at=now))


def append(
    connection: Connection, told: Iterable[tuple[PersonId, AnyEvent]], now: float
) -> list[Entry]:
    """Adds events in the given order. The heads are taken in the order of person ids, so that two
    transactions that tell the same people cannot wait for each other."""
    told = list(told)
    heads = {person: 0 for person in sorted({person for person, _ in told})}
    for person in heads:
        count = sum(1 for other, _ in told if other == person)
        heads[person] = _take(connection, person, count, now) - count
    entries = []
    for person, event in told:
        heads[person] += 1
        entries.append(Entry(person, _frame(heads[person], EventId(new_id()), now, event)))
    if entries:
        connection.execute(insert(feed), [_row(entry) for entry in entries])
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
    return {PersonId(row.person_id): row.head for row in rows}


def page(connection: Connection, person_id: PersonId, after: int, limit: int) -> list[Event]:
    """Up to `limit` events behind the cursor, in order."""
    rows = connection.execute(
        select(feed.c.seq, feed.c.event_id, feed.c.at, feed.c.payload)
        .where(feed.c.person_id == person_id, feed.c.seq > after)
        .order_by(feed.c.seq)
        .limit(limit)
    )
    return [_frame(row.seq, row.event_id, row.at, decode_event(row.payload)) for row in rows]


def latest_time(connection: Connection) -> float:
    """The newest time that was ever written into a feed: server time starts no earlier (DEL-13)."""
    return connection.execute(select(func.max(feed_head.c.at))).scalar_one() or 0.0


def _take(connection: Connection, person: PersonId, count: int, now: float) -> int:
    found: int = connection.execute(
        update(feed_head)
        .where(feed_head.c.person_id == person)
        .values(head=feed_head.c.head + count, at=now)
        .returning(feed_head.c.head)
    ).scalar_one()
    return found


def _frame(seq: int, event_id: EventId, at: float, event: AnyEvent) -> Event:
    return Event(seq=seq, prev_seq=seq - 1, event_id=event_id, at=at, body=event)


def _row(entry: Entry) -> dict[str, object]:
    return {
        "person_id": entry.person_id,
        "seq": entry.frame.seq,
        "event_id": entry.frame.event_id,
        "at": entry.frame.at,
        "payload": encode_event(entry.frame.body).decode(),
    }
