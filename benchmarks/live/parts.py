"""The parts of `bench live`, each filling in an outcome from one running server."""

import asyncio
import gc
import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.company.seed import kind_of
from benchmarks.live.findings import Cell, Outcome
from benchmarks.load import claims, crowd, messages
from benchmarks.load.client import Client
from benchmarks.load.cores import GENERATOR_CORE, on_core
from benchmarks.load.effort import memory_mib
from benchmarks.load.ledger import Ledger
from benchmarks.load.nats import NatsClient
from benchmarks.measures import limits
from benchmarks.measures.figures import percentile
from benchmarks.peers.bare import Bare
from benchmarks.peers.nats import Nats
from benchmarks.peers.samebox import Samebox
from benchmarks.peers.subject import FEW_TALKERS, TALKERS, Subject

RATES = (200, 1_000)
FLIGHTS = (32, 512)
FAN_OUT_TO = 5_000
HELPERS = 8


async def measure_messages(subject: Subject, outcome: Outcome, runs: int) -> None:
    """All rates with 512 people connected; medians of several runs."""
    clients = await crowd.gather(subject.port, subject.client, range(TALKERS))
    gc.freeze()
    for run in range(runs):
        await _one_run(subject, clients, outcome, run)
    for client in clients:
        client.close()
    medians(outcome)


async def _one_run(subject: Subject, clients: Sequence[Client], outcome: Outcome, run: int) -> None:
    quiet = await messages.quiet(clients, subject.pids)
    _keep_paced(outcome, run, "quiet", quiet)
    for rate in RATES:
        paced = await messages.paced(clients, subject.pids, rate)
        _keep_paced(outcome, run, f"{rate}/s", paced)
    for in_flight in FLIGHTS:
        found = await messages.flood(clients, subject.pids, in_flight)
        key = f"{in_flight} in flight"
        outcome.cells[f"{key} acked#{run}"] = Cell(found.acked, found.effort, is_rate=True)
        outcome.cells[f"{key} received#{run}"] = Cell(found.received, found.effort, is_rate=True)
        _note_trouble(outcome, key, found.ledger)


def _keep_paced(outcome: Outcome, run: int, key: str, found: messages.Paced) -> None:
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        outcome.cells[f"{key} {name}#{run}"] = Cell(found.ledger.p(share), found.effort)
    _note_trouble(outcome, key, found.ledger)


def _note_trouble(outcome: Outcome, key: str, ledger: Ledger) -> None:
    if ledger.missing:
        late = f"{ledger.missing} of {ledger.sent} had not arrived after "
        outcome.notes.append(f"{key}: {late}{messages.DRAIN_SECONDS:g} s more")
    if ledger.twice or ledger.refused:
        outcome.notes.append(f"{key}: {ledger.twice} came twice, refused: {ledger.refused}")


def medians(outcome: Outcome) -> None:
    """Puts one cell for each key in place of one for each run."""
    runs: dict[str, list[Cell]] = {}
    for key in [key for key in outcome.cells if "#" in key]:
        runs.setdefault(key.partition("#")[0], []).append(outcome.cells.pop(key))
    for key, cells in runs.items():
        value = statistics.median(cell.value for cell in cells)
        effort = max((cell.effort for cell in cells), key=lambda each: each.generator)
        outcome.cells[key] = Cell(value, effort, cells[0].is_rate)


async def measure_sockets(subject: Subject, outcome: Outcome, steps: Sequence[int]) -> None:
    """Memory and connecting at each step; the notice to everyone at its own step."""
    outcome.cells["base"] = Cell(memory_mib(subject.pids))
    clients, found = await crowd.fill(subject.port, subject.client, steps, subject.pids)
    for step in found:
        outcome.cells[f"idle {step.count}"] = Cell(step.kib_each, step.effort)
    best = max(found[1:] or found, key=lambda step: step.a_second)
    outcome.cells["connects"] = Cell(best.a_second, best.effort, is_rate=True)
    gc.freeze()
    await measure_fan_out(subject, clients[: min(FAN_OUT_TO, max(steps))], outcome, clients)
    for client in clients:
        client.close()


async def measure_fan_out(
    subject: Subject,
    clients: Sequence[Client],
    outcome: Outcome,
    everybody: Sequence[Client],
) -> None:
    """A notice reaches whoever is connected, so the others leave first."""
    for client in everybody[len(clients) :]:
        client.close()
    await asyncio.sleep(2.0)
    pairs = 0 if isinstance(subject, Bare) else FEW_TALKERS // 2
    found = await crowd.fan_out(
        clients, lambda: subject.say_to_all(clients[0]), subject.pids, pairs
    )
    if found.last:
        outcome.cells["last"] = Cell(statistics.median(found.last), found.effort)
        outcome.cells["last worst"] = Cell(max(found.last), found.effort)
    if found.chat:
        outcome.cells["chat p99"] = Cell(percentile(found.chat, 0.99), found.effort)
    if found.missed:
        outcome.notes.append(f"notices: {found.missed} did not come within 20 s")


async def measure_claims(subject: Subject, outcome: Outcome, count: int) -> None:
    """Races, where there is something like a claim."""
    if isinstance(subject, Nats):
        clients = await crowd.gather(subject.port, subject.client, range(HELPERS))
        racing = [each for each in clients if isinstance(each, NatsClient)]
        races = await claims.race_nats(racing, count)
    elif isinstance(subject, Samebox):
        races = await _race_ours(subject, count)
    else:
        return
    outcome.cells["races"] = Cell(float(len(races.winners)))
    outcome.cells["racers"] = Cell(statistics.median(races.racers))
    outcome.cells["split"] = Cell(float(races.split))
    for name, samples in (("won", races.won), ("known", races.known)):
        for share in (0.5, 0.99):
            key = f"{name} p{share * 100:.0f}"
            outcome.cells[key] = Cell(percentile(samples, share))


async def _race_ours(subject: Samebox, count: int) -> claims.Races:
    def racer(number: int) -> claims.Racer:
        return claims.Racer(number, subject.port, subject.seats[number])

    size = HELPERS + 1
    clients = await crowd.gather(subject.port, racer, range(count * size))
    racers = [each for each in clients if isinstance(each, claims.Racer)]
    groups = [racers[start : start + size] for start in range(0, len(racers), size)]
    return await claims.race_samebox(groups, kind_of)


def measure_limits(folder: Path) -> list[Outcome]:
    """What nothing here can beat, in the same minute."""
    with on_core(GENERATOR_CORE):
        echoes = asyncio.run(limits.echo_round_trips())
        rows = {
            "TCP echo on loopback, there and back": echoes,
            "4 KiB written and synced": list(limits.syncs(folder)),
            "sqlite3 insert and commit, FULL": list(limits.commits(folder)),
        }
    found = []
    for name, samples in rows.items():
        outcome = Outcome(name, "")
        for share in (0.5, 0.99):
            key = f"limit p{share * 100:.0f}"
            outcome.cells[key] = Cell(percentile(samples, share))
        found.append(outcome)
    return found
