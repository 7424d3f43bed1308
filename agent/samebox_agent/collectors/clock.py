"""The time zone, and whether a clock in the network sets ours. How far it is off is told by the
network room, which hears the server."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, windows_registry
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "clock"
FACTS = frozenset({"time.timezone"})
_SYNCHRONISED = "time.synchronised"
_TOO_UNSURE = 16_000_000
"""Microseconds: after this much possible error the kernel takes its clock for unset."""
_W32TIME = r"HKLM\SYSTEM\CurrentControlSet\Services\W32Time"
_DISABLED = 4
_WORDS = 64
"""Room for the kernel's record, which has 26 words."""


class UnixClock(Struct, frozen=True):
    """macOS, and the base of Linux: /etc/localtime points at the zone's file; Debian also writes
    its name. macOS tells whether it sets its clock to administrators only."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.CLOCK
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")

    def collect(self) -> Iterable[Fact]:
        zone = self._zone_pointed_at() or files.text(self.root / "etc/timezone")
        if zone:
            yield Fact(name="time.timezone", value=zone)

    def _zone_pointed_at(self) -> str | None:
        try:
            target = (self.root / "etc/localtime").readlink().as_posix()
        except OSError:
            return None
        _, found, zone = target.partition("zoneinfo/")
        return zone if found else None


def kernels_doubt() -> int | None:
    """How many microseconds Linux believes its clock may be off; None elsewhere. Asking needs no
    rights: nothing is set."""
    if sys.platform != "linux":
        return None
    import ctypes

    words = (ctypes.c_long * _WORDS)()  # modes, offset, frequency, largest error, ...
    return None if ctypes.CDLL(None).adjtimex(words) < 0 else words[3]


class LinuxClock(UnixClock, frozen=True):
    """The kernel doubts its clock more with each second that nobody sets it."""

    facts: ClassVar[frozenset[str]] = FACTS | {_SYNCHRONISED}
    doubt: Callable[[], int | None] = kernels_doubt

    def collect(self) -> Iterable[Fact]:
        doubt = self.doubt()
        if doubt is not None:
            yield Fact(name=_SYNCHRONISED, value=doubt < _TOO_UNSURE)
        yield from UnixClock.collect(self)


class WindowsClock(Struct, frozen=True):
    """Windows has names of its own: "W. Europe Standard Time". Synchronised is one that is set up
    to be: Windows keeps no readable sign of the last time."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.CLOCK
    facts: ClassVar[frozenset[str]] = FACTS | {_SYNCHRONISED}
    registry: Registry = field(default_factory=SystemRegistry)

    def collect(self) -> Iterable[Fact]:
        key = r"HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation"
        zone = windows_registry.text(self.registry, key, "TimeZoneKeyName")
        if zone is not None:
            yield Fact(name="time.timezone", value=zone.partition("\0")[0])
        source = windows_registry.text(self.registry, rf"{_W32TIME}\Parameters", "Type")
        start = windows_registry.number(self.registry, _W32TIME, "Start")
        if source is not None and start is not None:
            set_up = source != "NoSync" and start != _DISABLED
            yield Fact(name=_SYNCHRONISED, value=set_up)
