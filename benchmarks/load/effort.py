"""How busy the generator and the server were while something was measured."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from benchmarks.measures.processes import KIB_PER_MIB, pss

BUSY = 0.9
"""From this share of its core on, the generator may be what is measured."""


@dataclass
class Effort:
    """Shares of one core; filled in when the measurement ends."""

    generator: float = 0.0
    server: float = 0.0
    seconds: float = 0.0

    @property
    def is_bound(self) -> bool:
        """Whether the figure is only a lower bound of what the server can do."""
        return self.generator > BUSY


def tree(roots: Sequence[int]) -> list[psutil.Process]:
    """These processes and all below them."""
    found: dict[int, psutil.Process] = {}
    for root in roots:
        try:
            process = psutil.Process(root)
            for each in (process, *process.children(recursive=True)):
                found[each.pid] = each
        except psutil.NoSuchProcess:
            continue
    return list(found.values())


def memory_mib(roots: Sequence[int]) -> float:
    """PSS of the whole tree. What the kernel keeps for sockets is not in it."""
    return sum(pss(each.pid) for each in tree(roots))


def memory_kib(roots: Sequence[int]) -> float:
    """The same, for what one socket costs."""
    return memory_mib(roots) * KIB_PER_MIB


def cpu_seconds(roots: Sequence[int]) -> float:
    """Processor time that the tree has used."""
    total = 0.0
    for each in tree(roots):
        try:
            times = each.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


@contextmanager
def watching(roots: Sequence[int]) -> Iterator[Effort]:
    """Measures both over the block."""
    effort = Effort()
    began, mine, theirs = time.perf_counter(), time.process_time(), cpu_seconds(roots)
    try:
        yield effort
    finally:
        effort.seconds = time.perf_counter() - began
        effort.generator = (time.process_time() - mine) / effort.seconds
        effort.server = (cpu_seconds(roots) - theirs) / effort.seconds
