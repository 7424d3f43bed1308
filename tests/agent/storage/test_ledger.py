"""What left this laptop, byte for byte."""

from samebox_agent.storage.database import Database
from samebox_agent.storage.ledger import KEPT_SECONDS, Ledger, LedgerEntry


def test_the_bytes_are_kept_as_they_left_newest_first(database: Database) -> None:
    ledger = Ledger(database)
    ledger.record(1.0, "a colleague", "question", b'{"a":1}')
    ledger.record(2.0, "the server", "device type", b"\x00\xff")
    assert ledger.entries(10) == (
        LedgerEntry(2.0, "the server", "device type", b"\x00\xff"),
        LedgerEntry(1.0, "a colleague", "question", b'{"a":1}'),
    )
    assert len(ledger.entries(1)) == 1


def test_after_ninety_days_it_goes(database: Database) -> None:
    ledger = Ledger(database)
    ledger.record(0.0, "x", "old", b"")
    ledger.record(1.0, "x", "at the edge", b"")
    ledger.record(KEPT_SECONDS + 1.0, "x", "new", b"")
    assert [entry.what for entry in ledger.entries(10)] == ["new", "at the edge"]
