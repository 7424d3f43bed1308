"""What the person did and the server has not answered yet; written before a byte leaves (DEL-2)."""

from dataclasses import dataclass

import msgspec
from samebox_shared.model.ids import TxnId
from samebox_shared.protocol.acts import AnyAct

from samebox_agent.storage import trouble
from samebox_agent.storage.database import Database


@dataclass(frozen=True)
class OutboxEntry:
    """One act. `at` is when the person acted (seconds since the Unix epoch)."""

    txn_id: TxnId
    act: AnyAct
    at: float


_acts: msgspec.json.Decoder[AnyAct] = msgspec.json.Decoder(AnyAct)


class Outbox:
    """The outbox in the database, in the order the person acted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, txn_id: TxnId, act: AnyAct, at: float) -> bool:
        """On the disk before it returns; False when this id was already there (nothing changes)."""
        added = self._database.execute(
            "INSERT OR IGNORE INTO outbox (txn_id, act, at) VALUES (?, ?, ?)",
            (txn_id, msgspec.json.encode(act), at),
        )
        return added == 1

    def waiting(self) -> tuple[OutboxEntry, ...]:
        """What the server has not answered, in order."""
        rows = self._database.rows("SELECT txn_id, act, at FROM outbox ORDER BY place")
        try:
            return tuple(
                OutboxEntry(TxnId(txn_id), _acts.decode(act), at) for txn_id, act, at in rows
            )
        except msgspec.DecodeError as error:
            raise trouble.corrupt(self._database.file) from error

    def renew(self, txn_id: TxnId, at: float) -> None:
        """The person wants it again, as of now; it keeps its place and its id."""
        self._database.execute("UPDATE outbox SET at = ? WHERE txn_id = ?", (at, txn_id))

    def remove(self, txn_id: TxnId) -> None:
        """The server has answered."""
        self._database.execute("DELETE FROM outbox WHERE txn_id = ?", (txn_id,))
