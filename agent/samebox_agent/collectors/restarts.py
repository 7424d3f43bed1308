"""How long ago the last restart was, and whether updates wait for the next one."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "restarts"
FACTS = frozenset({"uptime.total_seconds", "updates.restart_pending"})
_WINDOWS_PENDING = (
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired",
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending",
)
"""Files waiting to be renamed are left out: installers leave them behind for months."""


def running_kernel() -> str:
    """The release of the kernel that runs now."""
    import platform

    return platform.release()


def seconds_since_start() -> int:
    """For Windows and macOS; counts sleep as time."""
    import time

    import psutil

    return max(0, round(time.time() - psutil.boot_time()))


class LinuxRestarts(Struct, frozen=True):
    """Pending when the distribution says so, or when a newer kernel lies installed."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")
    kernel: Callable[[], str] = running_kernel

    def collect(self) -> Iterable[Fact]:
        uptime = (files.text(self.root / "proc/uptime") or "").split()
        if uptime:
            yield Fact(name="uptime.total_seconds", value=int(float(uptime[0])))
        pending = self._pending()
        if pending is not None:
            yield Fact(name="updates.restart_pending", value=pending)

    def _pending(self) -> bool | None:
        """None when neither sign can be read: containers and hand-made kernels have none."""
        if (self.root / "run/reboot-required").exists():
            return True
        modules = files.entries(self.root / "lib/modules")
        installed = [folder.name for folder in modules if (folder / "modules.dep").exists()]
        return newer_kernel_installed(self.kernel(), installed)


def newer_kernel_installed(running: str, installed: Iterable[str]) -> bool | None:
    """Compares kernels of one flavour ("-amd64", ".fc41.x86_64"); None when there is none."""
    numbers, flavour = _kernel_parts(running)
    same = [found for found in map(_kernel_parts, installed) if found[1] == flavour]
    return max(same)[0] > numbers if same else None


def _kernel_parts(release: str) -> tuple[tuple[int, ...], str]:
    numbers = tuple(int(part) for part in re.findall(r"\d+", re.sub(r"x86_64|amd64", "", release)))
    return numbers, re.sub(r"[\d.]+", "#", release)


class WindowsRestarts(Struct, frozen=True):
    """Fast Startup makes a shutdown no restart: only Restart sets the time back."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)
    uptime: Callable[[], int] = seconds_since_start

    def collect(self) -> Iterable[Fact]:
        pending = any(self.registry.has(key) for key in _WINDOWS_PENDING)
        yield Fact(name="updates.restart_pending", value=pending)
        yield Fact(name="uptime.total_seconds", value=self.uptime())


class MacRestarts(Struct, frozen=True):
    """macOS keeps no readable sign of a waiting restart."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SYSTEM
    facts: ClassVar[frozenset[str]] = frozenset({"uptime.total_seconds"})
    uptime: Callable[[], int] = seconds_since_start

    def collect(self) -> Iterable[Fact]:
        yield Fact(name="uptime.total_seconds", value=self.uptime())
