"""Whether anybody has tried an article on a system as new as this laptop's."""

import pytest
from samebox_agent.core.proving import is_untried
from samebox_shared.model.articles import Proven
from samebox_shared.model.devices import DeviceType, System

MAC, WINDOWS, LINUX = System.MACOS, System.WINDOWS, System.LINUX


@pytest.mark.parametrize(
    ("system", "known", "here", "untried"),
    [
        (MAC, "15.1", "26.0", True),
        (MAC, "15.1", "15.7", False),
        (WINDOWS, "10", "11", True),
        (WINDOWS, "11", "10", False),
        (LINUX, "22.04", "24.04", True),
        (LINUX, "24.04", "42", False),
        (LINUX, "13", "42", False),
        (LINUX, "12", "13", True),
        (LINUX, "24.04", "24.04", False),
        (LINUX, "24.04", "rolling", False),
        (LINUX, "24.04", "", False),
    ],
)
def test_a_newer_system_than_the_proven_one_is_untried(
    system: System, known: str, here: str, untried: bool
) -> None:
    proven = (Proven(system=system, system_version=known),)
    assert is_untried(proven, DeviceType(system=system, system_version=here)) is untried


def test_what_is_not_known_is_not_said() -> None:
    here = DeviceType(system=MAC, system_version="26")
    assert not is_untried((), here)
    assert not is_untried((Proven(system=WINDOWS, system_version="1"),), here)
