"""Network namespaces: a hub where the server is, cells where agents are, cables that can be cut.

Everything of a run lives in these namespaces, so no packet reaches the machine's own network. Needs
Linux, root and iproute2; `can_cut` says whether they are there. Without them proxy.py holds the
traffic back instead.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

NAME = "SAMEBOX_FAULTS_NETWORK"
"""Tells the process in the hub how its network is called and how many cells there are."""


class Way(StrEnum):
    """Which packets are lost."""

    BOTH = "both"
    TO_CELL = "to_cell"
    FROM_CELL = "from_cell"


@dataclass(frozen=True)
class Cell:
    """One namespace with its cable to the hub."""

    network: str
    number: int

    @property
    def namespace(self) -> str:
        return f"{self.network}r{self.number}"

    @property
    def cable(self) -> str:
        return f"{self.network}c{self.number}"

    @property
    def address(self) -> str:
        """Of the cell."""
        return f"10.231.{self.number}.2"

    @property
    def gateway(self) -> str:
        """Where those in the cell find the hub."""
        return f"10.231.{self.number}.1"

    @property
    def within(self) -> tuple[str, ...]:
        """Goes before a command that is to run in the cell."""
        return ("ip", "netns", "exec", self.namespace)

    def cut(self, way: Way) -> None:
        """From now on packets are lost. Called in the hub."""
        match way:
            case Way.BOTH:
                run("ip", "link", "set", self.cable, "down")
            case Way.TO_CELL:
                run("ip", "route", "add", "blackhole", f"{self.address}/32")
            case Way.FROM_CELL:
                run(*self.within, "ip", "route", "add", "blackhole", f"{self.gateway}/32")

    def heal(self, way: Way) -> None:
        """They pass again."""
        match way:
            case Way.BOTH:
                run("ip", "link", "set", self.cable, "up")
            case Way.TO_CELL:
                run("ip", "route", "del", "blackhole", f"{self.address}/32")
            case Way.FROM_CELL:
                run(*self.within, "ip", "route", "del", "blackhole", f"{self.gateway}/32")


def can_cut() -> bool:
    """Whether this machine lets us have namespaces; tried, because containers differ."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    name = f"sbf{os.getpid()}t"
    try:
        run("ip", "netns", "add", name)
        run("ip", "netns", "exec", name, "ip", "link", "set", "lo", "up")
    except subprocess.CalledProcessError:
        return False
    finally:
        subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
    return True


@contextmanager
def hub(cells: int) -> Iterator[tuple[Sequence[str], dict[str, str]]]:
    """Build it; gives what goes before a command that is to run in the hub, and its environment.

    All of it is gone after the block, whatever happened in it.
    """
    network = f"sbf{os.getpid() % 100000}"
    middle = f"{network}h"
    places = [Cell(network, number) for number in range(cells)]
    try:
        run("ip", "netns", "add", middle)
        run("ip", "-n", middle, "link", "set", "lo", "up")
        for cell in places:
            _build(cell, middle)
        yield ("ip", "netns", "exec", middle), {NAME: f"{network}:{cells}"}
    finally:
        for name in (middle, *(cell.namespace for cell in places)):
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


def cells_here() -> list[Cell]:
    """The cells, as the process in the hub knows them; none outside of a hub."""
    network, _, count = os.environ.get(NAME, "").partition(":")
    return [Cell(network, number) for number in range(int(count or 0))]


def _build(cell: Cell, middle: str) -> None:
    run("ip", "netns", "add", cell.namespace)
    inside = f"{cell.network}i{cell.number}"
    run("ip", "-n", middle, "link", "add", cell.cable, "type", "veth", "peer", "name", inside)
    run("ip", "-n", middle, "link", "set", inside, "netns", cell.namespace)
    for space, name, address in (
        (middle, cell.cable, cell.gateway),
        (cell.namespace, inside, cell.address),
    ):
        run("ip", "-n", space, "addr", "add", f"{address}/24", "dev", name)
        run("ip", "-n", space, "link", "set", name, "up")
    run("ip", "-n", cell.namespace, "link", "set", "lo", "up")


def run(*words: str) -> None:
    """One command; raises CalledProcessError."""
    subprocess.run(words, check=True, capture_output=True)
