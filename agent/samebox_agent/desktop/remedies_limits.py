"""What every remedy keeps to: a time limit, and one way to say that it could not be done."""

import time
from collections.abc import Callable

from samebox_agent.core.remedy_list import Found, WhyNot


class CannotDo(Exception):
    """It could not be done, or not all of it; `done` is what was."""

    def __init__(self, why: WhyNot, detail: str = "", done: Found | None = None) -> None:
        super().__init__(detail or why.value)
        self.why = why
        self.done = done or Found()


class Deadline:
    """How long it may still take."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds, never below zero."""
        return max(0.0, self._end - self._clock())

    @property
    def is_over(self) -> bool:
        """No time is left."""
        return self.left() <= 0.0
