"""The device type on three systems."""

import plistlib
from pathlib import Path

import pytest
from samebox_agent.collectors.device_type import (
    LinuxDeviceType,
    MacDeviceType,
    WindowsDeviceType,
    mac_family,
)

from tests.agent.collectors.machine_fakes import FakePrograms, FakeRegistry, tree, values

DMI = "sys/class/dmi/id"
NT = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
BIOS = r"HKLM\HARDWARE\DESCRIPTION\System\BIOS"
T14 = {
    "system_info.hardware_vendor": "Lenovo",
    "system_info.hardware_family": "ThinkPad T14",
    "system_info.hardware_model": "ThinkPad T14 Gen 3",
}


def test_linux_reads_the_release_and_the_firmware(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "etc/os-release": 'ID=ubuntu\nVERSION_ID="24.04"\n',
            f"{DMI}/sys_vendor": "LENOVO\n",
            f"{DMI}/product_name": "21AHCTO1WW\n",
            f"{DMI}/product_version": "ThinkPad T14 Gen 3\n",
            f"{DMI}/product_family": "ThinkPad T14 Gen 3\n",
            f"{DMI}/product_serial": "PF3SECRET\n",
        },
    )
    expected = {"os_version.platform": "linux", "os_version.version": "24.04", **T14}
    assert values(LinuxDeviceType(tmp_path)) == expected


def test_linux_with_nothing_tells_only_that_it_is_linux(tmp_path: Path) -> None:
    assert values(LinuxDeviceType(tmp_path)) == {"os_version.platform": "linux"}


def test_an_arm_board_tells_its_model_elsewhere(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "usr/lib/os-release": "VERSION_ID=41\n",
            "sys/firmware/devicetree/base/model": "Apple MacBook Air (13-inch, M2, 2022)\0",
        },
    )
    assert values(LinuxDeviceType(tmp_path)) == {
        "os_version.platform": "linux",
        "os_version.version": "41",
        "system_info.hardware_model": "Apple MacBook Air (13-inch, M2, 2022)",
    }


@pytest.mark.parametrize(("build", "version"), [("22631", "11"), ("19045", "10")])
def test_windows_reads_the_registry(build: str, version: str) -> None:
    registry = FakeRegistry(
        {
            NT: {"CurrentBuild": build},
            BIOS: {
                "SystemManufacturer": "LENOVO",
                "SystemProductName": "21AHCTO1WW",
                "SystemVersion": "ThinkPad T14 Gen 3",
                "SystemFamily": "ThinkPad T14 Gen 3",
            },
        }
    )
    expected = {"os_version.platform": "windows", "os_version.version": version, **T14}
    assert values(WindowsDeviceType(registry)) == expected


def test_windows_without_a_readable_registry() -> None:
    assert values(WindowsDeviceType(FakeRegistry({}))) == {"os_version.platform": "windows"}


def a_mac(root: Path) -> Path:
    path = root / "System/Library/CoreServices/SystemVersion.plist"
    path.parent.mkdir(parents=True)
    path.write_bytes(plistlib.dumps({"ProductVersion": "15.1"}))
    return root


def test_macos_says_the_name_on_the_box(tmp_path: Path) -> None:
    answer = plistlib.dumps([{"product-name": b"MacBook Air (M2, 2022)\0"}])
    programs = FakePrograms({"product": answer})
    assert values(MacDeviceType(a_mac(tmp_path), programs, lambda name: "Mac14,2")) == {
        "os_version.platform": "macos",
        "os_version.version": "15.1",
        "system_info.hardware_vendor": "Apple",
        "system_info.hardware_family": "MacBook Air",
        "system_info.hardware_model": "MacBook Air (M2, 2022)",
    }


def test_an_older_mac_says_its_code(tmp_path: Path) -> None:
    mac = MacDeviceType(a_mac(tmp_path), FakePrograms({}), lambda name: "MacBookPro16,1")
    assert values(mac)["system_info.hardware_model"] == "MacBookPro16,1"
    assert values(mac)["system_info.hardware_family"] == "MacBook Pro"


def test_a_mac_that_says_nothing(tmp_path: Path) -> None:
    mac = MacDeviceType(tmp_path, FakePrograms({}), lambda name: None)
    assert values(mac) == {
        "os_version.platform": "macos",
        "system_info.hardware_vendor": "Apple",
    }


def test_a_bare_code_has_no_family() -> None:
    assert mac_family("Mac14,2") is None
