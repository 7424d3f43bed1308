"""Tables: what is missing is said, and a figure that only bounds says so."""

import math

from benchmarks.live.findings import Cell, Column, Outcome, as_data, markdown, plain, short
from benchmarks.load.effort import Effort

COLUMNS = (Column("p50 / p99", ("p50", "p99")), Column("rate", ("rate",)))
BUSY = Effort(generator=0.95, server=0.5, seconds=1.0)


def test_a_busy_generator_makes_a_rate_at_least_and_a_time_at_most() -> None:
    assert Cell(12_345.0, BUSY, is_rate=True).text == "≥ 12,345"
    assert Cell(1.234, BUSY).text == "≤ 1.23"
    assert Cell(1.234, Effort(generator=0.5)).text == "1.23"


def test_what_never_came_is_a_dash() -> None:
    assert Cell(math.inf).text == "–"


def test_numbers_keep_three_digits() -> None:
    assert [short(value) for value in (1234.5, 99.94, 0.126, 20.0, 3)] == [
        "1,234",
        "99.9",
        "0.13",
        "20",
        "3",
    ]


def test_a_peer_that_is_not_there_has_a_row_that_says_so() -> None:
    there = Outcome("ours", "", {"p50": Cell(1.5), "p99": Cell(2.5), "rate": Cell(10.0)})
    absent = Outcome("theirs", "", notes=["not installed: mosquitto is not installed"])
    table = markdown([there, absent], COLUMNS)
    assert "| ours | 1.50 / 2.50 | 10 |" in table
    assert "| theirs | not installed: mosquitto is not installed |  |" in table


def test_a_server_measured_elsewhere_is_not_in_this_table() -> None:
    other = Outcome("other", "", {"idle": Cell(1.0)})
    assert "other" not in markdown([other], COLUMNS)


def test_the_terminal_gets_the_same_in_columns() -> None:
    rows = plain([Outcome("ours", "", {"rate": Cell(10.0)})], COLUMNS).splitlines()
    assert [row.split() for row in rows] == [
        ["server", "p50", "/", "p99", "rate"],
        ["ours", "–", "10"],
    ]


def test_data_keeps_who_was_busy() -> None:
    kept = as_data(Outcome("ours", "SQLite", {"rate": Cell(10.0, BUSY, is_rate=True)}))
    assert kept["cells"] == {
        "rate": {"value": 10.0, "generator_cpu": 0.95, "server_cpu": 0.5, "is_bound": True}
    }
