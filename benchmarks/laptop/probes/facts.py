"""Reads all facts in a worker thread of a small Qt program, again and again, and watches its clock.

Run as a script by the agent's own Python, with the server's host; writes one JSON object.
"""

import json
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from samebox_agent.collectors.collector import Collector
    from samebox_agent.core.facts import Cost

READINGS = 20
ALONE = 5
TICK = 5
PAUSE = 0.2


class Clock:
    """The gaps between the ticks of the UI, in milliseconds."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._tick)
        self.timer.start(TICK)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


def memory() -> float:
    """MiB (PSS) of this process."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


def milliseconds(costs: "Iterable[Cost]") -> dict[str, float]:
    """How long each collector took in one reading."""
    return {each.collector: each.seconds * 1000 for each in costs}


def alone(collector: "Collector") -> tuple[float, float]:
    """Milliseconds and CPU of one collector with nobody beside it."""
    began, used = time.perf_counter(), time.thread_time()
    with suppress(Exception):  # a trouble is told by the reading
        list(collector.collect())
    return (time.perf_counter() - began) * 1000, (time.thread_time() - used) * 1000


def main(host: str) -> int:
    """Quiet ticks first, then the first reading, then the others, then each collector alone."""
    application = QApplication([])
    clock = Clock()
    found: dict[str, object] = {"before_mib": memory()}

    def read() -> None:
        time.sleep(1.0)
        found["quiet_gaps"] = list(clock.gaps)
        clock.gaps.clear()
        began, before = time.perf_counter(), time.process_time()
        from samebox_agent.collectors import runner
        from samebox_agent.collectors.roster import collectors_for, running_system
        from samebox_shared.model.facts import FactKind

        collectors = collectors_for(running_system(), host)
        reader = runner.Runner(collectors)
        reading = reader.collect(frozenset(FactKind))
        found["first_ms"] = (time.perf_counter() - began) * 1000
        found["first_cpu_ms"] = (time.process_time() - before) * 1000
        found["first_costs"] = milliseconds(reading.costs)
        found["facts"] = len(reading.facts)
        found["troubles"] = [f"{each.collector}: {each.what}" for each in reading.troubles]
        found["first_gaps"] = list(clock.gaps)
        clock.gaps.clear()
        later, used, costs = [], [], []
        for _ in range(READINGS):
            time.sleep(PAUSE)
            before = time.process_time()
            reading = reader.collect(frozenset(FactKind))
            used.append((time.process_time() - before) * 1000)
            later.append(reading.seconds * 1000)
            costs.append(milliseconds(reading.costs))
        found["later_ms"], found["later_cpu_ms"] = later, used
        found["later_costs"] = {name: [each[name] for each in costs] for name in costs[0]}
        found["later_gaps"] = list(clock.gaps)
        found["after_mib"] = memory()
        singly = {each.name: [alone(each) for _ in range(ALONE)] for each in collectors}
        found["alone"] = {name: [took for took, _ in both] for name, both in singly.items()}
        found["alone_cpu"] = {name: [used for _, used in both] for name, both in singly.items()}
        QTimer.singleShot(0, application, application.quit)

    threading.Thread(target=read, daemon=True).start()
    application.exec()
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
