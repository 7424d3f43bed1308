"""On the battery or not."""

import sys
from pathlib import Path

import pytest
from samebox_agent.desktop.power import on_battery
from samebox_shared.model.devices import System

MAINS_OUT = {"AC/type": "Mains", "AC/online": "0"}
MAINS_IN = {"AC/type": "Mains", "AC/online": "1"}
DRAINED = {"BAT0/type": "Battery", "BAT0/status": "Discharging"}
FULL = {"BAT0/type": "Battery", "BAT0/status": "Full"}
MOUSE = {
    "mouse/type": "Battery",
    "mouse/scope": "Device",
    "mouse/status": "Discharging",
}


@pytest.mark.parametrize(
    ("files", "answer"),
    [
        (MAINS_OUT | DRAINED, True),
        (MAINS_IN | FULL, False),
        (MAINS_OUT | {"usb/type": "USB", "usb/online": "1"}, False),
        (DRAINED, True),
        (FULL, False),
        (MOUSE, False),
        ({}, False),
    ],
)
def test_linux(tmp_path: Path, files: dict[str, str], answer: bool) -> None:
    supplies = tmp_path / "sys/class/power_supply"
    supplies.mkdir(parents=True)
    for name, text in files.items():
        (supplies / name).parent.mkdir(exist_ok=True)
        (supplies / name).write_text(f"{text}\n")
    assert on_battery(System.LINUX, tmp_path) is answer


def test_linux_without_the_folder(tmp_path: Path) -> None:
    assert on_battery(System.LINUX, tmp_path) is None


@pytest.mark.skipif(sys.platform != "linux", reason="about the two other systems")
@pytest.mark.parametrize("system", [System.WINDOWS, System.MACOS])
def test_the_other_systems_cannot_be_asked_here(system: System) -> None:
    assert on_battery(system) is None


def test_this_machine_answers() -> None:
    here = {"win32": System.WINDOWS, "darwin": System.MACOS}.get(sys.platform, System.LINUX)
    assert on_battery(here) in (True, False, None)
