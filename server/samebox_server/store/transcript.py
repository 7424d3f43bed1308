"""What stands of a session: messages said differently, taken back, told to whoever comes later."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from samebox_shared.model.ids import MessageId, PersonId, SessionId, TxnId
from samebox_shared.protocol.codec import decode_event, encode_event
from samebox_shared.protocol.events import MessageEdited, MessagePosted
from sqlalchemy import Connection, select, update

from samebox_server.store import feeds
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
        wiped = {"text": "", "body_sha256": "", "deleted_at": now}  # a short text can be guessed
        connection.execute(update(message).where(*stands).values(**wiped))
    return said_at


def forget(
    connection: Connection, people: Iterable[PersonId], message_id: MessageId, said_at: float
) -> None:
    """Takes the text out of these feeds, so that a device that comes late never gets it. The
    entries stay, under their numbers. Reads each feed from its end back to `said_at`; what units
    of this very transaction have told is not in the feeds yet and is emptied, too."""
    for entry in feeds.waiting(connection):
        emptied = _emptied(entry.payload, message_id)
        if emptied is not None:
            entry.body, entry.payload = emptied, encode_event(emptied).decode()
    for person_id in sorted(people):
        for seq, payload in _backwards(connection, person_id, said_at):
            emptied = _emptied(payload, message_id)
            if emptied is not None:
                connection.execute(
                    update(feed)
                    .where(feed.c.person_id == person_id, feed.c.seq == seq)
                    .values(payload=encode_event(emptied).decode())
                )


def _backwards(
    connection: Connection, person_id: PersonId, until: float
) -> Iterator[tuple[int, str]]:
    """A feed from its end back to this time, a page at a time."""
    query = select(feed.c.seq, feed.c.payload, feed.c.at).where(feed.c.person_id == person_id)
    query = query.order_by(feed.c.seq.desc()).limit(_PAGE)
    rows = connection.execute(query).all()
    while rows:
        for row in rows:
            yield row.seq, row.payload
        is_far_enough = len(rows) < _PAGE or rows[-1].at < until
        before = rows[-1].seq
        rows = [] if is_far_enough else connection.execute(query.where(feed.c.seq < before)).all()


def _emptied(payload: str, message_id: MessageId) -> MessagePosted | MessageEdited | None:
    """The event without its text, if it is about this message."""
    if message_id not in payload:
        return None
    match decode_event(payload):
        case (MessagePosted() | MessageEdited()) as event if event.message_id == message_id:
            return replace(event, text="")
        case _:
            return None


def _stands(session_id: SessionId, message_id: MessageId, author: PersonId) -> tuple[Any, ...]:
    return (
        message.c.session_id == session_id,
        message.c.message_id == message_id,
        message.c.author_id == author,
        message.c.deleted_at.is_(None),
    )
