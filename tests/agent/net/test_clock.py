"""The server's clock, from the times it tells."""

import pytest
from samebox_agent.net.clock import ClockOffset, after_heartbeat, from_round_trip


def test_a_round_trip_bounds_the_offset() -> None:
    offset = from_round_trip(100.0, 100.4, 3700.1)
    assert offset.seconds == pytest.approx(3599.9)
    assert offset.error == pytest.approx(0.2)


def test_a_clock_set_back_in_between_gives_bounds_in_order() -> None:
    offset = from_round_trip(100.0, 40.0, 100.0)
    assert offset == ClockOffset(0.0, 60.0)


def test_a_quick_heartbeat_narrows_it() -> None:
    assert after_heartbeat(ClockOffset(4.0, 6.0), 100.0, 105.0) == ClockOffset(5.0, 6.0)


def test_a_slow_heartbeat_says_nothing() -> None:
    offset = ClockOffset(4.0, 6.0)
    assert after_heartbeat(offset, 100.0, 103.0) == offset


@pytest.mark.parametrize("server_time", [200.0, 20.0])
def test_a_clock_that_was_set_starts_again(server_time: float) -> None:
    new = after_heartbeat(ClockOffset(4.0, 6.0), 100.0, server_time)
    assert new == ClockOffset(server_time - 100.0, server_time - 98.0)
