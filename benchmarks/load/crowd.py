"""Many sockets that do nothing: what each costs, how fast they come, how a notice reaches all."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.load.client import Client, Ear, connect
from benchmarks.load.effort import Effort, memory_kib, watching
from benchmarks.load.ledger import Ledger
from benchmarks.load.messages import Talk, pace

AT_ONCE = 64
"""Connections that are being made at any time."""
FIRST = 100
SETTLE_SECONDS = 1.0
NOTICES = 8
NOTICE_PAUSE = 0.3
NOTICE_SECONDS = 20.0
CHAT_RATE = 200.0

Make = Callable[[int], Client]
Say = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Step:
    """So many connected: what one of them costs, and how fast the last step came."""

    count: int
    kib_each: float
    a_second: float
    effort: Effort


@dataclass
class FanOut:
    """Milliseconds from a notice's start until the last client had it; chat in that time."""

    last: list[float] = field(default_factory=list)
    missed: int = 0
    chat: list[float] = field(default_factory=list)
    effort: Effort = field(default_factory=Effort)


async def gather(port: int, make: Make, numbers: Sequence[int]) -> list[Client]:
    """Connects these users, some at a time. Raises OSError or TimeoutError."""
    waiting: Iterator[int] = iter(numbers)
    found: list[Client] = []

    async def some() -> None:
        for number in waiting:
            found.append(await connect(port, lambda number=number: make(number)))  # type: ignore[misc]

    async with asyncio.TaskGroup() as group:
        for _ in range(min(AT_ONCE, len(numbers))):
            group.create_task(some())
    return sorted(found, key=lambda client: client.number)


async def fill(
    port: int, make: Make, counts: Sequence[int], pids: Sequence[int]
) -> tuple[list[Client], list[Step]]:
    """Connects up to each count in turn and looks at the server's memory there. The first
    hundred pay for what a server makes once, so they are not in the figure."""
    clients = await gather(port, make, range(FIRST))
    await asyncio.sleep(SETTLE_SECONDS)
    base = memory_kib(pids)
    steps: list[Step] = []
    for count in counts:
        before = len(clients)
        with watching(pids) as effort:
            clients += await gather(port, make, range(len(clients), count))
        rate = (count - before) / effort.seconds
        await asyncio.sleep(SETTLE_SECONDS)
        steps.append(Step(count, (memory_kib(pids) - base) / (count - FIRST), rate, effort))
    return clients, steps


class _Crowd(Talk):
    """Counts who has the notice while some talk."""

    def __init__(self, clients: Sequence[Client]) -> None:
        super().__init__(clients)
        self._clients_left: set[int] = set()
        self.everybody = asyncio.Event()
        self.last = 0.0

    def expect(self, clients: Sequence[Client]) -> None:
        """A notice is about to be sent."""
        self._clients_left = {client.number for client in clients}
        self.everybody.clear()

    @property
    def left(self) -> int:
        """Who does not have it yet."""
        return len(self._clients_left)

    def on_notice(self, client: Client) -> None:
        self._clients_left.discard(client.number)
        if not self._clients_left and not self.everybody.is_set():
            self.last = time.perf_counter()
            self.everybody.set()


async def fan_out(clients: Sequence[Client], say: Say, pids: Sequence[int], pairs: int) -> FanOut:
    """Sends notices to all while the first `pairs` talk at a steady rate."""
    crowd = _Crowd(clients)
    found = FanOut()
    talking = clients[: 2 * pairs]
    chatting = asyncio.create_task(pace(crowd, talking, CHAT_RATE, 600.0))
    windows = []
    try:
        await asyncio.sleep(SETTLE_SECONDS)
        with watching(pids) as found.effort:
            for _ in range(NOTICES):
                windows.append(await _notice(crowd, clients, say, found))
                if found.missed:
                    break  # it cannot do this; seven more would tell nothing new
                await asyncio.sleep(NOTICE_PAUSE)
    finally:
        chatting.cancel()
    await crowd.drained(2.0)
    found.chat = _within(crowd.ledger, windows)
    for client in clients:
        client.ear = Ear()
    return found


async def _notice(
    crowd: _Crowd, clients: Sequence[Client], say: Say, found: FanOut
) -> tuple[float, float]:
    crowd.expect(clients)
    began = time.perf_counter()
    await say()
    try:
        await asyncio.wait_for(crowd.everybody.wait(), NOTICE_SECONDS)
    except TimeoutError:
        found.missed += crowd.left
        return began, time.perf_counter()
    found.last.append((crowd.last - began) * 1000)
    return began, crowd.last


def _within(ledger: Ledger, windows: Sequence[tuple[float, float]]) -> list[float]:
    """Latencies of the messages that were on their way during a notice."""
    return [
        latency
        for began, ended in windows
        for latency, arrived in ledger.arrivals
        if arrived >= began and arrived - latency / 1000 <= ended
    ]
