"""How hard the laptop works now: waiting for memory and processor, and heat."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files
from samebox_agent.collectors.hardware import cores

NAME = "load"
_PER_CORE = "load_average.per_core"
_TOO_SLOW = frozenset({"dell_smm"})
"""Sensors behind the firmware's own interrupt: a reading stops the whole laptop for a moment."""
_POSSIBLE = range(1_000, 120_000)
"""Thousandths of a degree; sensors that are wired to nothing tell 0, 127 or less than nothing."""


def per_core(waiting: float | None, threads: int | None) -> Iterable[Fact]:
    """Over 1, something waits for its turn all the time."""
    if waiting is not None and threads:
        yield Fact(name=_PER_CORE, value=round(waiting / threads, 2))


class LinuxLoad(Struct, frozen=True):
    """The last minute for memory, the last five for the processor, this moment for heat."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.HARDWARE
    facts: ClassVar[frozenset[str]] = frozenset(
        {"memory_info.pressure_percent", _PER_CORE, "temperature.highest"}
    )
    root: Path = Path("/")
    cores: Callable[[], int | None] = cores

    def collect(self) -> Iterable[Fact]:
        told = files.text(self.root / "proc/pressure/memory") or ""
        if found := re.search(r"^some .*\bavg60=([\d.]+)", told, re.M):
            yield Fact(name="memory_info.pressure_percent", value=float(found[1]))
        averages = (files.text(self.root / "proc/loadavg") or "").split()
        yield from per_core(float(averages[1]) if averages else None, self.cores())
        degrees = [files.number(path) or 0 for path in self._sensors()]
        heat = max((one for one in degrees if one in _POSSIBLE), default=None)
        if heat is not None:
            yield Fact(name="temperature.highest", value=round(heat / 1000, 1))

    def _sensors(self) -> Iterable[Path]:
        for chip in files.entries(self.root / "sys/class/hwmon"):
            if files.text(chip / "name") not in _TOO_SLOW:
                yield from chip.glob("temp*_input")
        for zone in files.entries(self.root / "sys/class/thermal"):
            if zone.name.startswith("thermal_zone"):
                yield zone / "temp"


def load_of_five_minutes() -> float | None:
    """For macOS; None where there is no such number."""
    import os

    try:
        return os.getloadavg()[1]
    except (AttributeError, OSError):
        return None


class MacLoad(Struct, frozen=True):
    """macOS tells no temperature without extra rights."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.HARDWARE
    facts: ClassVar[frozenset[str]] = frozenset({_PER_CORE})
    cores: Callable[[], int | None] = cores
    waiting: Callable[[], float | None] = load_of_five_minutes

    def collect(self) -> Iterable[Fact]:
        yield from per_core(self.waiting(), self.cores())
