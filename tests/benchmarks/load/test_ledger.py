"""What counts as an arrival, and what its latency is."""

import math

from benchmarks.load.ledger import Ledger


def test_a_message_takes_from_its_write_to_the_others_read() -> None:
    ledger = Ledger()
    ledger.note_sent(1, author=0, now=10.0)
    assert ledger.note_received(1, reader=1, now=10.25)
    assert ledger.latencies == [250.0]
    assert (ledger.sent, ledger.received, ledger.missing) == (1, 1, 0)


def test_its_author_seeing_it_is_no_arrival() -> None:
    ledger = Ledger()
    ledger.note_sent(1, author=0, now=10.0)
    assert not ledger.note_received(1, reader=0, now=10.1)
    assert ledger.missing == 1


def test_a_second_arrival_is_counted_and_not_measured() -> None:
    ledger = Ledger()
    ledger.note_sent(1, author=0, now=10.0)
    ledger.note_received(1, reader=1, now=10.1)
    assert not ledger.note_received(1, reader=1, now=10.2)
    assert (ledger.twice, len(ledger.latencies)) == (1, 1)


def test_what_nobody_sent_is_not_counted() -> None:
    ledger = Ledger()
    assert not ledger.note_received(7, reader=1, now=1.0)
    assert not ledger.note_acked(7)
    assert math.isinf(ledger.p(0.5))


def test_refusals_are_counted_by_their_reason() -> None:
    ledger = Ledger()
    ledger.note_refused("busy")
    ledger.note_refused("busy")
    assert ledger.refused == {"busy": 2}
