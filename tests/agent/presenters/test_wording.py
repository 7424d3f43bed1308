"""Words used on more than one screen."""

from datetime import UTC

import pytest
from samebox_agent.presenters import wording
from samebox_shared.model.devices import DeviceType, Ring, System
from samebox_shared.model.facts import Fact, FactKind

from tests.support.builders import NOW, T14_FACTS, a_device_type

NOTHING = DeviceType()


def test_times_are_short() -> None:
    assert wording.clock_time(NOW, UTC) == "08:00"
    assert wording.day_and_time(NOW, UTC) == "15 Jan 2027, 08:00"


@pytest.mark.parametrize(
    ("device_type", "words", "short"),
    [
        (a_device_type(), "ThinkPad T14 Gen 3, Windows 11", "ThinkPad T14 Gen 3"),
        (DeviceType(family="XPS 13"), "XPS 13", "XPS 13"),
        (DeviceType(system=System.LINUX), "Linux", "Linux laptop"),
        (DeviceType(vendor="Dell"), "Dell", "laptop"),
        (NOTHING, "a laptop", "laptop"),
    ],
)
def test_a_device_is_named_as_people_do(device_type: DeviceType, words: str, short: str) -> None:
    assert wording.device(device_type) == words
    assert wording.short_device(device_type) == short


@pytest.mark.parametrize(
    ("count", "ring", "device_type", "words"),
    [
        (2, Ring.SAME_MODEL, a_device_type(), "2 colleagues with the same ThinkPad T14 Gen 3"),
        (1, Ring.SAME_FAMILY, a_device_type(), "1 colleague with another ThinkPad T14"),
        (2, Ring.SAME_FAMILY, NOTHING, "2 colleagues with another laptop of the same family"),
        (1, Ring.SAME_SYSTEM, a_device_type(), "1 colleague who uses Windows too"),
        (3, Ring.SAME_SYSTEM, NOTHING, "3 colleagues with the same system"),
        (1, Ring.IT, NOTHING, "1 person of IT"),
        (2, Ring.IT, NOTHING, "2 people of IT"),
    ],
)
def test_who_is_asked_is_counted_and_named(
    count: int, ring: Ring, device_type: DeviceType, words: str
) -> None:
    assert wording.colleagues(count, ring, device_type) == words


def test_it_is_named_without_a_count_too() -> None:
    assert wording.whom(Ring.IT, NOTHING) == "of IT"


def test_facts_are_said_by_kind_in_the_order_of_the_catalogue() -> None:
    assert wording.fact_lines(T14_FACTS, FactKind.STORAGE) == (
        "Share of the system disk free: 3.5%",
    )
    backwards = T14_FACTS[::-1]
    assert wording.fact_lines(backwards, FactKind.DEVICE_TYPE)[0] == "Operating system: Windows"
    assert wording.fact_rows((Fact(name="not.ours", value=1),)) == ()
    assert wording.fact_row(T14_FACTS[-1]) == ("Has a battery", "yes")


@pytest.mark.parametrize("kind", FactKind)
def test_every_kind_has_a_name_and_an_example(kind: FactKind) -> None:
    assert wording.KINDS[kind]
    assert ": " in wording.example(kind)


def test_a_time_of_another_day_has_its_day() -> None:
    assert wording.near_time(NOW + 60, NOW, UTC) == "08:01"
    assert wording.near_time(NOW + 86_400, NOW, UTC) == "16 Jan 2027, 08:00"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "a minute"), (170, "3 minutes"), (3600, "60 minutes"), (7200, "2 hours")],
)
def test_about_how_long(seconds: float, words: str) -> None:
    assert wording.duration(seconds) == words


def test_long_texts_are_cut_to_one_line() -> None:
    assert wording.shorten("a\nb") == "a b"
    assert wording.shorten("word " * 20, 10) == "word word…"
