"""Charge and health, from the folders of real laptops."""

import plistlib
from pathlib import Path

import pytest
from samebox_agent.collectors.battery import (
    Charge,
    LinuxBattery,
    MacBattery,
    WindowsBattery,
    charge_now,
    runs_on_battery,
    wear,
)
from samebox_shared.model.devices import System

from tests.agent.collectors.machine_fakes import FakePrograms, tree, values

SUPPLIES = "sys/class/power_supply"
THINKPAD = {
    f"{SUPPLIES}/AC/type": "Mains\n",
    f"{SUPPLIES}/AC/online": "0\n",
    f"{SUPPLIES}/BAT0/type": "Battery\n",
    f"{SUPPLIES}/BAT0/present": "1\n",
    f"{SUPPLIES}/BAT0/status": "Discharging\n",
    f"{SUPPLIES}/BAT0/capacity": "64\n",
    f"{SUPPLIES}/BAT0/cycle_count": "512\n",
    f"{SUPPLIES}/BAT0/energy_now": "23000000\n",
    f"{SUPPLIES}/BAT0/energy_full": "36000000\n",
    f"{SUPPLIES}/BAT0/energy_full_design": "52500000\n",
    f"{SUPPLIES}/BAT0/serial_number": "1234\n",
    f"{SUPPLIES}/hidpp_battery_0/type": "Battery\n",
    f"{SUPPLIES}/hidpp_battery_0/scope": "Device\n",
    f"{SUPPLIES}/hidpp_battery_0/capacity": "5\n",
}


def test_a_worn_thinkpad_whose_mouse_has_a_battery_too(tmp_path: Path) -> None:
    assert values(LinuxBattery(tree(tmp_path, THINKPAD))) == {
        "battery.present": True,
        "battery.percent_remaining": 64,
        "battery.charging": False,
        "battery.cycle_count": 512,
        "battery.wear_percent": 31.4,
    }


def test_two_batteries_are_added_up(tmp_path: Path) -> None:
    second = {
        f"{SUPPLIES}/BAT1/type": "Battery\n",
        f"{SUPPLIES}/BAT1/capacity": "100\n",
        f"{SUPPLIES}/BAT1/cycle_count": "9\n",
        f"{SUPPLIES}/BAT1/energy_now": "24000000\n",
        f"{SUPPLIES}/BAT1/energy_full": "24000000\n",
        f"{SUPPLIES}/BAT1/energy_full_design": "24000000\n",
    }
    found = values(LinuxBattery(tree(tmp_path, THINKPAD | second)))
    assert found["battery.percent_remaining"] == 78
    assert found["battery.wear_percent"] == 21.6
    assert found["battery.cycle_count"] == 512


def test_a_battery_that_counts_charge_and_no_cycles(tmp_path: Path) -> None:
    files = {
        f"{SUPPLIES}/BAT0/type": "Battery\n",
        f"{SUPPLIES}/BAT0/status": "Full\n",
        f"{SUPPLIES}/BAT0/capacity": "103\n",
        f"{SUPPLIES}/BAT0/cycle_count": "0\n",
        f"{SUPPLIES}/BAT0/charge_full": "5100\n",
        f"{SUPPLIES}/BAT0/charge_full_design": "5000\n",
    }
    assert values(LinuxBattery(tree(tmp_path, files))) == {
        "battery.present": True,
        "battery.percent_remaining": 100,
        "battery.charging": True,
        "battery.wear_percent": 0.0,
    }


def test_a_battery_that_says_next_to_nothing(tmp_path: Path) -> None:
    files = {f"{SUPPLIES}/BAT0/type": "Battery\n", f"{SUPPLIES}/BAT0/status": "Unknown\n"}
    assert values(LinuxBattery(tree(tmp_path, files))) == {"battery.present": True}


def test_no_battery_and_no_folder(tmp_path: Path) -> None:
    assert values(LinuxBattery(tmp_path)) == {}
    (tmp_path / SUPPLIES).mkdir(parents=True)
    assert values(LinuxBattery(tmp_path)) == {"battery.present": False}


def test_windows() -> None:
    assert values(WindowsBattery(lambda: Charge(64, False))) == {
        "battery.present": True,
        "battery.percent_remaining": 64,
        "battery.charging": False,
    }
    assert values(WindowsBattery(lambda: None)) == {"battery.present": False}
    assert "battery.charging" not in values(WindowsBattery(lambda: Charge(64, None)))


def test_macos() -> None:
    told = {
        "CurrentCapacity": 41,
        "MaxCapacity": 100,
        "ExternalConnected": False,
        "AppleRawMaxCapacity": 2925,
        "DesignCapacity": 4382,
        "CycleCount": 934,
    }
    programs = FakePrograms({"AppleSmartBattery": plistlib.dumps([told])})
    assert values(MacBattery(programs)) == {
        "battery.present": True,
        "battery.percent_remaining": 41,
        "battery.charging": False,
        "battery.cycle_count": 934,
        "battery.wear_percent": 33.2,
    }


def test_a_mac_without_a_battery() -> None:
    programs = FakePrograms({"AppleSmartBattery": b""})
    assert values(MacBattery(programs)) == {"battery.present": False}


def test_wear_needs_both_numbers() -> None:
    assert wear(None, 100) is None
    assert wear(90, 0) is None


def test_psutil_answers_here() -> None:
    charge = charge_now()
    assert charge is None or 0 <= charge.percent <= 100


@pytest.mark.parametrize(("online", "on_battery"), [("0", True), ("1", False)])
def test_the_cable_tells_whether_it_runs_on_battery(
    tmp_path: Path, online: str, on_battery: bool
) -> None:
    root = tree(tmp_path, THINKPAD | {f"{SUPPLIES}/AC/online": online})
    assert runs_on_battery(System.LINUX, root) is on_battery


def test_what_has_no_battery_is_plugged_in(tmp_path: Path) -> None:
    assert not runs_on_battery(System.LINUX, tmp_path)


@pytest.mark.parametrize("system", [System.WINDOWS, System.MACOS])
def test_psutil_tells_it_on_the_other_systems(system: System) -> None:
    charge = charge_now()
    unplugged = charge is not None and charge.on_mains is False
    assert runs_on_battery(system) is unplugged
