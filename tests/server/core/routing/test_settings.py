"""The numbers."""

import pytest
from samebox_server.core.routing.settings import Pace


@pytest.mark.parametrize(("first", "sizes"), [(2, [2, 3, 4, 4]), (6, [6, 6, 6, 6])])
def test_waves_widen_and_never_narrow(first: int, sizes: list[int]) -> None:
    pace = Pace(wave_size=first, widest=4)
    assert [pace.size(waves) for waves in range(4)] == sizes


def test_a_parked_question_is_looked_at_less_and_less() -> None:
    pace = Pace(park_seconds=10.0, park_most=60.0)
    assert [pace.parked_for(parked) for parked in (0, 1, 2, 3, 9_999)] == [10, 20, 40, 60, 60]


def test_an_offer_outlives_the_wave_it_was_made_in() -> None:
    assert Pace().offer_seconds > Pace().wave_seconds
