"""Heartbeats out, signs of life in: one wheel for all sockets, no timer for any of them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from samebox_shared.protocol.errors import CloseCode
from samebox_shared.protocol.messages import Heartbeat

from samebox_server.live.clock import Clock
from samebox_server.live.connection import Connection
from samebox_server.live.roster import Roster
from samebox_server.live.wheel import Wheel
from samebox_server.store import feeds
from samebox_server.store.database import Database

_log = logging.getLogger(__name__)


class Pulse:
    """`beat` and `watch` run for as long as the hub does."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        roster: Roster,
        *,
        beat_seconds: float,
        gone_seconds: float,
        keep: Callable[[list[Connection]], Awaitable[None]],
    ) -> None:
        self.beat_seconds = beat_seconds
        self._database = database
        self._clock = clock
        self._roster = roster
        self._gone_seconds = gone_seconds
        self._keep = keep
        self._wheel = Wheel(beat_seconds)
        self._moment = 0.0
        """The last look at the clock that cannot be set: one value for all that is heard since,
        because ten thousand numbers of their own would be a quarter of a megabyte."""

    def add(self, connection: Connection) -> None:
        """A device has come."""
        self._moment = asyncio.get_running_loop().time()
        self._wheel.add(connection)
        self.heard(connection)

    def remove(self, connection: Connection) -> None:
        """A device is gone."""
        self._wheel.remove(connection)

    def heard(self, connection: Connection) -> None:
        """A sign of life."""
        connection.heard_at = self._moment

    async def beat(self) -> None:
        """Heartbeats, which also find whatever a lost wake-up left behind."""
        while True:
            await asyncio.sleep(self._wheel.turn_seconds)
            try:
                await self._beat_once([each for each in self._wheel.turn() if each.is_welcome])
            except Exception:
                _log.exception("a heartbeat failed")

    async def watch(self) -> None:
        """Closes the sockets of those who have said nothing for too long."""
        while True:
            await asyncio.sleep(min(1.0, self._gone_seconds / 8))
            self._moment = asyncio.get_running_loop().time()
            for connection in self._roster:
                if self._moment - connection.heard_at > self._gone_seconds:
                    self._give_up(connection)

    def _give_up(self, connection: Connection) -> None:
        try:
            connection.close(CloseCode.GOING_DOWN)
        except Exception:
            _log.exception("a silent socket could not be closed")

    async def _beat_once(self, connections: list[Connection]) -> None:
        if not connections:
            return
        people = [connection.caller.person_id for connection in connections]
        heads = await self._database.read(partial(feeds.heads, people=people))
        now = self._clock.now()
        for connection in connections:
            connection.notice(heads.get(connection.caller.person_id, 0))
            connection.push(Heartbeat(head_seq=connection.cursor, server_time=now))
        moved = [each for each in connections if each.acked != each.kept_cursor]
        if moved:
            await self._keep(moved)
