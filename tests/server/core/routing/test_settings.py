"""The numbers."""

import pytest
from samebox_server.core.routing.settings import Limits, Pace


@pytest.mark.parametrize(("first", "sizes"), [(2, [2, 3, 4, 4]), (6, [6, 6, 6, 6])])
def test_waves_widen_and_never_narrow(first: int, sizes: list[int]) -> None:
    pace = Pace(wave_size=first, widest=4)
    assert [pace.size(waves) for waves in range(4)] == sizes


def test_a_parked_question_is_looked_at_less_and_less() -> None:
    pace = Pace(park_seconds=10.0, park_most=60.0)
    assert [pace.parked_for(parked) for parked in (0, 1, 2, 3, 9_999)] == [10, 20, 40, 60, 60]


def test_the_rest_after_a_session_follows_its_length() -> None:
    limits = Limits(short_minutes=2, hard_minutes=25, rest_seconds=600, cool_seconds=3600)
    assert [limits.rest_after(minutes) for minutes in (1, 2, 24, 25)] == [0, 600, 600, 3600]


def test_an_offer_outlives_the_wave_it_was_made_in() -> None:
    assert Pace().offer_seconds > Pace().wave_seconds
