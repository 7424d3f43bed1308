"""Two replicas on one PostgreSQL with Redis between them: a message that crosses from one to the
other, quiet and at 1,000 a second, and with Redis gone."""

import argparse
import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.company.seed import Plan, seed
from benchmarks.load import crowd, messages
from benchmarks.load.client import Client
from benchmarks.load.cores import SERVER_CORE, generate, on_core, raise_file_limit
from benchmarks.load.samebox import SameboxClient, Seat
from benchmarks.measures.figures import Figure, Goal, figure, publish
from benchmarks.measures.machine import only_on_linux
from benchmarks.peers.samebox import QUIET
from tasks.stage.redis import Redis, RedisFailed
from tasks.stage.server import Server
from tests.support import postgres

PAIRS = 128
RATE = 1_000.0
RATE_WITHOUT_BUS = 50.0
ACROSS, ACROSS_TAIL = Goal("median", 2.0), Goal("p99", 6.0)
WITHOUT_BUS = Goal("p99", 1_500.0)


@dataclass(frozen=True)
class Replicas:
    """Where two servers over the same database listen, and who may connect."""

    ports: tuple[int, int]
    pids: tuple[int, ...]
    seats: Sequence[Seat]

    def client(self, number: int) -> Client:
        """Even users come to the first, odd ones to the second: every message crosses."""
        return SameboxClient(number, self.port(number), self.seats[number])

    def port(self, number: int) -> int:
        """The port of this user's replica."""
        return self.ports[number % 2]


async def measure(replicas: Replicas, cut_the_bus: Callable[[], None]) -> list[Figure]:
    """All rows; the last ones after `cut_the_bus`."""
    clients: list[Client] = []
    for side in (0, 1):
        users = range(side, len(replicas.seats), 2)
        clients += await crowd.gather(replicas.port(side), replicas.client, users)
    clients.sort(key=lambda client: client.number)
    quiet = await messages.quiet(clients, replicas.pids)
    busy = await messages.paced(clients, replicas.pids, RATE)
    cut_the_bus()
    await asyncio.sleep(1.0)
    alone = await messages.paced(clients, replicas.pids, RATE_WITHOUT_BUS)
    missing = busy.ledger.missing + alone.ledger.missing
    rows = [
        figure("message across two replicas, quiet", "ms", quiet.ledger.latencies, ACROSS),
        figure(f"the same at {RATE:g}/s", "ms", busy.ledger.latencies, ACROSS),
        figure(f"the same at {RATE:g}/s, worst of 100", "ms", busy.ledger.latencies, ACROSS_TAIL),
        figure("the same with Redis gone, 50/s", "ms", alone.ledger.latencies, WITHOUT_BUS),
        figure("messages that did not arrive", "", [float(missing)], Goal("median", 0.0)),
    ]
    for client in clients:
        client.close()
    return rows


@contextlib.contextmanager
def two_replicas(folder: Path, bus: str) -> Iterator[Replicas]:
    """Two servers on the server's core over a private PostgreSQL."""
    with contextlib.ExitStack() as endings:
        running = endings.enter_context(postgres.private_postgres(durable=True))
        url = running.new_database()
        seats = seed(folder / "seeding", Plan(pairs=PAIRS), url)
        settings = {**QUIET, "SAMEBOX_DATABASE_URL": url, "SAMEBOX_REDIS_URL": bus}
        servers = []
        with on_core(SERVER_CORE):
            for name in ("first", "second"):
                servers.append(endings.enter_context(Server(folder / name, settings)))
        ports = (servers[0].port, servers[1].port)
        yield Replicas(ports, tuple(server.pid for server in servers), seats)


@contextlib.contextmanager
def private_redis(folder: Path) -> Iterator[Redis]:
    """A Redis (or Valkey) of our own, without a file. Ends kindly where there is none."""
    try:
        running = Redis(folder)
    except RedisFailed as error:
        sys.exit(f"Nothing was measured: {error}.")
    running.start()
    try:
        yield running
    finally:
        running.kill()


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print, keep."""
    only_on_linux("two replicas")
    argparse.ArgumentParser(prog="dev.py bench replicas", description=__doc__).parse_args(words)
    raise_file_limit()
    with (
        tempfile.TemporaryDirectory(prefix="samebox-replicas-") as place,
        private_redis(Path(place) / "redis") as redis,
        two_replicas(Path(place), redis.url) as replicas,
    ):
        rows = generate(measure(replicas, redis.kill))
    return publish("replicas", rows, ["both replicas share one core; PostgreSQL may use any"])


if __name__ == "__main__":
    sys.exit(main())
