"""What each remedy of the closed list does on each system.

The one place where a key becomes an action. What an action needs (programs, folders) is constant;
only the home folder and the outside world's answers come in.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct
from samebox_shared.model.devices import System

from samebox_agent.core.remedy_list import REMEDIES, Found, RemedyKey
from samebox_agent.desktop.remedies_biggest import BiggestFolders
from samebox_agent.desktop.remedies_bins import LinuxBin, MacBin, WindowsBin, shell_of_windows
from samebox_agent.desktop.remedies_caches import TeamsCache, Thumbnails
from samebox_agent.desktop.remedies_limits import Deadline
from samebox_agent.desktop.remedies_programs import (
    FLUSH_LINUX,
    FLUSH_MACOS,
    FLUSH_WINDOWS,
    FlushNames,
    Programs,
    Reconnect,
    ReconnectLinux,
    ReconnectMac,
    RestartAudio,
)


class Doing(Protocol):
    """One remedy on one laptop. All may raise CannotDo, and OSError when the disk is in trouble."""

    def is_here(self) -> bool:
        """Whether this laptop has what it needs; quick, and changes nothing."""
        ...

    def look(self, deadline: Deadline) -> Found:
        """What it would touch; changes nothing."""
        ...

    def do(self, deadline: Deadline) -> Found:
        """Do it; what was done."""
        ...


class Laptop(Struct, frozen=True):
    """Where it is done: the system, the person's home folder, and how programs are run. `data_home`
    and `cache_home` are said where they are not in the usual places (Linux). `network_off` is there
    while a remedy has the network turned off."""

    system: System
    home: Path
    programs: Programs = Programs()
    root: Path = Path("/")
    data_home: str = ""
    cache_home: str = ""
    network_off: Path | None = None


_DOINGS: Final[dict[tuple[RemedyKey, System], Callable[[Laptop], Doing]]] = {
    (RemedyKey.FLUSH_DNS, System.LINUX): lambda on: FlushNames(on.programs, FLUSH_LINUX),
    (RemedyKey.FLUSH_DNS, System.WINDOWS): lambda on: FlushNames(on.programs, FLUSH_WINDOWS),
    (RemedyKey.FLUSH_DNS, System.MACOS): lambda on: FlushNames(
        on.programs, FLUSH_MACOS, partial=True
    ),
    (RemedyKey.EMPTY_BIN, System.LINUX): lambda on: LinuxBin(on.home, on.data_home),
    (RemedyKey.EMPTY_BIN, System.WINDOWS): lambda on: WindowsBin(shell_of_windows()),
    (RemedyKey.EMPTY_BIN, System.MACOS): lambda on: MacBin(on.home),
    (RemedyKey.BIGGEST_FOLDERS, System.LINUX): lambda on: BiggestFolders(on.home),
    (RemedyKey.BIGGEST_FOLDERS, System.WINDOWS): lambda on: BiggestFolders(on.home),
    (RemedyKey.RESTART_AUDIO, System.LINUX): lambda on: RestartAudio(on.programs, on.root),
    (RemedyKey.RECONNECT_NETWORK, System.LINUX): lambda on: ReconnectLinux(
        on.programs, on.network_off
    ),
    (RemedyKey.RECONNECT_NETWORK, System.MACOS): lambda on: ReconnectMac(
        on.programs, on.network_off
    ),
    (RemedyKey.CLEAR_THUMBNAILS, System.LINUX): lambda on: Thumbnails(on.home, on.cache_home),
    (RemedyKey.CLEAR_TEAMS_CACHE, System.WINDOWS): lambda on: TeamsCache(on.home, on.programs),
}


def doing(key: RemedyKey, laptop: Laptop) -> Doing | None:
    """The action, or None where this system has none."""
    make = _DOINGS.get((key, laptop.system))
    return None if make is None else make(laptop)


def turn_back_on(laptop: Laptop) -> None:
    """The network, if a remedy was killed while it was off. Raises CannotDo."""
    network = doing(RemedyKey.RECONNECT_NETWORK, laptop)
    if isinstance(network, Reconnect):
        network.turn_back_on()


def on_system(system: System) -> frozenset[RemedyKey]:
    """The remedies that there are for a system."""
    return frozenset(key for key, remedy in REMEDIES.items() if system in remedy.systems)


def offered(laptop: Laptop) -> frozenset[RemedyKey]:
    """Those that this very laptop has what they need for."""
    found = {key: doing(key, laptop) for key in on_system(laptop.system)}
    return frozenset(key for key, one in found.items() if one is not None and one.is_here())
