"""The time zone, and who sets the clock."""

import sys
from pathlib import Path

import pytest
from samebox_agent.collectors.clock import LinuxClock, UnixClock, WindowsClock, kernels_doubt
from samebox_agent.collectors.windows_registry import RegistryValue

from tests.agent.collectors.machine_fakes import FakeRegistry, tree, values

W32TIME = r"HKLM\SYSTEM\CurrentControlSet\Services\W32Time"
KEY = r"HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation"


def test_the_zone_that_localtime_points_at(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "etc/localtime": "-> /usr/share/zoneinfo/Europe/Amsterdam",
            "etc/timezone": "Etc/UTC\n",
        },
    )
    assert values(UnixClock(tmp_path)) == {"time.timezone": "Europe/Amsterdam"}


def test_macos_keeps_its_zones_elsewhere(tmp_path: Path) -> None:
    tree(tmp_path, {"etc/localtime": "-> /var/db/timezone/zoneinfo/Europe/Paris"})
    assert values(UnixClock(tmp_path)) == {"time.timezone": "Europe/Paris"}


def test_a_copied_file_is_named_by_debian(tmp_path: Path) -> None:
    tree(tmp_path, {"etc/localtime": "TZif2", "etc/timezone": "Europe/Rome\n"})
    assert values(UnixClock(tmp_path)) == {"time.timezone": "Europe/Rome"}


def test_a_link_to_somewhere_else_says_nothing(tmp_path: Path) -> None:
    tree(tmp_path, {"etc/localtime": "-> /opt/times/home"})
    assert values(UnixClock(tmp_path)) == {}


def test_windows_has_its_own_names() -> None:
    registry = FakeRegistry({KEY: {"TimeZoneKeyName": "W. Europe Standard Time\0rubbish"}})
    assert values(WindowsClock(registry)) == {"time.timezone": "W. Europe Standard Time"}
    assert values(WindowsClock(FakeRegistry({}))) == {}


@pytest.mark.parametrize(
    ("doubt", "found"),
    [
        (40_000, {"time.synchronised": True}),
        (16_000_000, {"time.synchronised": False}),
        (None, {}),
    ],
)
def test_linux_doubts_a_clock_that_nobody_sets(
    tmp_path: Path, doubt: int | None, found: dict[str, bool]
) -> None:
    assert values(LinuxClock(tmp_path, lambda: doubt)) == found


@pytest.mark.parametrize(
    ("source", "start", "found"),
    [
        ("NTP", 3, {"time.synchronised": True}),
        ("NT5DS", 2, {"time.synchronised": True}),
        ("NoSync", 3, {"time.synchronised": False}),
        ("NTP", 4, {"time.synchronised": False}),
        (None, 3, {}),
    ],
)
def test_windows_is_set_up_to_ask_the_network(
    source: str | None, start: int, found: dict[str, bool]
) -> None:
    keys: dict[str, dict[str, RegistryValue]] = {
        rf"{W32TIME}\Parameters": {"Type": source},
        W32TIME: {"Start": start},
    }
    assert values(WindowsClock(FakeRegistry(keys))) == found


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it")
def test_this_kernel_has_its_doubt() -> None:
    doubt = kernels_doubt()
    assert doubt is not None
    assert 0 <= doubt <= 16_000_000
