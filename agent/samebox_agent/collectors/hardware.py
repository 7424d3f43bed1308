"""Processor and memory."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, macos_sysctl, windows_registry
from samebox_agent.collectors.macos_sysctl import Sysctl
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "hardware"
FACTS = frozenset(
    {"system_info.cpu_brand", "system_info.cpu_logical_cores", "system_info.physical_memory"}
    | {"memory_info.memory_available", "memory_info.memory_available_percent"}
    | {"memory_info.swap_used_percent"}
)
_NOISE = re.compile(r"\((?:R|TM|C)\)|\bCPU\b|\bProcessor\b|\d+-Core|@.*$|w/ .*$|with .*$", re.I)
KIB = 1024


class Memory(Struct, frozen=True):
    """Bytes. A laptop without swap has `swap_total` 0 and tells no share of it."""

    total: int
    available: int
    swap_total: int = 0
    swap_free: int = 0


def cores() -> int | None:
    """Threads the processor runs at once."""
    import os

    return os.cpu_count()


def memory_now() -> Memory:
    """For Windows and macOS."""
    import psutil

    memory, swap = psutil.virtual_memory(), psutil.swap_memory()
    return Memory(memory.total, memory.available, swap.total, swap.free)


def processor(told: str | None) -> str | None:
    """ "Intel(R) Core(TM) i5-1245U CPU @ 1.60GHz" is an Intel Core i5-1245U."""
    return " ".join(_NOISE.sub(" ", told or "").split()) or None


def hardware_facts(brand: str | None, threads: int | None, memory: Memory) -> Iterable[Fact]:
    """Shares are of the total, in percent with one decimal."""
    if (name := processor(brand)) is not None:
        yield Fact(name="system_info.cpu_brand", value=name)
    if threads is not None:
        yield Fact(name="system_info.cpu_logical_cores", value=threads)
    if memory.total > 0:
        share = round(100 * memory.available / memory.total, 1)
        yield Fact(name="system_info.physical_memory", value=memory.total)
        yield Fact(name="memory_info.memory_available", value=memory.available)
        yield Fact(name="memory_info.memory_available_percent", value=share)
    if memory.swap_total > 0:
        used = round(100 * (1 - memory.swap_free / memory.swap_total), 1)
        yield Fact(name="memory_info.swap_used_percent", value=used)


class LinuxHardware(Struct, frozen=True):
    """From /proc; ARM processors have no brand there."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.HARDWARE
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")
    cores: Callable[[], int | None] = cores

    def collect(self) -> Iterable[Fact]:
        yield from hardware_facts(self._brand(), self.cores(), self._memory())

    def _brand(self) -> str | None:
        told = files.text(self.root / "proc/cpuinfo") or ""
        found = re.search(r"^model name\s*:\s*(.+)$", told, re.M)
        return found[1] if found else None

    def _memory(self) -> Memory:
        told = files.text(self.root / "proc/meminfo") or ""
        kib = {name: int(size) * KIB for name, size in re.findall(r"^(\w+):\s+(\d+)", told, re.M)}
        if "MemTotal" not in kib or "MemAvailable" not in kib:
            return Memory(0, 0)
        swap_total, swap_free = kib.get("SwapTotal", 0), kib.get("SwapFree", 0)
        return Memory(kib["MemTotal"], kib["MemAvailable"], swap_total, swap_free)


class WindowsHardware(Struct, frozen=True):
    """The processor from the registry, memory from psutil."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.HARDWARE
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)
    cores: Callable[[], int | None] = cores
    memory: Callable[[], Memory] = memory_now

    def collect(self) -> Iterable[Fact]:
        key = r"HKLM\HARDWARE\DESCRIPTION\System\CentralProcessor\0"
        brand = windows_registry.text(self.registry, key, "ProcessorNameString")
        yield from hardware_facts(brand, self.cores(), self.memory())


class MacHardware(Struct, frozen=True):
    """The processor from the kernel, memory from psutil."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.HARDWARE
    facts: ClassVar[frozenset[str]] = FACTS
    sysctl: Sysctl = macos_sysctl.text
    cores: Callable[[], int | None] = cores
    memory: Callable[[], Memory] = memory_now

    def collect(self) -> Iterable[Fact]:
        brand = self.sysctl("machdep.cpu.brand_string")
        yield from hardware_facts(brand, self.cores(), self.memory())
