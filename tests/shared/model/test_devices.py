"""How near two laptops are."""

import pytest
from samebox_shared.model.devices import DeviceType, Ring, System, closeness

MINE = DeviceType(
    system=System.LINUX, vendor="Lenovo", family="ThinkPad T14", model="ThinkPad T14 Gen 3"
)


@pytest.mark.parametrize(
    ("other", "ring"),
    [
        (MINE, Ring.SAME_MODEL),
        (
            DeviceType(system=System.LINUX, vendor="LENOVO", model="thinkpad t14 gen 3"),
            Ring.SAME_MODEL,
        ),
        (
            DeviceType(system=System.LINUX, vendor="Lenovo", family="ThinkPad T14", model="Gen 1"),
            Ring.SAME_FAMILY,
        ),
        (DeviceType(system=System.LINUX, vendor="Lenovo"), Ring.SAME_VENDOR),
        (DeviceType(system=System.LINUX, vendor="Dell", model=MINE.model), Ring.SAME_SYSTEM),
        (DeviceType(system=System.LINUX), Ring.SAME_SYSTEM),
        (DeviceType(system=System.MACOS, vendor="Lenovo", model=MINE.model), None),
        (DeviceType(), None),
    ],
)
def test_the_ring_is_the_innermost_that_fits(other: DeviceType, ring: Ring | None) -> None:
    assert closeness(MINE, other) is ring


def test_two_laptops_that_told_nothing_are_not_the_same_box() -> None:
    assert closeness(DeviceType(), DeviceType()) is None
