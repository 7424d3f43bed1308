"""Fires stored timers when they are due. Several servers may look at the same ones: each timer is
taken in its effect's transaction, by whoever comes first (DEL-12)."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Protocol

from samebox_server.live import keeping
from samebox_server.live.clock import Alarm, Clock
from samebox_server.live.work import Work
from samebox_server.metrics import Metrics
from samebox_server.store import timers
from samebox_server.store.database import Database

AGAIN_SECONDS = 5.0
MOST_AT_START = 100_000

_log = logging.getLogger(__name__)


class Write(Protocol):
    """Runs a unit of the writer and sends what it told."""

    def __call__(self, job: Callable[[Work], bool]) -> Awaitable[bool]:
        """What the unit returned, once it is committed."""
        ...


class Due:
    """`run` for as long as the hub does."""

    def __init__(self, database: Database, clock: Clock, write: Write, metrics: Metrics) -> None:
        self._database = database
        self._clock = clock
        self._write = write
        self._metrics = metrics
        self._alarm = Alarm(clock, self.fire)
        self._not_before = 0.0
        self.set = self._alarm.set
        self.run = self._alarm.run

    async def start(self, grace_seconds: float) -> None:
        """Picks up what the last process left. With `grace_seconds` old timers wait, so that
        everyone has time to come back first; where other servers run nobody has gone."""
        waiting = await self._database.read(partial(timers.waiting, limit=MOST_AT_START))
        for timer in waiting:
            self._alarm.set(timer.due_at)
        if waiting:
            self._not_before = self._clock.now() + grace_seconds

    async def fire(self, late: float = 0.0) -> None:
        """Each timer that is due (and `late`, if that is given) in its own unit, so that one that
        fails holds up no other."""
        now = self._clock.now()
        if now < self._not_before:
            self._alarm.set(self._not_before)
            return
        due = await self._database.read(partial(timers.waiting, until=now - late))
        if len(due) == timers.PAGE:  # there may be more
            self._alarm.set(now + AGAIN_SECONDS)
        for timer in due:
            try:
                if await self._write(partial(keeping.fire, timer=timer)):
                    self._metrics.fired(self._clock.now() - timer.due_at)
            except Exception:
                _log.exception("a timer failed", extra={"kind": timer.kind})
                self._alarm.set(now + AGAIN_SECONDS)
