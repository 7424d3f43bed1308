"""When the system was last updated, and how many updates wait. Nothing is asked of the network:
only what the system found out by itself is read."""

import re
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, macos_properties, windows_registry
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "updates"
_LAST = "updates.last_installed_days"
_WAITING = "updates.waiting"

_LOGS = {"dpkg.log": " upgrade ", "dnf.rpm.log": " Upgrade: ", "pacman.log": " upgraded "}
"""The package managers' own logs, and what stands in a line about an update."""
_ROTATED = 12
_COUNTED_BY_UBUNTU = "var/lib/update-notifier/updates-available"

_PACKAGES = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\Packages"
_MONTHLY = "Package_for_RollupFix~"
_INSTALLED = 112
_SECONDS_BEFORE_1970 = 11_644_473_600
_TICKS = 10_000_000


def days_since(day: date, now: float) -> Iterable[Fact]:
    """A clock that was set back makes no day of the future."""
    yield Fact(name=_LAST, value=max(0, (_day_of(now) - day).days))


def _day_of(moment: float) -> date:
    return datetime.fromtimestamp(moment, UTC).date()


class LinuxUpdates(Struct, frozen=True):
    """From the log of dpkg, dnf or pacman: an update is a package that got a newer version.

    Only Ubuntu keeps a count of what waits. Asking apt takes it a second, others ask the network.
    """

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = frozenset({_LAST, _WAITING})
    root: Path = Path("/")
    now: Callable[[], float] = time.time

    def collect(self) -> Iterable[Fact]:
        kept = re.search(r"^(\d+) ", files.text(self.root / _COUNTED_BY_UBUNTU) or "", re.M)
        if kept:
            yield Fact(name=_WAITING, value=int(kept[1]))
        days = [day for name, mark in _LOGS.items() if (day := self._last(name, mark))]
        if days:
            yield from days_since(max(days), self.now())

    def _last(self, name: str, mark: str) -> date | None:
        """The newest log that knows of an update; older ones are packed."""
        folder = self.root / "var/log"
        numbered = [(f"{name}.{number}", f"{name}.{number}.gz") for number in range(1, _ROTATED)]
        for path in (folder / name, *(folder / each for pair in numbered for each in pair)):
            if path.exists() and (day := last_day(_unpacked(path), mark)):
                return day
        return None


def last_day(log: str, mark: str) -> date | None:
    """The day at the beginning of the last line with the mark in it."""
    place = log.rfind(mark)
    if place < 0:
        return None
    line = log[log.rfind("\n", 0, place) + 1 : place]
    found = re.search(r"\d{4}-\d{2}-\d{2}", line)
    return date.fromisoformat(found[0]) if found else None


def _unpacked(path: Path) -> str:
    if path.suffix != ".gz":
        return files.text(path) or ""
    import gzip

    try:
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as log:
            return log.read()
    except (OSError, EOFError):
        return ""


class WindowsUpdates(Struct, frozen=True):
    """The cumulative update of the month. Those of the virus scanner come daily: they are none."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = frozenset({_LAST})
    registry: Registry = field(default_factory=SystemRegistry)
    now: Callable[[], float] = time.time

    def collect(self) -> Iterable[Fact]:
        names = self.registry.subkeys(_PACKAGES)
        keys = [rf"{_PACKAGES}\{name}" for name in names if name.startswith(_MONTHLY)]
        times = [at for key in keys if (at := self._installed_at(key)) is not None]
        if times:
            yield from days_since(_day_of(max(times)), self.now())

    def _installed_at(self, key: str) -> float | None:
        if windows_registry.number(self.registry, key, "CurrentState") != _INSTALLED:
            return None
        high = windows_registry.number(self.registry, key, "InstallTimeHigh")
        low = windows_registry.number(self.registry, key, "InstallTimeLow")
        if high is None or low is None:
            return None
        return ((high << 32) + low) / _TICKS - _SECONDS_BEFORE_1970


class MacUpdates(Struct, frozen=True):
    """What the system's own daily look found, and its history without the lists of malware."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = frozenset({_LAST, _WAITING})
    root: Path = Path("/")
    now: Callable[[], float] = time.time

    def collect(self) -> Iterable[Fact]:
        library = self.root / "Library"
        told = macos_properties.from_file(library / "Preferences/com.apple.SoftwareUpdate.plist")
        waiting = macos_properties.number(told, "LastUpdatesAvailable")
        if waiting is not None:
            yield Fact(name=_WAITING, value=waiting)
        history = macos_properties.list_from_file(library / "Receipts/InstallHistory.plist")
        days = [
            day
            for entry in history
            if macos_properties.text(entry, "processName") == "softwareupdated"
            and macos_properties.text(entry, "contentType") != "config-data"
            and (day := macos_properties.day(entry, "date"))
        ]
        if days:
            yield from days_since(max(days), self.now())
