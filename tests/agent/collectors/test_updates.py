"""The last update, and how many wait."""

import gzip
import plistlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from samebox_agent.collectors.updates import LinuxUpdates, MacUpdates, WindowsUpdates, last_day

from tests.agent.collectors.machine_fakes import FakeRegistry, tree, values

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DPKG = """\
2026-10-20 08:00:01 upgrade libc6:amd64 2.36-9 2.36-10
2026-10-24 08:00:02 status installed libc6:amd64 2.36-10
2026-11-20 09:00:00 install gimp:amd64 <none> 2.10
"""
CBS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\Packages"
DAILY = {
    "date": datetime(2026, 11, 26, 7),  # noqa: DTZ001 - property lists have no zones
    "displayName": "XProtectPlistConfigData",
    "processName": "softwareupdated",
    "contentType": "config-data",
}


def now() -> float:
    return NOW.timestamp()


def test_an_update_is_a_package_that_got_newer(tmp_path: Path) -> None:
    tree(tmp_path, {"var/log/dpkg.log": DPKG})
    assert values(LinuxUpdates(tmp_path, now)) == {"updates.last_installed_days": 38}


def test_older_logs_are_packed(tmp_path: Path) -> None:
    tree(tmp_path, {"var/log/dpkg.log": DPKG.splitlines()[2], "var/log/dpkg.log.1": ""})
    packed = tmp_path / "var/log/dpkg.log.2.gz"
    packed.write_bytes(gzip.compress(b"2026-09-01 10:00:00 upgrade bash:amd64 1 2\n"))
    assert values(LinuxUpdates(tmp_path, now)) == {"updates.last_installed_days": 87}


def test_a_torn_log_is_passed_over(tmp_path: Path) -> None:
    tree(tmp_path, {"var/log/dpkg.log.1": "", "var/log/dpkg.log.2.gz": "torn"})
    assert values(LinuxUpdates(tmp_path, now)) == {}


@pytest.mark.parametrize(
    ("log", "line"),
    [
        ("dnf.rpm.log", "2026-11-25T12:00:00+0100 SUBDEBUG Upgrade: kernel-6.11.10\n"),
        ("pacman.log", "[2026-11-25T12:00:00+0100] [ALPM] upgraded linux (6.11.9 -> 6.11.10)\n"),
    ],
)
def test_the_other_package_managers(tmp_path: Path, log: str, line: str) -> None:
    tree(tmp_path, {f"var/log/{log}": line})
    assert values(LinuxUpdates(tmp_path, now)) == {"updates.last_installed_days": 2}


def test_ubuntu_keeps_a_count(tmp_path: Path) -> None:
    kept = "\nExpanded Security Maintenance is off.\n\n12 updates can be applied immediately.\n"
    tree(tmp_path, {"var/lib/update-notifier/updates-available": kept})
    assert values(LinuxUpdates(tmp_path, now)) == {"updates.waiting": 12}


def test_a_clock_that_was_set_back_makes_no_day_of_the_future(tmp_path: Path) -> None:
    tree(tmp_path, {"var/log/dpkg.log": "2027-01-01 10:00:00 upgrade bash:amd64 1 2\n"})
    assert values(LinuxUpdates(tmp_path, now)) == {"updates.last_installed_days": 0}


def test_the_day_is_taken_from_the_line_of_the_mark() -> None:
    assert (
        last_day("2026-01-01 status x\nno day upgrade x\n2026-01-02 status x", " upgrade ") is None
    )


def package(name: str, state: int, day: datetime) -> dict[str, dict[str, str | int | None]]:
    ticks = round((day.timestamp() + 11_644_473_600) * 10_000_000)
    told: dict[str, str | int | None] = {
        "CurrentState": state,
        "InstallTimeHigh": ticks >> 32,
        "InstallTimeLow": ticks & 0xFFFFFFFF,
    }
    return {rf"{CBS}\{name}": told}


def test_windows_installs_one_package_a_month() -> None:
    registry = FakeRegistry(
        package("Package_for_RollupFix~31bf~amd64~~1.7", 80, datetime(2026, 9, 9, tzinfo=UTC))
        | package("Package_for_RollupFix~31bf~amd64~~1.8", 112, datetime(2026, 10, 14, tzinfo=UTC))
        | package("Package_for_RollupFix~31bf~amd64~~1.9", 64, datetime(2026, 11, 11, tzinfo=UTC))
        | package("Microsoft-Windows-Notepad", 112, datetime(2026, 11, 20, tzinfo=UTC))
    )
    assert values(WindowsUpdates(registry, now)) == {"updates.last_installed_days": 44}


def test_a_fresh_windows_has_none() -> None:
    half = {rf"{CBS}\Package_for_RollupFix~1": {"CurrentState": 112, "InstallTimeHigh": 1}}
    assert values(WindowsUpdates(FakeRegistry(half), now)) == {}


def test_macos_without_its_daily_lists_of_malware(tmp_path: Path) -> None:
    system = DAILY | {
        "date": datetime(2026, 11, 7, 7),  # noqa: DTZ001
        "displayName": "macOS 15.1.1",
        "contentType": "",
    }
    of_a_program = DAILY | {"processName": "installer", "contentType": ""}
    write(tmp_path / "Library/Receipts/InstallHistory.plist", [system, DAILY, of_a_program])
    write(
        tmp_path / "Library/Preferences/com.apple.SoftwareUpdate.plist",
        {"LastUpdatesAvailable": 2},
    )
    assert values(MacUpdates(tmp_path, now)) == {
        "updates.waiting": 2,
        "updates.last_installed_days": 20,
    }


def test_macos_that_tells_nothing(tmp_path: Path) -> None:
    assert values(MacUpdates(tmp_path, now)) == {}


def write(path: Path, content: list[object] | dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(plistlib.dumps(content))
