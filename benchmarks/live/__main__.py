"""Ours beside its peers in one run: durable messages, idle sockets, a notice to everyone, claims.

`--peers` installs the peers that are missing (Debian), or names the command. A peer that is not
there is printed as not installed. Every server runs on core 0, this generator on core 1.
"""

import argparse
import asyncio
import gc
import os
import sys
import tempfile
import traceback
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks.company.seed import Plan
from benchmarks.live import parts, report
from benchmarks.live.findings import Outcome
from benchmarks.load.cores import generate, raise_file_limit
from benchmarks.measures.machine import only_on_linux
from benchmarks.peers.bare import Bare
from benchmarks.peers.ejabberd import Ejabberd
from benchmarks.peers.installing import install
from benchmarks.peers.mosquitto import Mosquitto
from benchmarks.peers.nats import Nats
from benchmarks.peers.prosody import Prosody
from benchmarks.peers.samebox import Samebox, SameboxOnPostgres
from benchmarks.peers.subject import TALKERS, CannotRun, NotHere, Subject

STEPS = (1_000, 5_000, 10_000)
RACES = 100
OURS: tuple[type[Subject], ...] = (Samebox, SameboxOnPostgres)
PEERS: tuple[type[Subject], ...] = (Mosquitto, Nats, Prosody, Ejabberd)
BOUND_SECONDS = 400.0
PARTS = ("messages", "sockets", "claims", "limits")

Measure = Callable[[Subject, Outcome], Awaitable[None]]
T = TypeVar("T")


def on_server(subject: Subject, users: int, outcome: Outcome, measure: Measure) -> None:
    """Starts it, measures, ends it; what fails becomes a note and holds up nobody."""
    with tempfile.TemporaryDirectory(prefix="samebox-live-", ignore_cleanup_errors=True) as folder:
        try:
            subject.start(Path(folder), users)
            generate(_bounded(measure(subject, outcome)))
        except NotHere as error:
            outcome.notes.insert(0, f"not installed: {error}")
        except (CannotRun, ExceptionGroup, OSError, TimeoutError, ConnectionError) as error:
            outcome.notes.append(f"failed: {type(error).__name__} {error}")
            traceback.print_exc(limit=-3)
        finally:
            subject.stop()
            gc.unfreeze()
            gc.collect()


async def _bounded(measuring: Awaitable[T]) -> T:
    async with asyncio.timeout(BOUND_SECONDS):
        return await measuring


def subjects(only: Sequence[str]) -> list[type[Subject]]:
    """Ours first, then the peers; with words, those whose names contain one of them."""
    every = [*OURS, *PEERS]
    return [each for each in every if not only or any(word in each.name for word in only)]


def measure_one(kind: type[Subject], given: argparse.Namespace) -> Outcome:
    """Every part that was asked for, each on a server of its own."""
    outcome = Outcome(kind.name, kind.keeps)
    steps = tuple(step for step in STEPS if step <= given.sockets)
    if "messages" in given.part and kind is not Bare:
        on_server(kind(), TALKERS, outcome, lambda s, o: parts.measure_messages(s, o, given.runs))
    if "sockets" in given.part and kind is not SameboxOnPostgres:
        on_server(kind(), max(steps), outcome, lambda s, o: parts.measure_sockets(s, o, steps))
    if "claims" in given.part and issubclass(kind, Samebox | Nats):
        plan = Plan(groups=given.races, group_size=parts.HELPERS + 1)
        racing = kind(plan) if issubclass(kind, Samebox) else kind()
        users = given.races * (parts.HELPERS + 1)
        on_server(racing, users, outcome, lambda s, o: parts.measure_claims(s, o, given.races))
    outcome.notes = list(dict.fromkeys(outcome.notes))
    return outcome


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench live", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="install the peers that are missing")
    parser.add_argument("--part", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--only", nargs="+", default=[], help="words in the names of servers")
    parser.add_argument("--runs", type=int, default=1, help="of the messages; medians are kept")
    parser.add_argument("--sockets", type=int, default=max(STEPS), help="at most so many")
    parser.add_argument("--races", type=int, default=RACES)
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Measure, print, keep."""
    only_on_linux("ours beside its peers")
    given = _arguments(words)
    if given.peers:
        install()
    raise_file_limit()
    outcomes = []
    floor: list[type[Subject]] = [Bare] if "sockets" in given.part and not given.only else []
    for kind in [*subjects(given.only), *floor]:
        sys.stdout.write(f"measuring {kind.name} …\n")
        sys.stdout.flush()
        outcomes.append(measure_one(kind, given))
    bounds: list[Outcome] = []
    if "limits" in given.part:
        with tempfile.TemporaryDirectory(prefix="samebox-limits-") as folder:
            bounds = parts.measure_limits(Path(folder))
    return report.publish("live", outcomes, bounds, runs=given.runs, load=os.getloadavg()[0])


if __name__ == "__main__":
    sys.exit(main())
