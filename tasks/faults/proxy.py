"""A small TCP proxy that makes a network bad, in the words of Toxiproxy, and two words of our own
at the level of messages: replay and swap.

Everything can be changed while connections stand. `hold` keeps bytes back without losing them, as a
partition does to TCP, where there are no namespaces to cut.
"""

import asyncio
import contextlib
import random
import socket
import struct
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.faults.frames import REMEMBERED, Stream

PART = 64 * 1024
LOOK_SECONDS = 0.02


@dataclass(frozen=True, kw_only=True)
class Toxics:
    """How bad it is; nothing by default. Times are seconds, sizes bytes."""

    latency: float = 0.0
    jitter: float = 0.0
    bandwidth: float = 0.0
    """Bytes a second; 0 for as fast as it goes."""
    slice_size: int = 0
    slice_delay: float = 0.0
    limit_data: int = 0
    """Close after so many bytes of one direction."""
    slow_close: float = 0.0
    timeout: float = 0.0
    """Nothing passes any more, and after this long the connection is closed."""
    reset_peer: float = 0.0
    """Reset every connection this long after its next bytes."""
    down: bool = False
    hold_up: bool = False
    hold_down: bool = False


class Proxy:
    """Listens once `start` was awaited. With several servers behind it each connection gets the
    next one that answers, as a balancer would do."""

    def __init__(self, upstreams: Sequence[tuple[str, int]], seed: int) -> None:
        self.port = 0
        self.toxics = Toxics()
        self.replayed = 0
        self._upstreams = tuple(upstreams)
        self._turn = 0
        self._random = random.Random(seed)
        self._server: asyncio.Server | None = None
        self._passing: set[Passing] = set()
        self._done: dict[bytes, deque[bytes]] = {}
        self._tasks: set[asyncio.Task[object]] = set()
        self._swapped = 0

    @property
    def swapped(self) -> int:
        """Pairs of frames that came out in the other order."""
        return self._swapped + sum(one.swapped for one in self._passing)

    def requests_of(self, token: bytes) -> "deque[bytes]":
        """The newest requests of one device, over all its connections."""
        return self._done.setdefault(token, deque(maxlen=REMEMBERED))

    async def start(self, host: str) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, host, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """End everything."""
        if self._server is not None:
            self._server.close()
        for one in list(self._passing):
            one.reset()

    def set(self, toxics: Toxics) -> None:
        """From now on it is like this; what is held stays held. `down` ends what stands."""
        held = self.toxics
        self.toxics = replace(toxics, hold_up=held.hold_up, hold_down=held.hold_down)
        if toxics.down:
            for one in list(self._passing):
                one.reset()

    def hold(self, *, up: bool, down: bool) -> None:
        """Keep back what goes up to the server, or what comes down."""
        self.toxics = replace(self.toxics, hold_up=up, hold_down=down)

    def swap(self) -> None:
        """In each direction of each connection the next two frames change places."""
        for one in self._passing:
            one.swap()

    async def replay(self) -> None:
        """Send up to five old requests of each device once more, on its connection of now."""
        for one in list(self._passing):
            self.replayed += await one.replay(self._random)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self.toxics.down:
            writer.transport.abort()
            return
        up = await self._open()
        if up is None:
            writer.transport.abort()
            return
        passing = Passing(self, (reader, writer), up, self._random)
        self._passing.add(passing)
        try:
            await passing.run()
        finally:
            self._passing.discard(passing)
            self._swapped += passing.swapped

    async def _open(self) -> "Pipe | None":
        for _ in self._upstreams:
            self._turn += 1
            try:
                return await asyncio.open_connection(
                    *self._upstreams[self._turn % len(self._upstreams)]
                )
            except OSError:
                continue
        return None


Pipe = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Passing:
    """One connection that passes through."""

    def __init__(self, proxy: Proxy, client: Pipe, server: Pipe, chance: random.Random) -> None:
        self._proxy = proxy
        self._client = client
        self._server = server
        self._random = chance
        self._up = Stream(masks=True)
        self._down = Stream(masks=False)
        self._lock = asyncio.Lock()

    @property
    def swapped(self) -> int:
        """Pairs that were swapped."""
        return self._up.swapped + self._down.swapped

    async def run(self) -> None:
        """Until either end closes."""
        tasks = [
            asyncio.create_task(self._pump(self._client[0], self._server[1], self._up)),
            asyncio.create_task(self._pump(self._server[0], self._client[1], self._down)),
        ]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(self._proxy.toxics.slow_close)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _, writer in (self._client, self._server):
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    def reset(self) -> None:
        """Both ends see a reset."""
        for _, writer in (self._client, self._server):
            found = writer.get_extra_info("socket")
            with contextlib.suppress(OSError):  # it may be closed already
                found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

    def swap(self) -> None:
        """The next two of each direction."""
        self._up.swaps += 1
        self._down.swaps += 1

    async def replay(self, chance: random.Random) -> int:
        """Old requests of this device, also of connections before this one; how many."""
        frames = list(self._up.done)
        if not frames:
            return 0
        chosen = chance.choices(frames, k=chance.randint(1, 5))
        async with self._lock:
            for frame in chosen:
                self._server[1].write(frame)
        return len(chosen)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stream: Stream
    ) -> None:
        passed = 0
        while data := await _read(reader):
            pieces = stream.feed(data)
            if stream.token and stream is self._up:
                stream.done = self._proxy.requests_of(stream.token)
            for piece in pieces:
                passed += len(piece)
                if not await self._let_pass(piece, writer, stream is self._up):
                    return
                limit = self._proxy.toxics.limit_data
                if limit and passed > limit:
                    return

    async def _let_pass(self, piece: bytes, writer: asyncio.StreamWriter, is_up: bool) -> bool:
        """With what the toxics do to it; False when the connection is over."""
        toxics = self._proxy.toxics
        if toxics.timeout:
            await asyncio.sleep(toxics.timeout)
            return False
        if toxics.reset_peer:
            await asyncio.sleep(toxics.reset_peer)
            self.reset()
            return False
        if toxics.latency or toxics.jitter:
            away = toxics.latency + toxics.jitter * (2 * self._random.random() - 1)
            await asyncio.sleep(max(0.0, away))
        while self._is_held(is_up):
            await asyncio.sleep(LOOK_SECONDS)
        lock = self._lock if is_up else asyncio.Lock()
        async with lock:
            await self._write(piece, writer, toxics)
        return True

    def _is_held(self, is_up: bool) -> bool:
        toxics = self._proxy.toxics
        return toxics.hold_up if is_up else toxics.hold_down

    async def _write(self, piece: bytes, writer: asyncio.StreamWriter, toxics: Toxics) -> None:
        size = toxics.slice_size or len(piece)
        for start in range(0, len(piece), size):
            part = piece[start : start + size]
            writer.write(part)
            await writer.drain()
            if toxics.bandwidth:
                await asyncio.sleep(len(part) / toxics.bandwidth)
            if toxics.slice_delay:
                await asyncio.sleep(toxics.slice_delay)


async def _read(reader: asyncio.StreamReader) -> bytes:
    """What came; nothing when the other end is gone, however it went."""
    try:
        return await reader.read(PART)
    except OSError:
        return b""
