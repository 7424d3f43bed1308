"""System name, build and architecture."""

import platform
import plistlib
from pathlib import Path

import pytest
from samebox_agent.collectors.operating_system import (
    LinuxOperatingSystem,
    MacOperatingSystem,
    WindowsOperatingSystem,
    architecture,
)

from tests.agent.collectors.machine_fakes import FakeRegistry, tree, values

NT = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
ENVIRONMENT = r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment"


def test_linux(tmp_path: Path) -> None:
    tree(tmp_path, {"etc/os-release": 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'})
    found = values(LinuxOperatingSystem(tmp_path))
    assert found["os_version.name"] == "Debian GNU/Linux 12 (bookworm)"
    assert found["os_version.build"] == platform.release()


def test_linux_without_a_release_file(tmp_path: Path) -> None:
    assert "os_version.name" not in values(LinuxOperatingSystem(tmp_path))


@pytest.mark.parametrize(
    ("build", "name"), [("26100", "Windows 11 Pro"), ("19045", "Windows 10 Pro")]
)
def test_windows(build: str, name: str) -> None:
    registry = FakeRegistry(
        {
            NT: {"CurrentBuild": build, "UBR": 2314, "ProductName": "Windows 10 Pro"},
            ENVIRONMENT: {"PROCESSOR_ARCHITECTURE": "AMD64"},
        }
    )
    assert values(WindowsOperatingSystem(registry)) == {
        "os_version.name": name,
        "os_version.build": f"{build}.2314",
        "os_version.arch": "x86_64",
    }


def test_windows_without_a_revision() -> None:
    registry = FakeRegistry({NT: {"CurrentBuild": "26100"}})
    assert values(WindowsOperatingSystem(registry)) == {"os_version.build": "26100"}


def test_macos(tmp_path: Path) -> None:
    path = tmp_path / "System/Library/CoreServices/SystemVersion.plist"
    path.parent.mkdir(parents=True)
    told = {"ProductName": "macOS", "ProductVersion": "15.1", "ProductBuildVersion": "24B83"}
    path.write_bytes(plistlib.dumps(told))
    found = values(MacOperatingSystem(tmp_path))
    assert found["os_version.name"] == "macOS 15.1"
    assert found["os_version.build"] == "24B83"


def test_macos_without_the_file_tells_only_the_architecture(tmp_path: Path) -> None:
    assert set(values(MacOperatingSystem(tmp_path))) <= {"os_version.arch"}


def test_one_word_per_architecture() -> None:
    told = ("AMD64", "x86_64", "ARM64", "aarch64")
    assert [architecture(one) for one in told] == ["x86_64", "x86_64", "arm64", "arm64"]
