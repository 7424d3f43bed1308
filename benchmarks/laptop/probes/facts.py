"""Reads all facts in a worker thread of a small Qt program, again and again, and watches its clock.

Run as a script by the agent's own Python; writes one JSON object.
"""

import json
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

READINGS = 20
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


def main() -> int:
    """Quiet ticks first, then the first reading, then the others."""
    application = QApplication([])
    clock = Clock()
    found: dict[str, object] = {"before_mib": memory()}

    def read() -> None:
        time.sleep(1.0)
        found["quiet_gaps"] = list(clock.gaps)
        clock.gaps.clear()
        began = time.perf_counter()
        from samebox_agent.collectors import runner
        from samebox_agent.collectors.roster import collectors_for, running_system
        from samebox_shared.model.facts import FactKind

        reader = runner.Runner(collectors_for(running_system(), "127.0.0.1"))
        reading = reader.collect(frozenset(FactKind))
        found["first_ms"] = (time.perf_counter() - began) * 1000
        found["facts"] = len(reading.facts)
        found["troubles"] = [f"{each.collector}: {each.what}" for each in reading.troubles]
        found["first_gaps"] = list(clock.gaps)
        clock.gaps.clear()
        later = []
        for _ in range(READINGS):
            time.sleep(PAUSE)
            later.append(reader.collect(frozenset(FactKind)).seconds * 1000)
        found["later_ms"] = later
        found["later_gaps"] = list(clock.gaps)
        found["after_mib"] = memory()
        QTimer.singleShot(0, application, application.quit)

    threading.Thread(target=read, daemon=True).start()
    application.exec()
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
