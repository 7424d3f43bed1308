"""kill -9 under load: how soon the first agent and a thousand agents are back, and whether that
grows with what the log holds."""

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.company.seed import Plan
from benchmarks.load import crowd
from benchmarks.load.client import Client, connect
from benchmarks.load.cores import generate, raise_file_limit
from benchmarks.load.messages import Talk, pace
from benchmarks.measures.figures import Figure, Goal, figure, publish
from benchmarks.measures.machine import only_on_linux
from benchmarks.peers.samebox import Samebox

AGENTS = 1_000
PAIRS = 64
RATE = 300.0
LOGS = (10, 1_000)
"""Events in the log of each agent: 10,000 and 1,000,000 in all."""
RETRY = (0.05, 0.25)
"""Seconds between attempts of one agent, by chance, so that they do not come in step."""
LOAD_SECONDS = 2.0
BACK_SECONDS = 120.0
FIRST_BACK, ALL_BACK = Goal("median", 1.5), Goal("median", 4.0)


@dataclass
class Back:
    """Seconds from each kill until the first and until all were welcomed."""

    first: list[float]
    every: list[float]


async def measure(server: Samebox, kills: int) -> Back:
    """Kills it so often, each time with everybody connected and pairs talking."""
    back = Back([], [])
    agents = range(2 * PAIRS, 2 * PAIRS + AGENTS)
    for _ in range(kills):
        talking = await crowd.gather(server.port, server.client, range(2 * PAIRS))
        listening = await crowd.gather(server.port, server.client, agents)
        load = asyncio.create_task(pace(Talk(talking), talking, RATE, BACK_SECONDS))
        await asyncio.sleep(LOAD_SECONDS)
        killed = time.perf_counter()
        server.server.kill()
        starting = asyncio.create_task(asyncio.to_thread(server.run))
        load.cancel()
        returned = [asyncio.create_task(_come_back(server, number)) for number in agents]
        came = sorted([await each for each in returned])
        await starting
        back.first.append(came[0] - killed)
        back.every.append(came[-1] - killed)
        for client in [*talking, *listening]:
            client.close()
    return back


async def _come_back(server: Samebox, number: int) -> float:
    """When this agent was welcomed again."""
    client: Client | None = None
    async with asyncio.timeout(BACK_SECONDS):
        while client is None:
            await asyncio.sleep(random.uniform(*RETRY))
            with contextlib.suppress(OSError):  # also a refused or a broken connection
                client = await connect(server.port, lambda: server.client(number))
    welcomed = time.perf_counter()
    asyncio.get_running_loop().call_later(5.0, client.close)
    return welcomed


def rows_of(events_each: int, back: Back) -> list[Figure]:
    """Two rows for one size of the log."""
    events = f"{events_each * AGENTS:,} events in the log"
    return [
        figure(f"kill -9 to the first agent back, {events}", "s", back.first, FIRST_BACK),
        figure(f"kill -9 to {AGENTS:,} agents back, {events}", "s", back.every, ALL_BACK),
    ]


def main(words: Sequence[str] | None = None) -> int:
    """Each size of the log on a server of its own."""
    only_on_linux("coming back after a kill")
    parser = argparse.ArgumentParser(prog="dev.py bench recovery", description=__doc__)
    parser.add_argument("--kills", type=int, default=3)
    given = parser.parse_args(words)
    raise_file_limit()
    rows: list[Figure] = []
    for events_each in LOGS:
        server = Samebox(Plan(pairs=PAIRS, listeners=AGENTS, events_each=events_each))
        with tempfile.TemporaryDirectory(prefix="samebox-recovery-") as folder:
            server.start(Path(folder), AGENTS)
            try:
                rows += rows_of(events_each, generate(measure(server, given.kills)))
            finally:
                server.stop()
    notes = [f"{PAIRS} pairs send {RATE:g} messages a second until the kill; agents try again "]
    notes[0] += f"every {RETRY[0]:g} to {RETRY[1]:g} s; the server is started again at once"
    return publish("recovery", rows, notes)


if __name__ == "__main__":
    sys.exit(main())
