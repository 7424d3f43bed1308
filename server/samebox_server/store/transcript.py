"""What stands of a session: messages said differently, taken back, told to whoever comes later."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from samebox_shared.model.ids import MessageId, PersonId, SessionId, TxnId
from samebox_shared.protocol.codec import decode_event, encode_event
from samebox_shared.protocol.events import MessageEdited, MessagePosted
from sqlalchemy import Connection, select, update

from samebox_server.store.tables import feed, message

_PAGE = 100


@dataclass(frozen=True)
class Said:
    """One message as it reads now."""

    message_id: MessageId
    author: PersonId
    txn_id: TxnId
    text: str
    at: float


def so_far(connection: Connection, session_id: SessionId) -> list[Said]:
    """Everything that was said and not taken back, in order, as it reads now."""
    rows = connection.execute(
        select(message)
        .where(message.c.session_id == session_id, message.c.deleted_at.is_(None))
        .order_by(message.c.ordinal)
    )
    return [
        Said(
            MessageId(row.message_id), PersonId(row.author_id), TxnId(row.txn_id), row.text, row.at
        )
        for row in rows
    ]


def edit(
    connection: Connection,
    session_id: SessionId,
    message_id: MessageId,
    author: PersonId,
    text: str,
    now: float,
) -> bool:
    """Says a message differently; False if there is none of this author that still stands."""
    changed = connection.execute(
        update(message)
        .where(*_stands(session_id, message_id, author))
        .values(text=text, edited_at=now)
    )
    return changed.rowcount == 1


def take_back(
    connection: Connection,
    session_id: SessionId,
    message_id: MessageId,
    author: PersonId,
    now: float,
) -> float | None:
    """Wipes the text of a message for good; when it was said, or None if there is none of this
    author that still stands."""
    stands = _stands(session_id, message_id, author)
    said_at: float | None = connection.execute(
        select(message.c.at).where(*stands)
    ).scalar_one_or_none()
    if said_at is not None:
        connection.execute(update(message).where(*stands).values(text="", deleted_at=now))
    return said_at


def forget(
    connection: Connection, people: Iterable[PersonId], message_id: MessageId, said_at: float
) -> None:
    """Takes the text out of these feeds, so that a device that comes late never gets it. The
    entries stay, under their numbers. Reads each feed from its end back to `said_at`."""
    for person_id in sorted(people):
        before: int | None = None
        while True:
            query = select(feed.c.seq, feed.c.at, feed.c.payload).where(
                feed.c.person_id == person_id
            )
            if before is not None:
                query = query.where(feed.c.seq < before)
            rows = connection.execute(query.order_by(feed.c.seq.desc()).limit(_PAGE)).all()
            for row in rows:
                _empty(connection, person_id, row.seq, row.payload, message_id)
            if len(rows) < _PAGE or rows[-1].at < said_at:
                break
            before = rows[-1].seq


def _empty(
    connection: Connection, person_id: PersonId, seq: int, payload: str, message_id: MessageId
) -> None:
    if message_id not in payload:
        return
    event = decode_event(payload)
    match event:
        case MessagePosted() | MessageEdited() if event.message_id == message_id:
            emptied = encode_event(replace(event, text="")).decode()
            connection.execute(
                update(feed)
                .where(feed.c.person_id == person_id, feed.c.seq == seq)
                .values(payload=emptied)
            )
        case _:
            return


def _stands(session_id: SessionId, message_id: MessageId, author: PersonId) -> tuple[Any, ...]:
    return (
        message.c.session_id == session_id,
        message.c.message_id == message_id,
        message.c.author_id == author,
        message.c.deleted_at.is_(None),
    )
