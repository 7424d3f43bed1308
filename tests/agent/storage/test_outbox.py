"""What the person did is on the disk before it leaves, and stays until it is answered."""

from pathlib import Path

import pytest
from samebox_agent.storage.database import Database, open_database
from samebox_agent.storage.outbox import Outbox, OutboxEntry
from samebox_agent.storage.trouble import StorageTrouble
from samebox_shared.model.ids import SessionId, TxnId
from samebox_shared.protocol.acts import PostMessage, SetHelping

ONE, TWO = TxnId("one"), TxnId("two")
HELPING = SetHelping(helping=True)


def message(text: str) -> PostMessage:
    return PostMessage(session_id=SessionId("s"), fence=3, text=text)


def test_acts_wait_in_the_order_they_were_done_across_a_restart(file: Path) -> None:
    with open_database(file) as database:
        Outbox(database).add(TWO, message("hello"), 5.0)
        Outbox(database).add(ONE, HELPING, 4.0)
    with open_database(file) as database:
        assert Outbox(database).waiting() == (
            OutboxEntry(TWO, message("hello"), 5.0),
            OutboxEntry(ONE, HELPING, 4.0),
        )


def test_the_same_id_is_kept_once_as_it_was(database: Database) -> None:
    outbox = Outbox(database)
    assert outbox.add(ONE, message("first"), 1.0) is True
    assert outbox.add(ONE, message("second"), 2.0) is False
    assert outbox.waiting() == (OutboxEntry(ONE, message("first"), 1.0),)


def test_what_is_answered_waits_no_more(database: Database) -> None:
    outbox = Outbox(database)
    outbox.add(ONE, HELPING, 1.0)
    outbox.add(TWO, HELPING, 2.0)
    outbox.remove(ONE)
    assert [entry.txn_id for entry in outbox.waiting()] == [TWO]


def test_an_act_that_cannot_be_read_is_trouble(database: Database) -> None:
    outbox = Outbox(database)
    outbox.add(ONE, HELPING, 1.0)
    database.execute("UPDATE outbox SET act = ?", (b"{",))
    with pytest.raises(StorageTrouble):
        outbox.waiting()


def test_what_is_wanted_again_keeps_its_place_and_its_id(database: Database) -> None:
    outbox = Outbox(database)
    outbox.add(ONE, HELPING, 1.0)
    outbox.add(TWO, HELPING, 2.0)
    outbox.renew(ONE, 9.0)
    assert [(entry.txn_id, entry.at) for entry in outbox.waiting()] == [(ONE, 9.0), (TWO, 2.0)]
