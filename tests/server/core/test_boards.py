"""Whose board a parked question stands on, and where on it."""

from dataclasses import dataclass

import pytest
from samebox_server.core.boards import MOST_SHOWN, board, ring_on_board
from samebox_shared.model.devices import DeviceType, Ring, System


def thinkpad(model: str, family: str = "T14", vendor: str = "Lenovo") -> DeviceType:
    return DeviceType(system=System.LINUX, vendor=vendor, family=family, model=model)


MINE = (thinkpad("T14 Gen 3"), DeviceType(system=System.IOS, vendor="Apple", model="iPhone 15"))


@dataclass(frozen=True)
class Waiting:
    name: str
    device_type: DeviceType


@pytest.mark.parametrize(
    ("asked", "ring"),
    [
        (thinkpad("T14 Gen 3"), Ring.SAME_MODEL),
        (thinkpad("T14 Gen 1"), Ring.SAME_FAMILY),
        (thinkpad("X1", family="X1"), Ring.SAME_VENDOR),
        (thinkpad("XPS", family="XPS", vendor="Dell"), Ring.SAME_SYSTEM),
        (DeviceType(system=System.IOS, vendor="Apple", model="iPhone 15"), Ring.SAME_MODEL),
        (DeviceType(system=System.WINDOWS), None),
        (DeviceType(), None),
    ],
)
def test_a_question_stands_where_the_nearest_of_my_devices_stands(
    asked: DeviceType, ring: Ring | None
) -> None:
    assert ring_on_board(asked, MINE, is_it=False) is ring


def test_it_sees_everything_last() -> None:
    assert ring_on_board(DeviceType(), (), is_it=True) is Ring.IT
    assert ring_on_board(thinkpad("T14 Gen 3"), MINE, is_it=True) is Ring.SAME_MODEL


def test_the_nearest_comes_first_and_then_the_newest() -> None:
    newest_first = [
        Waiting("other system", DeviceType(system=System.WINDOWS)),
        Waiting("new, family", thinkpad("T14 Gen 1")),
        Waiting("new, model", thinkpad("T14 Gen 3")),
        Waiting("old, model", thinkpad("T14 Gen 3")),
    ]
    shown = [one.name for one in board(newest_first, MINE, is_it=False)]
    assert shown == ["new, model", "old, model", "new, family"]


def test_a_board_is_never_longer_than_people_read() -> None:
    many = [Waiting(str(count), thinkpad("T14 Gen 3")) for count in range(MOST_SHOWN + 1)]
    assert len(board(many, MINE, is_it=False)) == MOST_SHOWN
