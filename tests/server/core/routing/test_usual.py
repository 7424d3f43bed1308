"""How long it usually takes."""

from samebox_server.core.routing.usual import REMEMBERED, UsualWaits
from samebox_shared.model.devices import DeviceType

from tests.server.core.routing.people import DELL, GEN_1, GEN_3


def test_without_waits_nothing_is_told() -> None:
    usual = UsualWaits()
    usual.note(GEN_3, 5)
    usual.note(GEN_3, 5)
    assert usual.seconds(GEN_3) == 0


def test_the_nearest_ring_with_enough_of_them_tells() -> None:
    usual = UsualWaits()
    for seconds in (10, 20, 90):
        usual.note(GEN_1, seconds)
    assert usual.seconds(GEN_1) == usual.seconds(GEN_3) == usual.seconds(DELL) == 20
    for seconds in (1, 2, 3):
        usual.note(GEN_3, seconds)
    assert usual.seconds(GEN_3) == 2
    assert usual.seconds(DeviceType()) == 0


def test_only_the_last_ones_count() -> None:
    usual = UsualWaits()
    for seconds in (1_000.0,) * 50 + (7.0,) * REMEMBERED:
        usual.note(GEN_3, seconds)
    assert usual.seconds(GEN_3) == 7
