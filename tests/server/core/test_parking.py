"""When a parked question is looked at again."""

from samebox_server.core.parking import HOUR, Patience, again_at


def test_the_first_look_is_soon_and_the_later_ones_are_a_day_apart() -> None:
    assert again_at(0, 100.0, Patience()) == 100.0 + 4 * HOUR
    assert again_at(1, 100.0, Patience()) == again_at(7, 100.0, Patience()) == 100.0 + 24 * HOUR
