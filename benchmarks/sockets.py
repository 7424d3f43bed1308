"""What agents' sockets cost: memory, coming, coming back, a notice to all, catching up. The lean
socket beside the plain one in one run; the server on one core, the load on another."""

import argparse
import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvloop

from benchmarks import limits
from benchmarks.chat import chatting
from benchmarks.figures import Figure, Goal, figure, publish
from benchmarks.machine import only_on_linux
from benchmarks.office import Office
from benchmarks.processes import KIB_PER_MIB, pss
from benchmarks.seeding import Seeded, missed, seed
from benchmarks.swarm import DEADLINE, Swarm, SwarmAgent, Told
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

ARTICLE = Path(__file__).parents[1] / "server/samebox_server/starter/battery-worn.md"


@dataclass(frozen=True)
class Place:
    """A running server with people in its database."""

    office: Office
    people: Sequence[Seeded]
    behind: Seeded
    """The one who has missed a lot."""

    @property
    def server(self) -> Server:
        """The server."""
        return self.office.server

    def swarm(self, people: Sequence[Seeded]) -> Swarm:
        """Agents of these people."""
        address = urllib.parse.urlsplit(self.server.url)
        return Swarm(address.hostname or "", address.port or 0, people)


@contextlib.contextmanager
def place(count: int, **settings: str) -> Iterator[Place]:
    """A server on the first core, its database filled before it starts."""
    with tempfile.TemporaryDirectory(prefix="samebox-bench-") as folder:
        data = Path(folder) / "server"
        people, (behind,) = seed(data, count), seed(data, 1)
        missed(data, behind, MISSED)
        server = Server(data, settings)
        on_core(0, server.start)
        try:
            owner_invite = server.set_up("Bench & Co", "Olga Owner")
            yield Place(Office(Path(folder), server, owner_invite), people, behind)
        finally:
            server.kill()


def on_core(core: int, start: Callable[[], object]) -> None:
    """Starts a process there; this thread goes on where it was."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        start()
    finally:
        os.sched_setaffinity(0, before)


async def measure(kind: str, count: int) -> list[Figure]:
    """All rows of one kind of socket."""
    with place(count, SAMEBOX_SOCKET=kind, SAMEBOX_LOG_LEVEL="ERROR") as here:
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
    with chatting(here.office) as chat:
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
        publishing = asyncio.create_task(asyncio.to_thread(_publish_article, here, number))
        while not swarm.reached:
            await asyncio.sleep(0.001)
        first = swarm.reached_at
        await publishing
        while swarm.reached < len(swarm.agents):
            await asyncio.sleep(0.001)
        lasts.append((swarm.reached_at - first) * 1000)
        await asyncio.sleep(0.3)


def _publish_article(here: Place, number: int) -> None:
    local = json.loads((here.server.data / "local.json").read_bytes())
    text = ARTICLE.read_text("utf-8").replace("Every battery", f"Notice {number}. Every battery")
    asked = urllib.request.Request(
        f"{local['url']}/api/local/articles",
        data=json.dumps({"source": "battery-worn.md", "text": text}).encode(),
        headers={"Authorization": f"Bearer {local['key']}", "Content-Type": "application/json"},
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(asked, timeout=DEADLINE) as answer:
        assert json.load(answer)["changed"]


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
    await asyncio.to_thread(on_core, 0, here.server.start)
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
    limits.many_files(given.agents)
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1]})
    rows: list[Figure] = []
    for kind in (given.only,) if given.only else ("lean", "plain"):
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            rows += runner.run(measure(kind, given.agents))
    notes = [
        "the server on one core, the agents on another; memory of the kernel's sockets not counted",
        "a return is counted from the first answer of the new server; the pauses are the agent's",
    ]
    return publish("sockets", rows, notes)


if __name__ == "__main__":
    sys.exit(main())
