"""Rows in their order, and honest cells."""

import math

from benchmarks.matching.tables import Column, Table, markdown, share


def test_known_rows_come_first_and_what_is_unknown_is_a_dash() -> None:
    table: Table = {
        "without facts": {"hit@1": math.nan},
        "samebox": {"hit@1": 0.5},
        "fts5": {"hit@1": 0.25},
    }
    assert markdown(table, [share("hit@1")]).splitlines() == [
        "| | hit@1 |",
        "|---|---|",
        "| SQLite FTS5, porter | 0.250 |",
        "| **Samebox** | 0.500 |",
        "| without facts | – |",
    ]


def test_what_could_not_be_installed_says_so() -> None:
    table: Table = {"tantivy": {"lacking": "no wheel"}}
    columns = [share("a"), Column("b", ("p50", "p99"), ".1f")]
    assert markdown(table, columns).splitlines()[2] == "| tantivy | not installed: no wheel | |"


def test_figures_of_one_column_stand_beside_each_other() -> None:
    column = Column("key", ("p50", "p99"), ".1f")
    assert (
        markdown({"x": {"p50": 1.0, "p99": 22}}, [column]).splitlines()[2] == "| x | 1.0 / 22.0 |"
    )
