"""Messages of a session, and how far each of the two has received and seen them."""

from dataclasses import dataclass

from samebox_shared.model.ids import MessageId, PersonId, SessionId, TxnId, new_id
from sqlalchemy import Connection, func, insert, select, update

from samebox_server.store.devices import Caller
from samebox_server.store.tables import message, receipt


@dataclass(frozen=True)
class Read:
    """How far a person is: the ordinals of the last message received and seen; 0 for none."""

    delivered: int = 0
    seen: int = 0


def add(
    connection: Connection,
    session_id: SessionId,
    author: Caller,
    txn_id: TxnId,
    text: str,
    now: float,
) -> MessageId:
    """Keeps one message, next in its session's order."""
    message_id = MessageId(new_id())
    newest = select(func.coalesce(func.max(message.c.ordinal), 0) + 1).where(
        message.c.session_id == session_id
    )
    connection.execute(
        insert(message).values(
            message_id=message_id,
            session_id=session_id,
            ordinal=newest.scalar_subquery(),
            author_id=author.person_id,
            device_id=author.device_id,
            txn_id=txn_id,
            text=text,
            at=now,
        )
    )
    return message_id


def ordinal(connection: Connection, session_id: SessionId, message_id: MessageId) -> int | None:
    """The place of a message in its session, from 1; None if it is not there."""
    return connection.execute(
        select(message.c.ordinal).where(
            message.c.session_id == session_id, message.c.message_id == message_id
        )
    ).scalar_one_or_none()


def read_up_to(
    connection: Connection,
    session_id: SessionId,
    person_id: PersonId,
    *,
    delivered: int = 0,
    seen: int = 0,
) -> bool:
    """Moves a person's receipt forward, never back; whether anything moved."""
    key = (receipt.c.session_id == session_id, receipt.c.person_id == person_id)
    row = connection.execute(select(receipt.c.delivered, receipt.c.seen).where(*key)).first()
    before = Read(row.delivered, row.seen) if row else Read()
    after = Read(max(before.delivered, delivered, seen), max(before.seen, seen))
    if after == before:
        return False
    values = {"delivered": after.delivered, "seen": after.seen}
    if row is None:
        connection.execute(
            insert(receipt).values(session_id=session_id, person_id=person_id, **values)
        )
    else:
        connection.execute(update(receipt).where(*key).values(**values))
    return True
