"""What every collector is: a name, a kind, the facts it may tell, and the reading of them."""

from collections.abc import Iterable
from typing import Protocol

from samebox_shared.model.facts import Fact, FactKind


class Collector(Protocol):
    """Reads one family of facts. May hang or raise: the runner lives with both.

    A collector that yields fact by fact keeps what it read before a trouble. One that takes over
    50 ms, or starts a program, says `is_costly`; most read a few files and say nothing.
    """

    @property
    def name(self) -> str:
        """How a trouble names it; unique on one system."""

    @property
    def kind(self) -> FactKind:
        """The switch it stands behind: it does not run while that switch is off."""

    @property
    def facts(self) -> frozenset[str]:
        """The facts it may yield; anything else is dropped as a trouble."""

    def collect(self) -> Iterable[Fact]:
        """Reads now. What cannot be read is left out."""


def is_costly(collector: Collector) -> bool:
    """Whether it is left out while the laptop runs on battery and nobody asked for a look."""
    return bool(getattr(collector, "is_costly", False))
