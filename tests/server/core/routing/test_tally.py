"""Counts that fade."""

from hypothesis import given
from hypothesis import strategies as st
from samebox_server.core.routing.tally import Tally, add

TIMES = st.floats(0, 1e9)


def test_half_is_left_after_a_half_life() -> None:
    assert Tally(4.0, 100.0).now(110.0, half_life=10.0) == 2.0


def test_what_is_added_later_weighs_more() -> None:
    tallies = add({}, "network", 1.0, 0.0, half_life=10.0)
    assert add(tallies, "network", 1.0, 10.0, half_life=10.0) == {"network": Tally(1.5, 10.0)}


def test_others_stay_as_they_are() -> None:
    before = {"printing": Tally(1.0, 0.0)}
    assert add(before, "network", 1.0, 5.0, half_life=10.0)["printing"] == Tally(1.0, 0.0)


@given(TIMES, TIMES)
def test_it_never_grows_by_waiting_nor_by_a_clock_that_goes_back(at: float, now: float) -> None:
    assert 0 <= Tally(3.0, at).now(now, half_life=60.0) <= 3.0
