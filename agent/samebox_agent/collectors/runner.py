"""Runs collectors, each in its own thread with a time limit, so that one bad one costs only itself.

Importing this file is cheap; the collectors and what they need are imported by the first reading.
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from samebox_shared.model.facts import BY_NAME, Fact, FactKind, is_well_typed

from samebox_agent.core.facts import Cost, of_kinds

if TYPE_CHECKING:
    from samebox_agent.collectors.collector import Collector
    from samebox_agent.collectors.recorded import RecordedMachine

TIME_LIMIT = 2.0
"""Seconds for each collector; they run side by side, so also for a whole reading."""


class Trouble(Struct, frozen=True):
    """A collector that failed, hung, or told what it may not; `what` is for the log."""

    collector: str
    what: str


class Reading(Struct, frozen=True):
    """What one look at the device gave. `seconds` is how long it took; `costs` tells it of each
    collector, which run side by side."""

    facts: tuple[Fact, ...]
    troubles: tuple[Trouble, ...]
    seconds: float
    costs: tuple[Cost, ...] = ()


def collect(
    kinds: frozenset[FactKind],
    *,
    machine: "RecordedMachine | None" = None,
    server_host: str | None = None,
    time_limit: float = TIME_LIMIT,
) -> Reading:
    """One reading of this device, or of a recorded machine. Blocks: never on the UI's thread."""
    if machine is not None:
        return Reading(of_kinds(machine.facts, kinds), (), 0.0)
    from samebox_agent.collectors.roster import collectors_for, running_system

    return Runner(collectors_for(running_system(), server_host), time_limit).collect(kinds)


class Runner:
    """Keeps the collectors that still hang from earlier readings, and leaves those alone."""

    def __init__(
        self,
        collectors: "Iterable[Collector]",
        time_limit: float = TIME_LIMIT,
        on_battery: Callable[[], bool] = lambda: False,
    ) -> None:
        self._collectors = tuple(collectors)
        self._time_limit = time_limit
        self._on_battery = on_battery
        self._hanging: dict[str, _Run] = {}

    def collect(self, kinds: frozenset[FactKind], *, asked: bool = True) -> Reading:
        """Collectors of other kinds do not run at all, and costly ones not on battery unless a
        person `asked`. What was read before a trouble is kept."""
        began = time.monotonic()
        troubles = []
        runs = []
        for collector in self._wanted(kinds, asked):
            if self._still_hangs(collector.name):
                troubles.append(Trouble(collector.name, "still hangs since an earlier reading"))
            else:
                runs.append(_Run(collector))
        facts: list[Fact] = []
        for run in runs:
            run.wait_until(began + self._time_limit)
            if run.thread.is_alive():
                self._hanging[run.collector.name] = run
                run.troubles.append(f"no answer in {self._time_limit:g} s")
            facts += run.facts
            troubles += [Trouble(run.collector.name, what) for what in run.troubles]
        costs = tuple(run.cost() for run in runs)
        return Reading(tuple(facts), tuple(troubles), time.monotonic() - began, costs)

    def _wanted(self, kinds: frozenset[FactKind], asked: bool) -> "list[Collector]":
        from samebox_agent.collectors.collector import is_costly

        wanted = [collector for collector in self._collectors if collector.kind in kinds]
        if asked or not self._on_battery():
            return wanted
        return [collector for collector in wanted if not is_costly(collector)]

    def _still_hangs(self, name: str) -> bool:
        if name in self._hanging and not self._hanging[name].thread.is_alive():
            del self._hanging[name]
        return name in self._hanging


class _Run:
    """One collector at work, in a thread that does not keep the program alive."""

    def __init__(self, collector: "Collector") -> None:
        self.collector = collector
        self.facts: list[Fact] = []
        self.troubles: list[str] = []
        self._began = time.monotonic()
        self._took: float | None = None
        name = f"collector {collector.name}"
        self.thread = threading.Thread(target=self._work, name=name, daemon=True)
        self.thread.start()

    def wait_until(self, deadline: float) -> None:
        """`deadline` is on the monotonic clock."""
        self.thread.join(max(0.0, deadline - time.monotonic()))

    def _work(self) -> None:
        """Any failure of a collector is one trouble: it reads a world we do not control."""
        try:
            for fact in self.collector.collect():
                self._take(fact)
        except Exception as error:
            self.troubles.append(f"{type(error).__name__}: {error}")
        self._took = time.monotonic() - self._began

    def cost(self) -> Cost:
        """Of one that still hangs, how long it was waited for."""
        took = time.monotonic() - self._began if self._took is None else self._took
        return Cost(self.collector.name, self.collector.kind, took)

    def _take(self, fact: Fact) -> None:
        if fact.name not in BY_NAME or fact.name not in self.collector.facts:
            self.troubles.append(f'told "{fact.name}", which is not among its facts')
        elif not is_well_typed(BY_NAME[fact.name], fact.value):
            self.troubles.append(f"{fact.name} has the wrong type: {fact.value!r}")
        else:
            self.facts.append(fact)
