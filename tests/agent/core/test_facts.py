"""Facts in words, by kind, and folded into a device type."""

import pytest
from samebox_agent.core.facts import by_name, device_type_from, in_words, of_kinds
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import (
    BY_NAME,
    CATALOGUE,
    Fact,
    FactKind,
    FactSpec,
    FactType,
    FactValue,
    Unit,
)

T14 = (
    Fact(name="os_version.platform", value="windows"),
    Fact(name="os_version.version", value="11"),
    Fact(name="system_info.hardware_vendor", value="Lenovo"),
    Fact(name="system_info.hardware_family", value="ThinkPad T14"),
    Fact(name="system_info.hardware_model", value="ThinkPad T14 Gen 3"),
)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("mounts.system_free", 9_000_000_000, "9 GB"),
        ("mounts.system_free", 9_460_000_000, "9.5 GB"),
        ("mounts.system_free", 255_000_000_000, "255 GB"),
        ("mounts.system_free", 999_999_999_999, "1 TB"),
        ("mounts.system_free", 2_000_000_000_000, "2 TB"),
        ("mounts.system_free", 3_200_000_000_000_000_000, "3200 PB"),
        ("mounts.system_free", 512, "512 bytes"),
        ("mounts.system_free", 0, "0 bytes"),
        ("system_info.physical_memory", 17_179_869_184, "16 GB"),
        ("memory_info.memory_available", 700 * 1024**2, "700 MB"),
        ("mounts.system_free_percent", 3.5, "3.5%"),
        ("mounts.system_free_percent", 3.0, "3%"),
        ("mounts.system_free_percent", 9.96, "10%"),
        ("mounts.system_free_percent", 81.4, "81%"),
        ("battery.percent_remaining", 64, "64%"),
        ("uptime.total_seconds", 518_400, "6 days"),
        ("uptime.total_seconds", 129_600, "36 hours"),
        ("uptime.total_seconds", 5_400, "90 minutes"),
        ("uptime.total_seconds", 119, "119 seconds"),
        ("time.clock_offset", 1.2, "1.2 seconds"),
        ("time.clock_offset", 1.0, "1 second"),
        ("time.clock_offset", -420.0, "7 minutes"),
        ("wifi_status.rssi", -61, "-61 dBm"),
        ("battery.cycle_count", 512, "512"),
        ("battery.charging", True, "yes"),
        ("battery.charging", False, "no"),
        ("os_version.platform", "macos", "macOS"),
        ("interface_details.connection", "wifi", "Wi-Fi"),
        ("os_version.name", "Windows 11 Pro", "Windows 11 Pro"),
    ],
)
def test_a_value_in_words(name: str, value: FactValue, words: str) -> None:
    assert in_words(BY_NAME[name], value) == words


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        (Unit.DAYS, 1, "1 day"),
        (Unit.DAYS, 12, "12 days"),
        (Unit.CELSIUS, 91.4, "91 °C"),
    ],
)
def test_units_that_no_fact_has_yet(unit: Unit, value: int, words: str) -> None:
    spec = FactSpec(
        name="a.b", kind=FactKind.BATTERY, type=FactType.INT, unit=unit, label="", example=1
    )
    assert in_words(spec, value) == words


@pytest.mark.parametrize("spec", CATALOGUE, ids=lambda spec: spec.name)
def test_every_example_can_be_said(spec: FactSpec) -> None:
    assert in_words(spec, spec.example)


def test_only_facts_of_the_kinds_asked_for() -> None:
    level = Fact(name="battery.percent_remaining", value=64)
    made_up = Fact(name="made.up", value=1)
    kinds = frozenset({FactKind.BATTERY})
    assert of_kinds((*T14, level, made_up), kinds) == (level,)
    assert of_kinds((*T14, level), frozenset()) == ()


def test_by_name_is_a_table() -> None:
    assert by_name(T14[:2]) == {"os_version.platform": "windows", "os_version.version": "11"}


def test_a_device_type_from_all_its_facts() -> None:
    assert device_type_from(T14) == DeviceType(
        system=System.WINDOWS,
        system_version="11",
        vendor="Lenovo",
        family="ThinkPad T14",
        model="ThinkPad T14 Gen 3",
    )


def test_what_is_not_told_stays_empty() -> None:
    assert device_type_from(()) == DeviceType()
    odd = (
        Fact(name="os_version.platform", value="plan9"),
        Fact(name="os_version.version", value=11),
    )
    assert device_type_from(odd) == DeviceType()
