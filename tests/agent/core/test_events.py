"""Moments: the chance that comes with each."""

from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.core.events import Moment


@given(st.binary(min_size=16, max_size=16))
def test_a_chance_is_from_zero_up_to_one(fresh: bytes) -> None:
    assert 0 <= Moment(0.0, 0.0, fresh.hex()).chance < 1


def test_the_chance_spans_the_whole_of_it() -> None:
    assert Moment(0.0, 0.0, "0" * 32).chance == 0
    assert Moment(0.0, 0.0, "f" * 32).chance > 0.9999
    assert Moment(0.0, 0.0, "0" * 24 + "80000000").chance == 0.5
