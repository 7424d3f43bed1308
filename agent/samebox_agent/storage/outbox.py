"""What the person did and the server has not answered yet; written before a byte leaves (DEL-2)."""

from dataclasses import dataclass
from enum import StrEnum

import msgspec
from samebox_shared.model.ids import TxnId
from samebox_shared.protocol.acts import AnyAct
from samebox_shared.protocol.errors import ErrorCode

from samebox_agent.storage import trouble
from samebox_agent.storage.database import Database


class OutboxState(StrEnum):
    """How far an act has come. Delivered and seen are told by the feed."""

    SAVED = "saved"
    SENT = "sent"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class OutboxEntry:
    """One act. `at` is when the person acted, `since` when trying (again) began (DEL-9)."""

    txn_id: TxnId
    act: AnyAct
    at: float
    since: float
    state: OutboxState
    code: ErrorCode | None = None


_acts: msgspec.json.Decoder[AnyAct] = msgspec.json.Decoder(AnyAct)


class Outbox:
    """The outbox in the database, in the order the person acted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, txn_id: TxnId, act: AnyAct, at: float) -> bool:
        """On the disk before it returns; False when this id was already there (nothing changes)."""
        added = self._database.execute(
            "INSERT OR IGNORE INTO outbox (txn_id, act, at, since, state) VALUES (?, ?, ?, ?, ?)",
            (txn_id, msgspec.json.encode(act), at, at, OutboxState.SAVED.value),
        )
        return added == 1

    def waiting(self) -> tuple[OutboxEntry, ...]:
        """What the server has not answered (SAVED and SENT), in order."""
        return tuple(e for e in self.entries() if e.state in (OutboxState.SAVED, OutboxState.SENT))

    def drafts(self) -> tuple[OutboxEntry, ...]:
        """What was refused and not dismissed yet, with the code."""
        return tuple(e for e in self.entries() if e.state is OutboxState.REFUSED)

    def entries(self) -> tuple[OutboxEntry, ...]:
        """Everything, in order."""
        rows = self._database.rows(
            "SELECT txn_id, act, at, since, state, code FROM outbox ORDER BY place"
        )
        try:
            return tuple(
                OutboxEntry(
                    TxnId(txn_id),
                    _acts.decode(act),
                    at,
                    since,
                    OutboxState(state),
                    ErrorCode(code) if code else None,
                )
                for txn_id, act, at, since, state, code in rows
            )
        except (msgspec.DecodeError, ValueError) as error:
            raise trouble.corrupt(self._database.file) from error

    def mark_sent(self, txn_id: TxnId) -> None:
        """The bytes went to the socket; only the answer makes it done."""
        self._database.execute(
            "UPDATE outbox SET state = ? WHERE txn_id = ? AND state = ?",
            (OutboxState.SENT.value, txn_id, OutboxState.SAVED.value),
        )

    def settle(self, txn_id: TxnId, outcome: ErrorCode | None) -> None:
        """The server's answer: None for done, or the code of the refusal.

        A refused act stays as a draft until `remove`. A done one stays until its event is in the
        feed (`remove`) or `forget_done`, so that a message never vanishes in between. The first
        answer counts.
        """
        state = OutboxState.DONE if outcome is None else OutboxState.REFUSED
        self._database.execute(
            "UPDATE outbox SET state = ?, code = ? WHERE txn_id = ? AND state IN (?, ?)",
            (
                state.value,
                outcome.value if outcome else "",
                txn_id,
                OutboxState.SAVED.value,
                OutboxState.SENT.value,
            ),
        )

    def try_again(self, txn_id: TxnId, at: float) -> None:
        """The person sends an unanswered act by hand: same id, a new `since`."""
        self._database.execute(
            "UPDATE outbox SET state = ?, since = ? WHERE txn_id = ? AND state IN (?, ?)",
            (
                OutboxState.SAVED.value,
                at,
                txn_id,
                OutboxState.SAVED.value,
                OutboxState.SENT.value,
            ),
        )

    def remove(self, txn_id: TxnId) -> None:
        """Dismissed by the person, or its event has arrived."""
        self._database.execute("DELETE FROM outbox WHERE txn_id = ?", (txn_id,))

    def forget_done(self) -> None:
        """Drop everything done; call when the feed has reached the head the server told."""
        self._database.execute("DELETE FROM outbox WHERE state = ?", (OutboxState.DONE.value,))
