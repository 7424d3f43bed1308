"""Messages of a session, and how far each of the two has received and seen them."""

from collections.abc import Collection, Sequence
from sqlite3 import Connection as Sqlite

from msgspec import Struct
from samebox_shared.model.ids import MessageId, PersonId, SessionId, TxnId
from sqlalchemy import Connection, select

from samebox_server.store import bulk
from samebox_server.store.devices import Caller
from samebox_server.store.tables import message

NAMES = "message_id, session_id, author_id, device_id, txn_id, body_sha256, text, at"
_ADD_ONE = f"""
INSERT INTO message ({NAMES}, ordinal)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,
    (SELECT coalesce(max(ordinal), 0) + 1 FROM message WHERE session_id = ?2)
WHERE NOT EXISTS (SELECT 1 FROM done_act WHERE device_id = ?4 AND txn_id = ?5)
ON CONFLICT (device_id, txn_id) DO NOTHING
"""
_WHICH = "SELECT message_id FROM message WHERE message_id IN (SELECT value FROM json_each(?))"
TYPES = ("text",) * 7 + ("float8", "int")
_ADD_ALL = f"""
INSERT INTO message ({NAMES}, ordinal)
SELECT {NAMES}, place + (
    SELECT coalesce(max(ordinal), 0) FROM message WHERE message.session_id = new.session_id
)
FROM {bulk.unnested(TYPES)} AS new ({NAMES}, place)
WHERE NOT EXISTS (
    SELECT 1 FROM done_act
    WHERE done_act.device_id = new.device_id AND done_act.txn_id = new.txn_id
)
ON CONFLICT (device_id, txn_id) DO NOTHING
RETURNING message_id
"""
_READ = """
INSERT INTO receipt (session_id, person_id, delivered, seen) {source}
ON CONFLICT (session_id, person_id) DO UPDATE SET
    delivered = CASE WHEN excluded.delivered > receipt.delivered
        THEN excluded.delivered ELSE receipt.delivered END,
    seen = CASE WHEN excluded.seen > receipt.seen THEN excluded.seen ELSE receipt.seen END
WHERE excluded.delivered > receipt.delivered OR excluded.seen > receipt.seen
"""
_READ_ONE = _READ.format(source="VALUES (?, ?, ?, ?)")
_READ_ALL = (
    _READ.format(source=f"SELECT * FROM {bulk.unnested(('text', 'text', 'int', 'int'))}")
    + "RETURNING session_id, person_id"
)


class Read(Struct, frozen=True, order=True):
    """How far a person is: the ordinals of the last message received and seen; 0 for none."""

    delivered: int = 0
    seen: int = 0


class Place(Struct, frozen=True):
    """A message's session and its ordinal there, from 1."""

    session_id: SessionId
    ordinal: int


class NewMessage(Struct, frozen=True):
    """A message that is decided, and the digest of the act that brought it."""

    message_id: MessageId
    session_id: SessionId
    author: Caller
    txn_id: TxnId
    body_sha256: str
    text: str
    at: float


def new_message_ids(now: float, count: int) -> list[MessageId]:
    """128 bits each, the first 48 of them the time in milliseconds: what is written together stands
    together in the index, which then costs one page for many messages instead of one for each."""
    at = f"{int(now * 1000):012x}"
    return [MessageId(at + chance[12:]) for chance in bulk.new_ids(count)]


def add_all(connection: Connection, new: Sequence[NewMessage]) -> set[MessageId]:
    """Keeps messages, each next in its session's order, and returns which were kept: one whose
    transaction id its device used before, for whatever act, is left out."""
    if bulk.is_sqlite(connection):
        return _add_all_in_sqlite(bulk.driver(connection), new)
    found = connection.exec_driver_sql(_ADD_ALL, bulk.arrays(with_places(new)))
    return {MessageId(message_id) for message_id in found.scalars()}


def with_places(new: Sequence[NewMessage]) -> list[bulk.Row]:
    """Rows of TYPES: the columns of NAMES, and each message's place among those of its session."""
    places: dict[SessionId, int] = {}
    rows = []
    for one in new:
        places[one.session_id] = place = places.get(one.session_id, 0) + 1
        rows.append((*_columns(one), place))
    return rows


def _add_all_in_sqlite(driver: Sqlite, new: Sequence[NewMessage]) -> set[MessageId]:
    """Asks which were kept only when one was not."""
    before = driver.total_changes
    driver.executemany(_ADD_ONE, [_columns(one) for one in new])
    ids = [one.message_id for one in new]
    if driver.total_changes - before == len(ids):
        return set(ids)
    return {MessageId(found) for (found,) in driver.execute(_WHICH, (bulk.listed(ids),))}


class Progress(Struct, frozen=True):
    """How far a person is in a session now."""

    session_id: SessionId
    person_id: PersonId
    read: Read


def read_up_to(connection: Connection, progress: Sequence[Progress]) -> set[Progress]:
    """Moves people's receipts forward, never back; returns what moved anything. A person may be
    named once in a session."""
    if bulk.is_sqlite(connection):
        execute = bulk.driver(connection).execute
        return {one for one in progress if execute(_READ_ONE, _row(one)).rowcount == 1}
    rows = connection.exec_driver_sql(_READ_ALL, bulk.arrays([_row(one) for one in progress]))
    moved = {(session_id, person_id) for session_id, person_id in rows}
    return {one for one in progress if (one.session_id, one.person_id) in moved}


def places(connection: Connection, message_ids: Collection[MessageId]) -> dict[MessageId, Place]:
    """Where these messages stand; those that are not there are left out."""
    rows = connection.execute(
        select(message.c.message_id, message.c.session_id, message.c.ordinal).where(
            message.c.message_id.in_(message_ids)
        )
    )
    return {MessageId(one): Place(SessionId(session), at) for one, session, at in rows}


def _row(progress: Progress) -> tuple[object, ...]:
    read = progress.read
    delivered = max(read.delivered, read.seen)
    return (progress.session_id, progress.person_id, delivered, read.seen)


def _columns(new: NewMessage) -> tuple[object, ...]:
    return (
        new.message_id,
        new.session_id,
        new.author.person_id,
        new.author.device_id,
        new.txn_id,
        new.body_sha256,
        new.text,
        new.at,
    )
