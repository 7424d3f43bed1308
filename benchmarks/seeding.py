"""People with a device each, put straight into the database of a server that is not running."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samebox_server.store import migrate
from samebox_server.store.devices import sha256
from samebox_server.store.tables import device, feed, feed_head, person
from samebox_shared.model.ids import MessageId, PersonId, SessionId, TxnId, new_id
from samebox_shared.protocol.codec import encode_event
from samebox_shared.protocol.events import MessagePosted
from sqlalchemy import Connection, create_engine, insert, update

DATABASE = "samebox.sqlite3"
MODELS = 50


@dataclass(frozen=True)
class Seeded:
    """Somebody with one device, and the token that proves it."""

    person_id: str
    device_id: str
    token: str


def seed(data: Path, count: int) -> list[Seeded]:
    """So many people in a new or existing database."""
    people = [Seeded(new_id(), new_id(), new_id() + new_id()) for _ in range(count)]
    now = time.time()
    with _transaction(data) as connection:
        migrate.to_newest(connection)
        connection.execute(insert(person), [_person(one, n, now) for n, one in enumerate(people)])
        connection.execute(
            insert(feed_head),
            [{"person_id": one.person_id, "head": 0, "at": now} for one in people],
        )
        connection.execute(insert(device), [_device(one, n, now) for n, one in enumerate(people)])
    return people


def missed(data: Path, one: Seeded, count: int) -> None:
    """So many chat messages in this person's feed that their device has not got."""
    now = time.time()
    with _transaction(data) as connection:
        rows = [_message(one, seq, now) for seq in range(1, count + 1)]
        connection.execute(insert(feed), rows)
        connection.execute(
            update(feed_head).where(feed_head.c.person_id == one.person_id).values(head=count)
        )


@contextlib.contextmanager
def _transaction(data: Path) -> Iterator[Connection]:
    data.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{data / DATABASE}")
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _person(one: Seeded, number: int, now: float) -> dict[str, object]:
    return {
        "person_id": one.person_id,
        "name": f"Person {number}",
        "helping": number % 5 == 0,
        "joined_at": now,
    }


def _device(one: Seeded, number: int, now: float) -> dict[str, object]:
    return {
        "device_id": one.device_id,
        "person_id": one.person_id,
        "token_sha256": sha256(one.token),
        "system": "linux",
        "system_version": "12",
        "vendor": f"Works {number % 5}",
        "family": f"Series {number % MODELS}",
        "model": f"Series {number % MODELS} Gen 1",
        "agent_version": "0",
        "acked_seq": 0,
        "joined_at": now,
        "last_seen": now,
    }


def _message(one: Seeded, seq: int, now: float) -> dict[str, object]:
    body = MessagePosted(
        session_id=SessionId("s"),
        message_id=MessageId(new_id()),
        author_id=PersonId("somebody"),
        txn_id=TxnId(new_id()),
        text=f"Message {seq:06} " + "It is still slow after the restart. " * 3,
    )
    return {
        "person_id": one.person_id,
        "seq": seq,
        "event_id": new_id(),
        "at": now,
        "payload": encode_event(body).decode(),
    }
