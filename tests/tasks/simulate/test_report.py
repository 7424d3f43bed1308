"""How the figures are made."""

from math import inf

import pytest

from tasks.simulate.report import Row, jain, share_at, table, together

ROW = Row(
    name="Samebox",
    waits=[1.0, 2.0, 3.0, inf],
    same_type=[30.0, 90.0, inf],
    by_same_type=0.5,
    offers=2.0,
    minutes=[10.0, 10.0],
    minutes_any=[10.0],
    offers_over=0,
    people_over=1,
    reached_it=0.1,
    nobody=0.2,
)


@pytest.mark.parametrize(
    ("values", "index"), [([3, 3, 3], 1.0), ([6, 0, 0], 1 / 3), ([0, 0], 0.0), ([], 0.0)]
)
def test_jains_index(values: list[float], index: float) -> None:
    assert jain(values) == pytest.approx(index)


def test_who_never_came_counts_as_never() -> None:
    assert share_at(ROW.waits, 0.5) == 2.0
    assert share_at(ROW.waits, 0.95) == inf
    assert share_at([], 0.5) == inf


def test_several_companies_are_one_row() -> None:
    both = together([ROW, ROW])
    assert (len(both.waits), both.people_over, both.offers) == (8, 2, 2.0)


def test_the_table_says_never_and_too_few() -> None:
    line = table([ROW]).splitlines()[-1]
    assert line.startswith("| Samebox | 2 / never | 90 | 33% | 50% | 2.00 | 1.000 (2) | too few |")
