"""Which parked questions stand on somebody's board, and in which order. Pure."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from samebox_shared.model.devices import DeviceType, Ring, closeness

RINGS = tuple(Ring)
MOST_SHOWN = 50
"""Questions on one board; more is a list that nobody reads."""


class OnBoard(Protocol):
    """A parked question."""

    @property
    def device_type(self) -> DeviceType:
        """What the asker's device is."""
        ...


Q = TypeVar("Q", bound=OnBoard)


def ring_on_board(asked: DeviceType, mine: tuple[DeviceType, ...], *, is_it: bool) -> Ring | None:
    """The nearest ring in which one of my devices stands; None if it is not on my board. IT sees
    everything, as it does in the last ring of every question."""
    near = (closeness(asked, one) for one in mine)
    rings = [ring for ring in near if ring is not None] + ([Ring.IT] if is_it else [])
    return min(rings, key=RINGS.index, default=None)


def board(parked: Iterable[Q], mine: tuple[DeviceType, ...], *, is_it: bool) -> list[Q]:
    """What to show of `parked` (the newest first): the nearest ring first, then as they came."""
    found: list[tuple[int, Q]] = []
    for question in parked:
        ring = ring_on_board(question.device_type, mine, is_it=is_it)
        if ring is not None:
            found.append((RINGS.index(ring), question))
    found.sort(key=lambda one: one[0])
    return [question for _, question in found[:MOST_SHOWN]]
