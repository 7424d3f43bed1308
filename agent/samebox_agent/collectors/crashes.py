"""How many programs crashed in the last seven days. Which ones is told to nobody."""

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files
from samebox_agent.collectors.system_command import Run, run

NAME = "crashes"
FACTS = frozenset({"crashes.last_week"})
WEEK = 7 * 86_400


def younger_than_a_week(paths: Iterable[Path], now: float) -> list[Path]:
    """A report that was just taken away is none."""
    return [path for path in paths if _changed_at(path) > now - WEEK]


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


class LinuxCrashes(Struct, frozen=True):
    """systemd and Ubuntu keep a file for each crash, without its content being ours to read.

    Some distributions clear theirs away after three days: then it counts what is left.
    """

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")
    now: Callable[[], float] = time.time

    def collect(self) -> Iterable[Fact]:
        cores = self.root / "var/lib/systemd/coredump"
        reports = self.root / "var/crash"
        if not (cores.is_dir() or reports.is_dir()):
            return
        paths = [path for path in files.entries(cores) if path.name.startswith("core.")]
        paths += [path for path in files.entries(reports) if path.suffix == ".crash"]
        yield Fact(name="crashes.last_week", value=len(younger_than_a_week(paths, self.now())))


class WindowsCrashes(Struct, frozen=True):
    """From the Application log, which everyone may read. Only the events are counted."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = FACTS
    is_costly: ClassVar[bool] = True
    environment: Mapping[str, str] = field(default_factory=dict)
    run: Run = run

    def collect(self) -> Iterable[Fact]:
        program = self.environment.get("SystemRoot", r"C:\Windows") + r"\System32\wevtutil.exe"
        wanted = (
            "*[System[Provider[@Name='Application Error'] and EventID=1000"
            f" and TimeCreated[timediff(@SystemTime) <= {WEEK * 1000}]]]"
        )
        told = self.run((program, "qe", "Application", f"/q:{wanted}", "/f:xml", "/c:100"))
        yield Fact(name="crashes.last_week", value=told.count(b"<Event "))


class MacCrashes(Struct, frozen=True):
    """The person's own crash reports; the first line of each says what kind of report it is."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = FACTS
    home: Path = field(default_factory=Path.home)
    now: Callable[[], float] = time.time

    def collect(self) -> Iterable[Fact]:
        reports = self.home / "Library/Logs/DiagnosticReports"
        if not reports.is_dir():
            return
        paths = [path for path in files.entries(reports) if path.suffix == ".ips"]
        recent = younger_than_a_week(paths, self.now())
        yield Fact(name="crashes.last_week", value=sum(map(_is_crash, recent)))


def _is_crash(report: Path) -> bool:
    """Hangs and samples lie in the same folder; 309 is a crash."""
    try:
        with report.open("rb") as opened:
            return b'"bug_type":"309"' in opened.readline(4096).replace(b" ", b"")
    except OSError:
        return False
