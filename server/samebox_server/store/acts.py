"""What was already decided: each act a device sent, under its transaction id, for ever (DEL-2)."""

from dataclasses import dataclass

from samebox_shared.model.ids import TxnId
from samebox_shared.protocol.errors import ErrorCode
from sqlalchemy import Connection, insert, select

from samebox_server.store.devices import Caller
from samebox_server.store.tables import done_act


@dataclass(frozen=True)
class Decided:
    """The answer an act once got; `refusal` is None when it was carried out."""

    refusal: ErrorCode | None
    body_sha256: str


def decided(connection: Connection, caller: Caller, txn_id: TxnId) -> Decided | None:
    """The answer this transaction id got before."""
    row = connection.execute(
        select(done_act.c.refusal, done_act.c.body_sha256).where(
            done_act.c.device_id == caller.device_id, done_act.c.txn_id == txn_id
        )
    ).first()
    if row is None:
        return None
    return Decided(ErrorCode(row.refusal) if row.refusal else None, row.body_sha256)


def record(
    connection: Connection, caller: Caller, txn_id: TxnId, decision: Decided, now: float
) -> None:
    """Keeps the answer in the transaction that made it true."""
    connection.execute(
        insert(done_act).values(
            device_id=caller.device_id,
            txn_id=txn_id,
            person_id=caller.person_id,
            body_sha256=decision.body_sha256,
            refusal=decision.refusal,
            at=now,
        )
    )
