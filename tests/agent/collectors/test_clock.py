"""The time zone."""

from pathlib import Path

from samebox_agent.collectors.clock import UnixClock, WindowsClock

from tests.agent.collectors.machine_fakes import FakeRegistry, tree, values

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
