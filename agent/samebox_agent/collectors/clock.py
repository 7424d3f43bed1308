"""The time zone. How far the clock is off is told by the network room, which hears the server."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, windows_registry
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "clock"
FACTS = frozenset({"time.timezone"})


class UnixClock(Struct, frozen=True):
    """Linux and macOS: /etc/localtime points at the zone's file; Debian also writes its name."""

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


class WindowsClock(Struct, frozen=True):
    """Windows has names of its own: "W. Europe Standard Time"."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.CLOCK
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)

    def collect(self) -> Iterable[Fact]:
        key = r"HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation"
        zone = windows_registry.text(self.registry, key, "TimeZoneKeyName")
        if zone is not None:
            yield Fact(name="time.timezone", value=zone.partition("\0")[0])
