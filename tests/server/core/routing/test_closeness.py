"""Rings as keys."""

from hypothesis import given
from hypothesis import strategies as st
from samebox_server.core.routing.closeness import NEAR, is_at_most, keys, kind, nearest
from samebox_shared.model.devices import DeviceType, Ring, System, closeness

from tests.server.core.routing.people import DELL, GEN_1, GEN_3, MAC

WORDS = st.sampled_from(["", "A", "a", "B"])
TYPES = st.builds(
    DeviceType,
    system=st.sampled_from([None, System.LINUX, System.IOS]),
    vendor=WORDS,
    family=WORDS,
    model=WORDS,
)


@given(TYPES, TYPES)
def test_the_first_shared_key_is_the_ring_of_the_shared_model(
    asker: DeviceType, helper: DeviceType
) -> None:
    assert nearest(asker, (helper,)) is closeness(asker, helper)


@given(TYPES, TYPES)
def test_who_shares_a_near_key_shares_all_farther_ones(one: DeviceType, two: DeviceType) -> None:
    ring = nearest(one, (two,))
    if ring is not None:
        farther = slice(max(2, NEAR.index(ring)), None)
        assert keys(one)[farther] == keys(two)[farther]


def test_the_nearest_of_several_devices_counts() -> None:
    assert nearest(GEN_3, (MAC, DELL, GEN_1)) is Ring.SAME_FAMILY
    assert nearest(GEN_3, (MAC,)) is None


def test_what_is_not_told_has_no_key() -> None:
    assert keys(DeviceType(model="told alone")) == ("", "", "", "")
    assert keys(DeviceType(system=System.ANDROID)) == ("", "", "", "android")
    assert keys(DeviceType(system=System.ANDROID, vendor="Fair", model="5"))[1] == ""


def test_experience_is_counted_by_the_family_or_what_is_told() -> None:
    assert kind(GEN_3) == kind(GEN_1) != kind(DELL)
    assert kind(DeviceType(system=System.LINUX)) == "linux"
    assert kind(DeviceType()) == ""


def test_it_is_the_farthest() -> None:
    assert is_at_most(Ring.SAME_MODEL, Ring.IT)
    assert not is_at_most(Ring.IT, Ring.SAME_SYSTEM)
