"""How many printers are set up, whether one is the standard one, and how many jobs wait.

Names of printers and titles of jobs are not told to anyone.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, ipp, windows_registry
from samebox_agent.collectors.ipp import Post
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "printers"
_COUNT = "cups_destinations.count"
_DEFAULT = "cups_destinations.default_set"
_WAITING = "cups_jobs.waiting"
CUPS_ON_LINUX = "/run/cups/cups.sock"
CUPS_ON_MACOS = "/private/var/run/cupsd"

_LOCAL = r"HKLM\SYSTEM\CurrentControlSet\Control\Print\Printers"
_OF_SERVERS = r"HKCU\Printers\Connections"
_CHOSEN = r"HKCU\Software\Microsoft\Windows NT\CurrentVersion\Windows"
_NO_PRINTER = ("portprompt:", "shrfax:", "nul:", "xpsport:", "onenote", "microsoft.office")
"""Ports of what only writes files: PDF, XPS, fax, OneNote."""


class CupsPrinters(Struct, frozen=True):
    """Linux and macOS. The question wakes a CUPS that sleeps, which costs more than the answer."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.PERIPHERALS
    facts: ClassVar[frozenset[str]] = frozenset({_COUNT, _DEFAULT, _WAITING})
    is_costly: ClassVar[bool] = True
    home: Path = field(default_factory=Path.home)
    post: Post = field(default_factory=lambda: ipp.post_to(CUPS_ON_LINUX))

    def collect(self) -> Iterable[Fact]:
        printers = self._ask(ipp.GET_PRINTERS)
        if printers is None:
            return
        yield Fact(name=_COUNT, value=printers.printers)
        if (default := self._has_default()) is not None:
            yield Fact(name=_DEFAULT, value=default)
        if (jobs := self._ask(ipp.GET_JOBS)) is not None:
            yield Fact(name=_WAITING, value=jobs.jobs)

    def _has_default(self) -> bool | None:
        """The person's own choice goes before the laptop's."""
        chosen = files.text(self.home / ".cups/lpoptions") or ""
        if any(line.startswith("Default ") for line in chosen.splitlines()):
            return True
        told = self._ask(ipp.GET_DEFAULT)
        return None if told is None else told.printers > 0

    def _ask(self, operation: int) -> ipp.Groups | None:
        answer = self.post(ipp.question(operation))
        return None if answer is None else ipp.groups(answer)


class WindowsPrinters(Struct, frozen=True):
    """From the registry; jobs are told only by the print service, which may take seconds."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.PERIPHERALS
    facts: ClassVar[frozenset[str]] = frozenset({_COUNT, _DEFAULT})
    registry: Registry = field(default_factory=SystemRegistry)

    def collect(self) -> Iterable[Fact]:
        local = [rf"{_LOCAL}\{name}" for name in self.registry.subkeys(_LOCAL)]
        ports = [windows_registry.text(self.registry, key, "Port") or "" for key in local]
        own = sum(_is_printer(port) for port in ports)
        yield Fact(name=_COUNT, value=own + len(self.registry.subkeys(_OF_SERVERS)))
        # "HP LaserJet,winspool,Ne01:"
        chosen = windows_registry.text(self.registry, _CHOSEN, "Device") or ""
        _, _, port = chosen.rpartition(",")
        yield Fact(name=_DEFAULT, value=_is_printer(port))


def _is_printer(port: str) -> bool:
    return bool(port) and not port.casefold().startswith(_NO_PRINTER)
