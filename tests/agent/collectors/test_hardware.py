"""Processor and memory."""

from pathlib import Path

import pytest
from samebox_agent.collectors.hardware import (
    LinuxHardware,
    MacHardware,
    Memory,
    WindowsHardware,
    memory_now,
    processor,
)

from tests.agent.collectors.machine_fakes import FakeRegistry, tree, values

CPU = "processor\t: 0\nmodel name\t: 12th Gen Intel(R) Core(TM) i5-1245U\n"
MEMORY = """\
MemTotal:       16000000 kB
MemFree:          500000 kB
MemAvailable:    4000000 kB
"""
SWAP = """\
SwapTotal:       2000000 kB
SwapFree:        1500000 kB
"""
GIB = 1024**3


def test_linux(tmp_path: Path) -> None:
    tree(tmp_path, {"proc/cpuinfo": CPU, "proc/meminfo": MEMORY + SWAP})
    assert values(LinuxHardware(tmp_path, lambda: 12)) == {
        "system_info.cpu_brand": "12th Gen Intel Core i5-1245U",
        "system_info.cpu_logical_cores": 12,
        "system_info.physical_memory": 16_384_000_000,
        "memory_info.memory_available": 4_096_000_000,
        "memory_info.memory_available_percent": 25.0,
        "memory_info.swap_used_percent": 25.0,
    }


def test_linux_without_swap_or_brand(tmp_path: Path) -> None:
    tree(tmp_path, {"proc/cpuinfo": "CPU part : 0xd0b\n", "proc/meminfo": MEMORY})
    found = values(LinuxHardware(tmp_path, lambda: None))
    assert set(found) == {
        "system_info.physical_memory",
        "memory_info.memory_available",
        "memory_info.memory_available_percent",
    }


def test_linux_with_nothing_to_read(tmp_path: Path) -> None:
    assert values(LinuxHardware(tmp_path, lambda: None)) == {}


def test_windows() -> None:
    key = r"HKLM\HARDWARE\DESCRIPTION\System\CentralProcessor\0"
    registry = FakeRegistry({key: {"ProcessorNameString": "Intel(R) Core(TM) i5-8265U  "}})
    memory = Memory(total=8 * GIB, available=GIB, swap_total=2 * GIB, swap_free=GIB)
    found = values(WindowsHardware(registry, lambda: 8, lambda: memory))
    assert found["system_info.cpu_brand"] == "Intel Core i5-8265U"
    assert found["memory_info.memory_available_percent"] == 12.5
    assert found["memory_info.swap_used_percent"] == 50.0


def test_macos() -> None:
    found = values(MacHardware(lambda name: "Apple M2", lambda: 8, lambda: Memory(8 * GIB, GIB)))
    assert found["system_info.cpu_brand"] == "Apple M2"
    assert "memory_info.swap_used_percent" not in found


def test_this_machine_has_memory() -> None:
    memory = memory_now()
    assert 0 < memory.available <= memory.total


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz", "Intel Core i7-8550U"),
        ("AMD Ryzen 7 7840U w/ Radeon 780M Graphics", "AMD Ryzen 7 7840U"),
        ("AMD Ryzen 5 5500U with Radeon Graphics", "AMD Ryzen 5 5500U"),
        ("", None),
        (None, None),
    ],
)
def test_processor_names(told: str | None, said: str | None) -> None:
    assert processor(told) == said
