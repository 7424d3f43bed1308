"""The bus over Redis or Valkey: one channel, published to and listened to by every server.

It never gives up and never dies silently: both directions end together at the first trouble, wait
a random moment, and begin afresh with new connections. Each server hears its own messages, so
that silence is trouble, too, and a connection that is only half alive is noticed.
"""

import asyncio
import importlib
import logging
import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from samebox_server.live.bus import Hints, Missed, Post, Receive

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.asyncio.client import PubSub

BEAT_SECONDS = 1.0
"""How often a server that has nothing to say lets itself be heard."""
SILENCE_SECONDS = 4.0
"""How long nothing at all may be heard, not even from ourselves."""
CONNECT_SECONDS = 2.0
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
MOST_WAITING = 10_000
"""Messages that may wait for Redis; beyond that a look into the database is cheaper."""

_log = logging.getLogger(__name__)


class RedisBus:
    """See Bus. `url` may name redis://, rediss://, unix:// or valkey://."""

    def __init__(
        self,
        url: str,
        channel: str,
        post: Post,
        jitter: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self._url = url.replace("valkey://", "redis://", 1).replace("valkeys://", "rediss://", 1)
        self._channel = channel
        self._post = post
        self._jitter = jitter
        self._waiting: list[bytes] = []
        self._woken = asyncio.Event()
        self._last_heard = 0.0
        self._has_failed = False
        self.is_up = False

    @property
    def node_id(self) -> str:
        """See Bus."""
        return self._post.node_id

    @property
    def lag(self) -> float:
        """See Bus."""
        return self._post.lag

    def publish(self, hints: Hints) -> None:
        """See Bus."""
        message = self._post.write(hints)
        if not self.is_up:
            return
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.clear()
        self._waiting.append(message)
        self._woken.set()

    async def run(self, receive: Receive, missed: Missed) -> None:
        """See Bus."""
        await asyncio.to_thread(importlib.import_module, "redis.asyncio")  # a quarter of a second
        pause = FIRST_PAUSE
        while True:
            try:
                await self._converse(receive, missed)
            except Exception as error:
                pause = FIRST_PAUSE if self.is_up else min(2 * pause, LONGEST_PAUSE)
                self._went_down(error)
            missed()
            await asyncio.sleep(self._jitter(0.0, pause))

    async def _converse(self, receive: Receive, missed: Missed) -> None:
        """Until the first trouble in either direction, which is raised."""
        client = self._connect()
        listening = client.pubsub()
        tasks: list[asyncio.Task[None]] = []
        try:
            await listening.subscribe(self._channel)
            self._last_heard = time.monotonic()
            tasks = [
                asyncio.create_task(self._listen(listening, receive, missed)),
                asyncio.create_task(self._send(client)),
            ]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            await done.pop()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with suppress(Exception):  # it is broken already
                await listening.aclose()  # type: ignore[no-untyped-call]
                await client.aclose()

    def _connect(self) -> "Redis":
        from redis.asyncio import Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff

        client: Redis = Redis.from_url(
            self._url,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=CONNECT_SECONDS,
            retry=Retry(NoBackoff(), 0),  # we know better when to try again
        )
        return client

    async def _listen(self, listening: "PubSub", receive: Receive, missed: Missed) -> None:
        async for message in listening.listen():
            self._last_heard = time.monotonic()
            if message["type"] == "message":
                self._post.read(message["data"], receive, missed)
            elif message["type"] == "subscribe":
                self._came_up()
                missed()
        raise ConnectionError("Redis ended the subscription")

    async def _send(self, client: "Redis") -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT_SECONDS):
                    await self._woken.wait()
            self._woken.clear()
            if time.monotonic() - self._last_heard > SILENCE_SECONDS:
                raise TimeoutError("Redis has fallen silent")
            waiting, self._waiting = self._waiting or [self._post.write(Hints())], []
            if len(waiting) == 1:
                await client.publish(self._channel, waiting[0])
                continue
            async with client.pipeline(transaction=False) as pipeline:
                for message in waiting:
                    _ = pipeline.publish(self._channel, message)
                await pipeline.execute()

    def _came_up(self) -> None:
        self.is_up = True
        if self._has_failed:
            _log.info("Redis is back")
        self._has_failed = False

    def _went_down(self, error: Exception) -> None:
        if not self._has_failed:
            _log.warning(
                "Redis cannot be used (%s); messages between servers take up to a second "
                "until it is back, and nothing is lost",
                type(error).__name__,
            )
        self._has_failed = True
        self.is_up = False
        self._waiting.clear()
        self._post.forget_lost()
