"""Server time, which never goes back, and the alarm that wakes when a stored timer is due."""

import asyncio
import heapq
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

AGAIN_SECONDS = 5.0
"""How long after a failed ring the alarm rings again."""
JUMP_SECONDS = 60.0
"""A wall clock that is so much further than what was counted was set; somebody should know."""

LONGEST_WAIT = 1.0
"""What counts the seconds of a wait knows neither a clock that is set meanwhile nor the hours that
the machine sleeps, so that the time is looked at again this often."""

_log = logging.getLogger(__name__)


class Clock(Protocol):
    """What the shell needs of time, so that tests can bring their own."""

    def now(self) -> float:
        """Seconds since the Unix epoch; never less than before."""
        ...

    async def wait(self, until: float | None, woken: asyncio.Event) -> None:
        """Returns at `until` (None: never), as soon as `woken` is set, or earlier."""
        ...


class ServerClock:
    """max(wall clock, last time + what a clock that cannot be set has counted) (DEL-13)."""

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        counted: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = wall
        self._counted = counted
        self._last = wall()
        self._mark = counted()

    def start_after(self, latest: float) -> None:
        """Time goes on from `latest` even if the wall clock was set back while we were stopped."""
        self._last = max(self.now(), latest)

    def now(self) -> float:
        counted, wall = self._counted(), self._wall()
        expected = self._last + counted - self._mark
        if wall > expected + JUMP_SECONDS:
            _log.warning("the clock jumped ahead by %.0f s; server time follows", wall - expected)
        self._last = max(wall, expected)
        self._mark = counted
        return self._last

    async def wait(self, until: float | None, woken: asyncio.Event) -> None:
        delay = None if until is None else min(LONGEST_WAIT, max(0.0, until - self.now()))
        try:
            await asyncio.wait_for(woken.wait(), delay)
        except TimeoutError:
            return


def shifted(file: Path, wall: Callable[[], float] = time.time) -> Callable[[], float]:
    """A wall clock for fault tests: the real one and as many seconds as stand in `file`, which is
    read at each look. A file that is not there or holds no number shifts nothing."""

    def look() -> float:
        try:
            return wall() + float(file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return wall()

    return look


class Alarm:
    """Knows when the next stored timer is due. The timers themselves are in the database; an
    alarm too many costs one look, so nothing is ever taken out of the heap early."""

    def __init__(self, clock: Clock, ring: Callable[[], Awaitable[None]]) -> None:
        self._clock = clock
        self._ring = ring
        self._heap: list[float] = []
        self._woken = asyncio.Event()

    def set(self, due_at: float) -> None:
        """Ring at this time, too."""
        heapq.heappush(self._heap, due_at)
        if self._heap[0] == due_at:
            self._woken.set()

    async def run(self) -> None:
        """Rings until it is cancelled."""
        while True:
            self._woken.clear()
            await self._clock.wait(self._heap[0] if self._heap else None, self._woken)
            if self._heap and self._heap[0] <= self._clock.now():
                while self._heap and self._heap[0] <= self._clock.now():
                    heapq.heappop(self._heap)
                await self._ring_once()

    async def _ring_once(self) -> None:
        """A ring that fails must not end the alarm: every question waits for it."""
        try:
            await self._ring()
        except Exception:
            _log.exception("an alarm could not be answered")
            self.set(self._clock.now() + AGAIN_SECONDS)
