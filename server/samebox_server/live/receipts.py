"""Gathers which messages have reached which devices, so that a burst costs one row and one event
for each session and not one for each message; "delivered" may be a moment late for that."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from samebox_server.live.connection import Connection
from samebox_server.live.conversation import Received
from samebox_server.store.writer import StorageFailed

GATHER_SECONDS = 0.1
AT_MOST_OF_THE_TIME = 0.2
"""Share of the time that writing receipts may take; a busy server gathers for longer."""
AT_ONCE = 32
"""Receipts in one transaction; more would keep messages waiting, and one costs 50 us."""
AGAIN_SECONDS = 1.0
"""How long after a storage that failed they are tried again."""

_log = logging.getLogger(__name__)

Keep = Callable[[list[Received]], Awaitable[None]]


class Receipts:
    """One write at a time, for all devices that have received something since the last one."""

    def __init__(self, keep: Keep, spawn: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        self._keep = keep
        self._spawn = spawn
        self._waiting: dict[Connection, None] = {}
        self._is_running = False

    def note(self, connection: Connection) -> None:
        """Messages have reached this device."""
        self._waiting[connection] = None
        if not self._is_running:
            self._is_running = True
            self._spawn(self._run())

    async def _run(self) -> None:
        try:
            took = 0.0
            while self._waiting:
                await asyncio.sleep(max(GATHER_SECONDS, took / AT_MOST_OF_THE_TIME))
                connections, self._waiting = list(self._waiting), {}
                received = [one for each in connections for one in each.take_received()]
                began = time.monotonic()
                for first in range(0, len(received), AT_ONCE):
                    await self._keep_surely(received[first : first + AT_ONCE])
                took = time.monotonic() - began
        finally:
            self._is_running = False

    async def _keep_surely(self, received: list[Received]) -> None:
        while True:
            try:
                return await self._keep(received)
            except StorageFailed as failure:
                _log.warning("receipts wait for the storage: %s", failure)
                await asyncio.sleep(AGAIN_SECONDS)
