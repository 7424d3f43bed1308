"""Secure boot."""

from pathlib import Path

import pytest
from samebox_agent.collectors.secure_boot import LinuxSecureBoot, WindowsSecureBoot

from tests.agent.collectors.machine_fakes import FakeRegistry, tree, values

VARIABLE = "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
KEY = r"HKLM\SYSTEM\CurrentControlSet\Control\SecureBoot\State"


@pytest.mark.parametrize(("byte", "on"), [("\1", True), ("\0", False)])
def test_linux_reads_the_firmwares_variable(tmp_path: Path, byte: str, on: bool) -> None:
    tree(tmp_path, {VARIABLE: f"\6\0\0\0{byte}"})
    assert values(LinuxSecureBoot(tmp_path)) == {"secureboot.secure_boot": on}


def test_firmware_without_it_says_nothing(tmp_path: Path) -> None:
    assert values(LinuxSecureBoot(tmp_path)) == {}
    tree(tmp_path, {VARIABLE: "\6\0\0\0"})
    assert values(LinuxSecureBoot(tmp_path)) == {}


@pytest.mark.parametrize(("state", "on"), [(1, True), (0, False)])
def test_windows(state: int, on: bool) -> None:
    registry = FakeRegistry({KEY: {"UEFISecureBootEnabled": state}})
    assert values(WindowsSecureBoot(registry)) == {"secureboot.secure_boot": on}


def test_windows_that_does_not_know() -> None:
    assert values(WindowsSecureBoot(FakeRegistry({}))) == {}
