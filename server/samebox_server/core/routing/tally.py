"""Counts that fade: what somebody did lately, without keeping a history."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tally:
    """So much at the time `at` (seconds)."""

    amount: float
    at: float

    def now(self, now: float, half_life: float) -> float:
        """What is left of it; a clock that went back takes nothing away."""
        passed = max(0.0, now - self.at)
        return float(self.amount * 0.5 ** (passed / half_life))

    def plus(self, amount: float, now: float, half_life: float) -> "Tally":
        """With one more thing done."""
        return Tally(self.now(now, half_life) + amount, max(now, self.at))


def add(
    tallies: Mapping[Key, Tally], key: Key, amount: float, now: float, half_life: float
) -> dict[Key, Tally]:
    """The tallies with this one grown."""
    before = tallies.get(key, Tally(0.0, now))
    return {**tallies, key: before.plus(amount, now, half_life)}
