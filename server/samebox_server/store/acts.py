"""What was already decided: each act a device sent, under its transaction id, for ever (DEL-2).

A message that was accepted is its own record; every other act, and every refusal, is a done act.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct
from samebox_shared.model.ids import TxnId
from samebox_shared.protocol.errors import ErrorCode
from sqlalchemy import Connection, bindparam, literal_column, select

from samebox_server.store import bulk
from samebox_server.store.devices import Caller
from samebox_server.store.tables import done_act, message

_DECIDED = (
    select(done_act.c.refusal, done_act.c.body_sha256)
    .where(done_act.c.device_id == bindparam("device"), done_act.c.txn_id == bindparam("txn"))
    .union_all(
        select(literal_column("NULL").label("refusal"), message.c.body_sha256).where(
            message.c.device_id == bindparam("device"), message.c.txn_id == bindparam("txn")
        )
    )
)
_COLUMNS = {
    "device_id": "text",
    "txn_id": "text",
    "person_id": "text",
    "body_sha256": "text",
    "refusal": "text",
    "at": "float8",
}
_NAMES = ", ".join(_COLUMNS)
_NO_MESSAGE = """
WHERE NOT EXISTS (
    SELECT 1 FROM message WHERE message.device_id = {device} AND message.txn_id = {txn}
)
ON CONFLICT (device_id, txn_id) DO NOTHING
"""
_RECORD_ONE = f"""
INSERT INTO done_act ({_NAMES}) SELECT ?1, ?2, ?3, ?4, ?5, ?6
{_NO_MESSAGE.format(device="?1", txn="?2")}
"""
_RECORD_ALL = f"""
INSERT INTO done_act ({_NAMES})
SELECT * FROM {bulk.unnested(_COLUMNS.values())} AS new ({_NAMES})
{_NO_MESSAGE.format(device="new.device_id", txn="new.txn_id")}
RETURNING device_id, txn_id
"""


@dataclass(frozen=True)
class Decided:
    """The answer an act once got; `refusal` is None when it was carried out."""

    refusal: ErrorCode | None
    body_sha256: str


def decided(connection: Connection, caller: Caller, txn_id: TxnId) -> Decided | None:
    """The answer this transaction id got before."""
    row = connection.execute(_DECIDED, {"device": caller.device_id, "txn": txn_id}).first()
    if row is None:
        return None
    return Decided(ErrorCode(row.refusal) if row.refusal else None, row.body_sha256)


class Act(Struct, frozen=True):
    """An act with the answer it gets."""

    caller: Caller
    txn_id: TxnId
    decision: Decided


def record(
    connection: Connection, caller: Caller, txn_id: TxnId, decision: Decided, now: float
) -> None:
    """Keeps the answer in the transaction that made it true."""
    rows = [_row(Act(caller, txn_id, decision), now)]
    bulk.insert(connection, "done_act", _COLUMNS, rows)


def record_all(connection: Connection, done: Sequence[Act], now: float) -> set[Act]:
    """Keeps answers, and returns those that were news: an act whose transaction id its device used
    before keeps the answer it got then."""
    if bulk.is_sqlite(connection):
        execute = bulk.driver(connection).execute
        return {one for one in done if execute(_RECORD_ONE, _row(one, now)).rowcount == 1}
    rows = [_row(one, now) for one in done]
    found = {tuple(row) for row in connection.exec_driver_sql(_RECORD_ALL, bulk.arrays(rows))}
    return {one for one in done if (one.caller.device_id, one.txn_id) in found}


def _row(done: Act, now: float) -> tuple[object, ...]:
    caller, decision = done.caller, done.decision
    return (
        caller.device_id,
        done.txn_id,
        caller.person_id,
        decision.body_sha256,
        decision.refusal,
        now,
    )
