"""Locked or asleep is away, and nothing more is told."""

import pytest
from samebox_agent.desktop.availability import Reasons, Unknown, availability_for
from samebox_agent.desktop.availability_linux import LinuxAvailability
from samebox_shared.model.devices import System


def test_away_is_told_with_the_first_reason_and_back_with_the_end_of_the_last() -> None:
    told: list[bool] = []
    reasons = Reasons(told.append)
    reasons.set("locked", False)
    reasons.set("locked", True)
    reasons.set("locked", True)
    reasons.set("asleep", True)
    reasons.set("locked", False)
    reasons.set("asleep", False)
    assert told == [True, False]


@pytest.mark.parametrize("system", [System.WINDOWS, System.MACOS])
async def test_a_system_that_does_not_tell_yet_is_left_alone(system: System) -> None:
    told: list[bool] = []
    watch = availability_for(system)
    assert isinstance(watch, Unknown)
    await watch.watch(told.append)
    assert told == []


def test_linux_tells() -> None:
    assert isinstance(availability_for(System.LINUX), LinuxAvailability)
