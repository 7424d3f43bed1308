"""The last restart and the next one."""

from pathlib import Path

import pytest
from samebox_agent.collectors.restarts import (
    LinuxRestarts,
    MacRestarts,
    WindowsRestarts,
    newer_kernel_installed,
    seconds_since_start,
)

from tests.agent.collectors.machine_fakes import FakeRegistry, tree, values

WINDOWS_UPDATE = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update"


def test_the_distribution_says_that_a_restart_waits(tmp_path: Path) -> None:
    tree(tmp_path, {"proc/uptime": "518400.52 99.1\n", "run/reboot-required": ""})
    assert values(LinuxRestarts(tmp_path)) == {
        "uptime.total_seconds": 518400,
        "updates.restart_pending": True,
    }


def test_a_newer_kernel_says_it_too(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "lib/modules/6.1.0-25-amd64/modules.dep": "",
            "lib/modules/6.1.0-27-amd64/modules.dep": "",
        },
    )
    old = LinuxRestarts(tmp_path, lambda: "6.1.0-25-amd64")
    new = LinuxRestarts(tmp_path, lambda: "6.1.0-27-amd64")
    assert values(old) == {"updates.restart_pending": True}
    assert values(new) == {"updates.restart_pending": False}


def test_the_remains_of_a_removed_kernel_do_not_count(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "lib/modules/6.1.0-25-amd64/modules.dep": "",
            "lib/modules/6.1.0-27-amd64/extra/driver.ko": "",
        },
    )
    assert values(LinuxRestarts(tmp_path, lambda: "6.1.0-25-amd64")) == {
        "updates.restart_pending": False
    }


def test_without_any_sign_nothing_is_said(tmp_path: Path) -> None:
    assert values(LinuxRestarts(tmp_path)) == {}


@pytest.mark.parametrize(
    ("running", "installed", "newer"),
    [
        ("6.11.10-300.fc41.x86_64", ["6.11.9-300.fc41.x86_64", "6.11.10-300.fc41.x86_64"], False),
        ("6.8.0-49-generic", ["6.8.0-49-generic", "6.8.0-50-generic"], True),
        ("6.8.0-49-generic", ["6.8.0-49-generic", "6.11.0-1009-oem"], False),
        ("6.9.1-arch1-1", ["6.10.0-arch1-1"], True),
        ("6.18.44-own", ["6.1.0-25-amd64"], None),
    ],
)
def test_kernels_of_one_flavour(running: str, installed: list[str], newer: bool | None) -> None:
    assert newer_kernel_installed(running, installed) is newer


def test_windows_has_a_key_for_it() -> None:
    waiting = FakeRegistry({rf"{WINDOWS_UPDATE}\RebootRequired": {}})
    assert values(WindowsRestarts(waiting, lambda: 60)) == {
        "updates.restart_pending": True,
        "uptime.total_seconds": 60,
    }
    assert not values(WindowsRestarts(FakeRegistry({}), lambda: 60))["updates.restart_pending"]


def test_macos_tells_only_the_time() -> None:
    assert values(MacRestarts(lambda: 60)) == {"uptime.total_seconds": 60}


def test_the_time_since_the_start_is_no_less_than_nothing() -> None:
    assert seconds_since_start() >= 0
