"""Bluetooth on or off, as the kernel lists its adapters."""

import struct
from pathlib import Path

import pytest
from samebox_agent.collectors.bluetooth import LinuxBluetooth, adapters, powered

from tests.agent.collectors.machine_fakes import tree, values

UP, DOWN = 0x5, 0x0


def listed(*flags: int) -> bytes:
    entries = [struct.pack("=HHI", number, 0, each) for number, each in enumerate(flags)]
    return struct.pack("=HH", len(flags), 0) + b"".join(entries) + bytes(64)


@pytest.mark.parametrize(
    ("flags", "on"), [((UP,), [True]), ((DOWN,), [False]), ((DOWN, UP), [False, True]), ((), [])]
)
def test_the_kernels_list(flags: tuple[int, ...], on: list[bool]) -> None:
    assert powered(listed(*flags)) == on


@pytest.mark.parametrize(("told", "on"), [([False, True], True), ([False], False)])
def test_one_adapter_that_is_on_is_enough(tmp_path: Path, told: list[bool], on: bool) -> None:
    tree(tmp_path, {"sys/class/bluetooth/hci0/uevent": ""})
    assert values(LinuxBluetooth(tmp_path, lambda: told)) == {"bluetooth_info.powered": on}


@pytest.mark.parametrize("told", [None, []])
def test_what_the_kernel_does_not_tell_is_left_out(tmp_path: Path, told: list[bool] | None) -> None:
    tree(tmp_path, {"sys/class/bluetooth/hci0/uevent": ""})
    assert values(LinuxBluetooth(tmp_path, lambda: told)) == {}


def test_without_an_adapter_the_kernel_is_not_asked(tmp_path: Path) -> None:
    def ask() -> list[bool]:
        raise AssertionError("this loads the kernel's part for Bluetooth")

    assert values(LinuxBluetooth(tmp_path, ask)) == {}


def test_this_machine() -> None:
    told = adapters()
    assert told is None or all(isinstance(each, bool) for each in told)
