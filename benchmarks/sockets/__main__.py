"""What agents' sockets cost: memory, coming, coming back, a notice to all, catching up. The lean
socket beside the plain one in one run; the server on one core, the load on another."""

import argparse
import asyncio
import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.company.articles import publish as publish_article
from benchmarks.company.seed import Plan, seed
from benchmarks.load.cores import SERVER_CORE, generate, on_core, raise_file_limit
from benchmarks.load.samebox import Seat
from benchmarks.measures.figures import Figure, Goal, figure, publish
from benchmarks.measures.machine import only_on_linux
from benchmarks.measures.processes import KIB_PER_MIB, pss
from benchmarks.sockets.chat import chatting
from benchmarks.sockets.swarm import DEADLINE, Swarm, SwarmAgent, Told
from tasks.stage.programs import ROOT
from tasks.stage.server import Server

STEPS = (1_000, 5_000, 10_000)
NOTICES = 10
TOLD = 5_000
QUIET_SECONDS = 2.0
MISSED = 10_000
SETTLE_SECONDS = 3.0
WARM = 300

MEMORY = Goal("median", 5.0)
CONNECTS = Goal("median", 4_000, at_least=True)
BACK = Goal("median", 10.0)
LAST = Goal("median", 80.0)
CHAT = Goal("p99", 15.0)
CAUGHT_UP = Goal("median", 1.0)

ARTICLE = "battery-worn.md"
ARTICLES = ROOT / "server" / "samebox_server" / "starter"
MODELS = 50
ONE_HELPS_OF = 5


@dataclass(frozen=True)
class Place:
    """A running server with people in its database."""

    server: Server
    people: Sequence[Seat]
    behind: Seat
    """The one who has missed a lot."""

    def swarm(self, people: Sequence[Seat]) -> Swarm:
        """Agents of these people."""
        return Swarm(self.server.port, people)

    def start(self) -> None:
        """Run the server on its core."""
        with on_core(SERVER_CORE):
            self.server.start()


@contextlib.contextmanager
def place(count: int, **settings: str) -> Iterator[Place]:
    """A server on its core, its database filled before it starts."""
    plan = Plan(listeners=count, models=MODELS, one_helps_of=ONE_HELPS_OF, behind=MISSED)
    with tempfile.TemporaryDirectory(prefix="samebox-bench-") as folder:
        data = Path(folder) / "server"
        *people, behind = seed(data, plan)
        here = Place(Server(data, settings), people, behind)
        here.start()
        try:
            yield here
        finally:
            here.server.kill()


async def measure(kind: str, here: Place) -> list[Figure]:
    """All rows of one kind of socket."""
    rows = [*await _come(kind, here), *await _notice(kind, here), await _catch_up(kind, here)]
    for how, end in (("kill -9", here.server.kill), ("SIGTERM", here.server.stop)):
        rows.append(await _return(kind, here, how, end))
    return rows


async def _come(kind: str, here: Place) -> list[Figure]:
    """Memory and speed at each step, all of them identified and welcome."""
    swarm = here.swarm(here.people)
    await swarm.connect(WARM)
    await swarm.leave()
    await asyncio.sleep(SETTLE_SECONDS)
    empty = pss(here.server.pid)
    memory, rates = [], []
    for step in (each for each in STEPS if each <= len(here.people)):
        rates.append(await swarm.connect(step - len(swarm.here)))
        await asyncio.sleep(SETTLE_SECONDS)
        used = (pss(here.server.pid) - empty) * KIB_PER_MIB / step
        memory.append(figure(f"{kind}: memory of an idle agent, {step} of them", "KiB", [used]))
    memory[-1] = figure(memory[-1].name, "KiB", memory[-1].samples, MEMORY)
    await swarm.leave()
    return [
        figure(f"{kind}: memory of a server without agents", "MiB", [empty]),
        *memory,
        figure(f"{kind}: agents that connect a second", "1/s", rates, CONNECTS),
    ]


