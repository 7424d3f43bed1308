"""How cost grows with the company: 1,000, 10,000 and 100,000 devices, one of a thousand with an
open question. The same thousand are connected each time, so that only what is known grows."""

import argparse
import asyncio
import contextlib
import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.company.seed import Plan, any_kind
from benchmarks.growth.chart import Line, Panel, draw
from benchmarks.load import crowd, messages
from benchmarks.load.cores import generate, raise_file_limit
from benchmarks.load.effort import memory_mib
from benchmarks.load.samebox import Body, SameboxClient
from benchmarks.measures.figures import Figure, figure, percentile, publish
from benchmarks.measures.machine import only_on_linux
from benchmarks.peers.samebox import Samebox
from tasks.stage.programs import ROOT

DEVICES = (1_000, 10_000, 100_000)
CONNECTED = 900
DEVICES_A_QUESTION = 1_000
"""Open questions hold helpers with their offers, and whoever comes is offered one; with twice as
many open, nobody is left for a new one at 100,000."""
PAIRS = 32
QUESTIONS = 60
QUESTION_SECONDS = 20.0
RATE = 200.0
CHART = ROOT / "docs" / "performance" / "growth.svg"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Point:
    """One size of company."""

    devices: int
    memory_mib: float
    connects: tuple[float, ...]
    route_ms: tuple[float, ...]
    message_ms: tuple[float, ...]


Samples = Callable[[Point], tuple[float, ...]]


class Desk:
    """Who was asked for which question, and since when all of them know."""

    def __init__(self) -> None:
        self._asked: dict[str, int] = {}
        self._offered: dict[str, int] = {}
        self._done: dict[str, asyncio.Future[float]] = {}

    def expect(self, question_id: str) -> "asyncio.Future[float]":
        """When the last offer of the first wave was read, once it was."""
        self._done[question_id] = asyncio.get_running_loop().create_future()
        return self._done[question_id]

    def note(self, body: Body) -> None:
        """An event of anybody's feed."""
        if body.event == "wave_started":
            self._asked.setdefault(body.question_id, body.asked)
        elif body.event == "offer_made":
            self._offered[body.question_id] = self._offered.get(body.question_id, 0) + 1
        asked = self._asked.get(body.question_id, 0)
        done = self._done.get(body.question_id)
        if asked and done and not done.done() and self._offered.get(body.question_id, 0) >= asked:
            done.set_result(time.perf_counter())


class Colleague(SameboxClient):
    """A device whose events come to the desk."""

    desk = Desk()

    def on_event(self, body: Body) -> None:
        self.desk.note(body)
        super().on_event(body)


async def measure(server: Samebox, devices: int) -> Point:
    """One size, on a server that has just started."""
    memory = memory_mib(server.pids)
    desk = Desk()

    def colleague(number: int) -> Colleague:
        made = Colleague(number, server.port, server.seats[number])
        made.desk = desk
        return made

    users = range(2 * PAIRS, 2 * PAIRS + CONNECTED)
    try:
        talking = await crowd.gather(server.port, server.client, range(2 * PAIRS))
        began = time.perf_counter()
        present = await crowd.gather(server.port, colleague, users)
    except ExceptionGroup:
        return Point(devices, memory, (), (), ())  # nobody came as far as the welcome
    rate = CONNECTED / (time.perf_counter() - began)
    await asyncio.sleep(2.0)
    askers = [each for each in present[:QUESTIONS] if isinstance(each, Colleague)]
    took: list[float] = []
    with contextlib.suppress(TimeoutError):  # too slow to go on; the figure is missing then
        for asker in askers:
            took.append(await _ask(desk, asker))
    paced = await messages.paced(talking, server.pids, RATE)
    for client in [*talking, *present]:
        client.close()
    return Point(devices, memory, (rate,), tuple(took), tuple(paced.ledger.latencies))


async def _ask(desk: Desk, asker: Colleague) -> float:
    """Milliseconds from the question to the last offer of its first wave; then it is withdrawn."""
    question_id = f"{next(_numbers):032x}"
    kind = any_kind(asker.number)
    device_type = {"system": kind.system, "vendor": kind.vendor, "family": kind.family}
    ask = {"act": "ask", "question_id": question_id, "text": "It is slow"}
    offered = desk.expect(question_id)
    began = time.perf_counter()
    asker.act(question_id, {**ask, "device_type": {**device_type, "model": kind.model}})
    until = await asyncio.wait_for(offered, QUESTION_SECONDS)
    cancel: dict[str, object] = {"act": "cancel_question", "question_id": question_id}
    asker.act(f"{next(_numbers):032x}", cancel)
    await asyncio.sleep(0.05)
    return (until - began) * 1000


def rows_of(point: Point) -> list[Figure]:
    """The rows of one size."""
    size = f"{point.devices:,} devices"
    samples = [
        (f"memory after the start, {size}", "MiB", (point.memory_mib,)),
        (f"agents connecting, {size}", "1/s", point.connects),
        (f"question to the last offer of its wave, {size}", "ms", point.route_ms),
        (f"message at {RATE:g}/s, {size}", "ms", point.message_ms),
    ]
    return [figure(name, unit, values) for name, unit, values in samples if values]


def panels(points: Sequence[Point]) -> list[Panel]:
    """What is drawn; a size that was too slow to measure is left out."""
    return [
        Panel("Memory of the server, MiB", (_line("", points, lambda p: (p.memory_mib,), 0.5),)),
        Panel("Agents connecting, a second", (_line("", points, lambda p: p.connects, 0.5),)),
        Panel("Question to its offers, ms", _both(points, lambda p: p.route_ms)),
        Panel("Message at 200 a second, ms", _both(points, lambda p: p.message_ms)),
    ]


def _both(points: Sequence[Point], samples: Samples) -> tuple[Line, ...]:
    return (_line("p50", points, samples, 0.5), _line("p99", points, samples, 0.99))


def _line(name: str, points: Sequence[Point], samples: Samples, share: float) -> Line:
    measured = [(point.devices, samples(point)) for point in points]
    return Line(name, tuple((n, percentile(found, share)) for n, found in measured if found))


def _one_size(devices: int) -> Point:
    listeners = devices - 2 * PAIRS
    plan = Plan(pairs=PAIRS, listeners=listeners, open_questions=devices // DEVICES_A_QUESTION)
    server = Samebox(plan)
    with tempfile.TemporaryDirectory(prefix="samebox-growth-") as folder:
        server.start(Path(folder), devices)
        try:
            return generate(measure(server, devices))
        finally:
            server.stop()


def main(words: Sequence[str] | None = None) -> int:
    """Measure each size, print, keep, draw."""
    only_on_linux("the growth of cost")
    parser = argparse.ArgumentParser(prog="dev.py bench growth", description=__doc__)
    parser.add_argument("--devices", type=int, nargs="+", default=list(DEVICES))
    given = parser.parse_args(words)
    raise_file_limit()
    points = [_one_size(devices) for devices in given.devices]
    rows = [row for point in points for row in rows_of(point)]
    CHART.parent.mkdir(parents=True, exist_ok=True)
    CHART.write_text(draw(panels(points), "devices"), encoding="utf-8")
    slow = [f"{point.devices:,}" for point in points if len(point.route_ms) < QUESTIONS]
    notes = [f"drawn in docs/performance/{CHART.name}"]
    if slow:
        late = f"a welcome or an offer took more than {QUESTION_SECONDS:g} s"
        notes.append(f"{late}, and nothing more was asked, at {', '.join(slow)} devices")
    return publish("growth", rows, notes)


if __name__ == "__main__":
    sys.exit(main())
