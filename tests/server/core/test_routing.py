"""Whom to ask next."""

from dataclasses import replace

import pytest
from samebox_server.core.routing import Asking, Candidate, Chosen, Pace, Wave, newcomer, next_wave
from samebox_shared.model.devices import DeviceType, Ring, System
from samebox_shared.model.ids import PersonId

NOW = 1_000.0
PACE = Pace()
GEN_3 = DeviceType(
    system=System.LINUX, vendor="Lenovo", family="ThinkPad T14", model="ThinkPad T14 Gen 3"
)
GEN_1 = DeviceType(
    system=System.LINUX, vendor="Lenovo", family="ThinkPad T14", model="ThinkPad T14 Gen 1"
)
DELL = DeviceType(system=System.LINUX, vendor="Dell", family="XPS", model="XPS 13")
MAC = DeviceType(system=System.MACOS, vendor="Apple", family="MacBook Air", model="MacBook Air M2")
QUESTION = Asking(asker=PersonId("ada"), device_type=GEN_3)
NOBODY: frozenset[PersonId] = frozenset()


def helper(name: str, *types: DeviceType, last_asked: float = 0.0) -> Candidate:
    return Candidate(
        person_id=PersonId(name), device_types=types, is_helping=True, last_asked=last_asked
    )


TWIN, COUSIN, NEIGHBOUR, STRANGER = (
    helper("twin", GEN_3),
    helper("cousin", GEN_1),
    helper("neighbour", DELL),
    helper("stranger", MAC),
)
INA = Candidate(person_id=PersonId("ina"), is_it=True)
EVERYONE = [INA, STRANGER, NEIGHBOUR, COUSIN, TWIN]


def wave(
    candidates: list[Candidate], *asked: str, question: Asking = QUESTION, pace: Pace = PACE
) -> Wave:
    return next_wave(question, candidates, frozenset(map(PersonId, asked)), NOW, pace)


def names(found: Wave) -> list[str]:
    return [chosen.person_id for chosen in found.helpers]


def test_the_rings_are_asked_from_near_to_far_and_end_with_it() -> None:
    asked: list[str] = []
    rings = []
    for _ in range(4):
        found = wave(EVERYONE, *asked)
        rings.append((found.ring, names(found), found.until - NOW))
        asked += names(found)
    assert rings == [
        (Ring.SAME_MODEL, ["twin"], 30.0),
        (Ring.SAME_FAMILY, ["cousin"], 30.0),
        (Ring.SAME_SYSTEM, ["neighbour"], 30.0),
        (Ring.IT, ["ina"], 120.0),
    ]


def test_empty_rings_are_skipped_at_once() -> None:
    assert wave([INA, NEIGHBOUR]).ring is Ring.SAME_SYSTEM


def test_it_is_asked_again_and_again() -> None:
    found = wave(EVERYONE, "twin", "cousin", "neighbour", "ina")
    assert (found.ring, names(found)) == (Ring.IT, ["ina"])


def test_with_nobody_there_the_last_ring_waits_for_its_time() -> None:
    assert wave([]) == Wave(ring=Ring.IT, helpers=(), until=NOW + 120)


def test_a_wave_is_small_and_takes_whoever_was_not_asked_for_longest() -> None:
    twins = [
        helper(name, GEN_3, last_asked=at) for name, at in zip("abcd", (4, 1, 3, 2), strict=True)
    ]
    assert names(wave(twins)) == ["b", "d", "c"]
    assert names(wave(twins, pace=Pace(wave_size=1))) == ["b"]


def test_all_of_it_is_asked_however_many() -> None:
    it = [replace(INA, person_id=PersonId(f"it{number}")) for number in range(5)]
    assert len(wave(it).helpers) == 5


@pytest.mark.parametrize(
    "absent",
    [
        replace(TWIN, is_free=False),
        replace(TWIN, is_helping=False),
        replace(TWIN, person_id=QUESTION.asker),
        STRANGER,
    ],
)
def test_who_is_not_asked(absent: Candidate) -> None:
    assert wave([absent]).helpers == ()


def test_it_with_the_same_laptop_is_asked_as_a_colleague_when_they_want_to() -> None:
    colleague = replace(INA, is_helping=True, device_types=(GEN_3,))
    assert wave([colleague]).ring is Ring.SAME_MODEL


def test_the_nearest_of_several_laptops_counts() -> None:
    assert wave([helper("two", DELL, GEN_3)]).ring is Ring.SAME_MODEL


def test_without_a_system_only_it_is_asked() -> None:
    found = wave(EVERYONE, question=replace(QUESTION, device_type=DeviceType()))
    assert (found.ring, names(found)) == (Ring.IT, ["ina"])


@pytest.mark.parametrize(
    ("who", "current", "open_offers", "ring"),
    [
        (TWIN, Ring.SAME_MODEL, 1, Ring.SAME_MODEL),
        (TWIN, Ring.SAME_SYSTEM, 2, Ring.SAME_MODEL),
        (TWIN, Ring.SAME_MODEL, 3, None),
        (TWIN, Ring.IT, 7, Ring.SAME_MODEL),
        (COUSIN, Ring.SAME_MODEL, 0, None),
        (INA, Ring.IT, 0, Ring.IT),
        (INA, Ring.SAME_MODEL, 0, None),
        (STRANGER, Ring.IT, 0, None),
        (replace(TWIN, is_free=False), Ring.IT, 0, None),
    ],
)
def test_whoever_comes_is_asked_if_they_fit_the_ring_or_nearer(
    who: Candidate, current: Ring, open_offers: int, ring: Ring | None
) -> None:
    chosen = newcomer(QUESTION, who, NOBODY, current, open_offers, PACE)
    expected = Chosen(person_id=who.person_id, ring=ring) if ring else None
    assert chosen == expected


def test_nobody_is_a_newcomer_twice() -> None:
    asked = frozenset({TWIN.person_id})
    assert newcomer(QUESTION, TWIN, asked, Ring.IT, 0, PACE) is None
