"""Ten thousand agents in one process: each with its own socket, token and hello. They speak the
real protocol; what they say is made once, so that the load costs less than what it loads."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence

import msgspec
from samebox_agent.core import backoff
from samebox_shared.protocol.codec import encode
from samebox_shared.protocol.messages import Ack, AgentFrame, Hello
from samebox_shared.protocol.versions import PROTOCOL

from benchmarks.load import websocket
from benchmarks.load.samebox import Seat

DEADLINE = 60.0
AT_ONCE = 256
NOTHING = b"\x00 nobody says this"


class Told(msgspec.Struct):
    """As much of a frame as the swarm looks at."""

    type: str
    seq: int = 0
    retry_after: float = 0.0
    epoch: str = ""


_told = msgspec.json.Decoder(Told)


class SwarmAgent(asyncio.Protocol):
    """One agent. It answers heartbeats and acknowledges events, and comes back if it `returns`."""

    __slots__ = ("_buffer", "_is_open", "_seq", "_swarm", "_transport", "_upgrade", "epoch")

    def __init__(self, swarm: "Swarm", port: int, seat: Seat) -> None:
        self._swarm = swarm
        self._upgrade = websocket.upgrade("/agent", port, f"Bearer {seat.token}")
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._is_open = False
        self._seq = 0
        self.epoch = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport, self._buffer, self._is_open = transport, b"", False
        transport.write(self._upgrade)

    def data_received(self, data: bytes) -> None:
        if self._swarm.awaited in data:
            self._swarm.reached += 1
            self._swarm.reached_at = time.perf_counter()
            return
        self._buffer += data
        if not self._is_open:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self._is_open, self._buffer = True, rest
            self._send(_framed(self._hello()))
        end = 0
        for frame in websocket.frames(self._buffer):
            end = frame.end
            if frame.opcode == websocket.TEXT:
                self._take(_told.decode(frame.payload))
            elif frame.opcode == websocket.CLOSE:
                self._send(websocket.masked(frame.payload, websocket.CLOSE))
        self._buffer = self._buffer[end:]

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._swarm.lost(self)

    def leave(self) -> None:
        """Without a goodbye."""
        if self._transport is not None:
            self._transport.abort()

    def _hello(self) -> Hello:
        return Hello(protocol=PROTOCOL, agent_version="0", epoch=self.epoch, acked_seq=self._seq)

    def _take(self, told: Told) -> None:
        match told.type:
            case "welcome":
                self.epoch = told.epoch
            case "event":
                self._seq = told.seq
                if told.seq % 50 == 0:
                    self._send(_framed(Ack(seq=told.seq)))
            case "heartbeat":
                self._send(_framed(Ack(seq=self._seq)))
            case _:
                pass
        self._swarm.told(self, told)

    def _send(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)


class Swarm:
    """Agents, and what happens to them."""

    def __init__(self, port: int, seats: Sequence[Seat]) -> None:
        self._port = port
        self.agents = [SwarmAgent(self, port, seat) for seat in seats]
        self.here: set[SwarmAgent] = set()
        self.on_told: Callable[[SwarmAgent, Told], None] = lambda _agent, _told: None
        self.returns = False
        self.awaited = NOTHING
        """A word that only a notice has: whoever gets it is counted, at the least cost."""
        self.reached = 0
        self.reached_at = 0.0
        self._pause: dict[SwarmAgent, float] = {}
        self._coming: set[asyncio.Task[None]] = set()
        self._enough: asyncio.Future[None] | None = None
        self._wanted = 0

    async def connect(self, count: int) -> float:
        """The next `count` agents; how many came a second, welcome included."""
        coming = [agent for agent in self.agents if agent not in self.here][:count]
        began = time.perf_counter()
        reached = self.expect(len(self.here) + len(coming))
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(agent: SwarmAgent) -> None:
            async with gate:
                await self._dial(agent)

        await asyncio.gather(*(one(agent) for agent in coming))
        await reached
        return len(coming) / (time.perf_counter() - began)

    def expect(self, count: int) -> "asyncio.Future[None]":
        """Done as soon as so many are welcome."""
        self._wanted = count
        self._enough = asyncio.get_running_loop().create_future()
        return asyncio.ensure_future(asyncio.wait_for(self._enough, DEADLINE))

    def told(self, agent: SwarmAgent, told: Told) -> None:
        """A frame came."""
        if told.type == "welcome":
            self.here.add(agent)
            if self._enough is not None and len(self.here) >= self._wanted:
                self._enough.set_result(None)
                self._enough = None
        elif told.type == "going_down":
            self._pause[agent] = told.retry_after
        self.on_told(agent, told)

    def lost(self, agent: SwarmAgent) -> None:
        """Its socket is gone."""
        self.here.discard(agent)
        if self.returns:
            task = asyncio.create_task(self._return(agent))
            self._coming.add(task)
            task.add_done_callback(self._coming.discard)

    async def leave(self) -> None:
        """All at once."""
        self.returns = False
        for task in self._coming:
            task.cancel()
        for agent in list(self.here):
            agent.leave()
        while self.here:
            await asyncio.sleep(0.05)

    async def _return(self, agent: SwarmAgent) -> None:
        """As a laptop comes back: what the server asked for, then its own growing pauses."""
        pause, attempt = self._pause.pop(agent, 0.0), 1
        while True:
            await asyncio.sleep(pause + backoff.wait(attempt, random.random()))
            try:
                await self._dial(agent)
            except OSError:
                pause, attempt = 0.0, attempt + 1
            else:
                return

    async def _dial(self, agent: SwarmAgent) -> None:
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: agent, "127.0.0.1", self._port)


def _framed(frame: AgentFrame) -> bytes:
    return websocket.masked(encode(frame))
