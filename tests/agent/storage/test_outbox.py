"""What the person did is on the disk before it leaves, and stays until it is answered."""

from pathlib import Path

import pytest
from samebox_agent.storage.database import Database, open_database
from samebox_agent.storage.outbox import Outbox, OutboxEntry, OutboxState
from samebox_agent.storage.trouble import StorageTrouble
from samebox_shared.model.ids import SessionId, TxnId
from samebox_shared.protocol.acts import AnyAct, PostMessage, SetHelping
from samebox_shared.protocol.errors import ErrorCode

ONE, TWO = TxnId("one"), TxnId("two")
HELPING = SetHelping(helping=True)


def message(text: str) -> PostMessage:
    return PostMessage(session_id=SessionId("s"), fence=3, text=text)


def saved(txn_id: TxnId, act: AnyAct, at: float) -> OutboxEntry:
    return OutboxEntry(txn_id, act, at, at, OutboxState.SAVED)


def test_acts_wait_in_the_order_they_were_done_across_a_restart(file: Path) -> None:
    with open_database(file) as database:
        Outbox(database).add(TWO, message("hello"), 5.0)
        Outbox(database).add(ONE, HELPING, 4.0)
    with open_database(file) as database:
        assert Outbox(database).waiting() == (
            saved(TWO, message("hello"), 5.0),
            saved(ONE, HELPING, 4.0),
        )


def test_the_same_id_is_kept_once_as_it_was(database: Database) -> None:
    outbox = Outbox(database)
    assert outbox.add(ONE, message("first"), 1.0) is True
    assert outbox.add(ONE, message("second"), 2.0) is False
    assert outbox.waiting() == (saved(ONE, message("first"), 1.0),)


def test_what_was_sent_still_waits_for_its_answer(database: Database) -> None:
    outbox = Outbox(database)
    outbox.add(ONE, HELPING, 1.0)
    outbox.mark_sent(ONE)
    assert [entry.state for entry in outbox.waiting()] == [OutboxState.SENT]


def test_what_is_done_stays_until_its_event_is_here(database: Database) -> None:
    outbox = Outbox(database)
    outbox.add(ONE, message("hello"), 1.0)
    outbox.settle(ONE, None)
    assert outbox.waiting() == ()
    assert [entry.state for entry in outbox.entries()] == [OutboxState.DONE]
    outbox.remove(ONE)
    assert outbox.entries() == ()


def test_everything_done_is_forgotten_together(database: Database) -> None:
    outbox = Outbox(database)
    outbox.add(ONE, HELPING, 1.0)
    outbox.add(TWO, HELPING, 2.0)
    outbox.settle(ONE, None)
    outbox.forget_done()
    assert [entry.txn_id for entry in outbox.entries()] == [TWO]


def test_what_was_refused_stays_as_a_draft_until_dismissed(database: Database) -> None:
    outbox = Outbox(database)
    outbox.add(ONE, message("too late"), 1.0)
    outbox.settle(ONE, ErrorCode.SESSION_OVER)
    outbox.forget_done()
    assert outbox.waiting() == ()
    assert [(e.txn_id, e.code) for e in outbox.drafts()] == [(ONE, ErrorCode.SESSION_OVER)]
    outbox.remove(ONE)
    assert outbox.drafts() == ()


def test_the_first_answer_counts(database: Database) -> None:
    outbox = Outbox(database)
    outbox.add(ONE, HELPING, 1.0)
    outbox.settle(ONE, None)
    outbox.settle(ONE, ErrorCode.BUSY)
    outbox.mark_sent(ONE)
    outbox.try_again(ONE, 9.0)
    assert [(e.state, e.code) for e in outbox.entries()] == [(OutboxState.DONE, None)]


def test_trying_again_keeps_the_id_and_the_day(database: Database) -> None:
    outbox = Outbox(database)
    outbox.add(ONE, HELPING, 1.0)
    outbox.mark_sent(ONE)
    outbox.try_again(ONE, 1000.0)
    assert outbox.waiting() == (OutboxEntry(ONE, HELPING, 1.0, 1000.0, OutboxState.SAVED),)


def test_a_damaged_act_is_said_in_words(database: Database) -> None:
    Outbox(database).add(ONE, HELPING, 1.0)
    database.execute("UPDATE outbox SET act = ?", (b"{}",))
    with pytest.raises(StorageTrouble):
        Outbox(database).waiting()