async def _notice(kind: str, here: Place) -> list[Figure]:
    """Something for everybody, while two people chat from a process of their own."""
    swarm = here.swarm(here.people[:TOLD])
    await swarm.connect(min(TOLD, len(here.people)))
    lasts: list[float] = []
    with chatting(here.server) as chat:
        await asyncio.sleep(QUIET_SECONDS)
        noticed = time.perf_counter()
        await _all_notices(here, swarm, lasts)
    await swarm.leave()
    told = len(swarm.agents)
    return [
        figure(f"{kind}: a notice to {told}, until the last has it", "ms", lasts, LAST),
        figure(f"{kind}: chat one way, {told} idle agents", "ms", chat.took(until=noticed)),
        figure(f"{kind}: chat one way during the notices", "ms", chat.took(since=noticed), CHAT),
    ]


async def _all_notices(here: Place, swarm: Swarm, lasts: list[float]) -> None:
    swarm.awaited = b"articles_changed"
    for number in range(NOTICES):
        swarm.reached = 0
        publishing = asyncio.create_task(_say_something_new(here, number))
        while not swarm.reached:
            await asyncio.sleep(0.001)
        first = swarm.reached_at
        await publishing
        while swarm.reached < len(swarm.agents):
            await asyncio.sleep(0.001)
        lasts.append((swarm.reached_at - first) * 1000)
        await asyncio.sleep(0.3)


async def _say_something_new(here: Place, number: int) -> None:
    text = (ARTICLES / ARTICLE).read_text(encoding="utf-8")
    news = text.replace("Every battery", f"Notice {number}. Every battery")
    await publish_article(here.server, ARTICLE, news)


async def _catch_up(kind: str, here: Place) -> Figure:
    """From connecting to the last missed event."""
    swarm = here.swarm([here.behind])
    caught_up = asyncio.get_running_loop().create_future()

    def told(_: SwarmAgent, told: Told) -> None:
        if told.seq == MISSED:
            caught_up.set_result(None)

    swarm.on_told = told
    began = time.perf_counter()
    await swarm.connect(1)
    await asyncio.wait_for(caught_up, DEADLINE)
    took = time.perf_counter() - began
    await swarm.leave()
    return figure(f"{kind}: {MISSED} missed events caught up", "s", [took], CAUGHT_UP)


async def _return(kind: str, here: Place, how: str, end: Callable[[], None]) -> Figure:
    """All agents at their own pace, as laptops do, from the new server's first answer on."""
    swarm = here.swarm(here.people)
    await swarm.connect(len(here.people))
    await asyncio.sleep(1.0)
    swarm.returns = True
    try:
        await asyncio.to_thread(end)
    except subprocess.TimeoutExpired:
        sys.stdout.write(f"{kind}: did not end in time after {how} and was killed\n")
    while swarm.here:
        await asyncio.sleep(0.05)
    everyone = swarm.expect(len(here.people))
    await asyncio.to_thread(here.start)
    began = time.perf_counter()
    await everyone
    took = time.perf_counter() - began
    await swarm.leave()
    return figure(f"{kind}: {len(here.people)} agents back after {how}", "s", [took], BACK)


def main() -> int:
    """Measure both, or the one that is asked for."""
    only_on_linux("The memory of a socket")
    asked = argparse.ArgumentParser(prog="dev.py bench sockets")
    asked.add_argument("--agents", type=int, default=STEPS[-1])
    asked.add_argument("--only", choices=("lean", "plain"))
    given = asked.parse_args()
    raise_file_limit(given.agents)
    rows: list[Figure] = []
    for kind in (given.only,) if given.only else ("lean", "plain"):
        with place(given.agents, SAMEBOX_SOCKET=kind, SAMEBOX_LOG_LEVEL="ERROR") as here:
            rows += generate(measure(kind, here))
    notes = [
        "the server on one core, the agents on another; memory of the kernel's sockets not counted",
        "a return is counted from the first answer of the new server; the pauses are the agent's",
    ]
    return publish("sockets", rows, notes)


if __name__ == "__main__":
    sys.exit(main())
