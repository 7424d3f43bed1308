"""All facts of this machine, read in a worker thread while a user interface ticks."""

import json
import shutil
import subprocess
import sys
import time
from typing import Any

from benchmarks.laptop.screen import offscreen
from benchmarks.measures.figures import Figure, Goal, figure, publish, single
from benchmarks.measures.machine import only_on_linux
from tasks.stage.programs import ROOT, program

PROBE = ROOT / "benchmarks" / "laptop" / "probes" / "facts.py"
PROCESSES = 7
READ_GOAL = 60.0
GAP_GOAL = Goal("p99", 30.0)
OTHERS = {"facter": ("facter", "--json"), "inxi": ("inxi", "-F", "-c0")}


def main() -> int:
    """Several processes, because only the first reading of each pays for the imports."""
    only_on_linux("Reading facts")
    runs, others = [], []
    for _ in range(PROCESSES):
        runs.append(_probe())
        others.append({name: _other(words) for name, words in OTHERS.items()})
    rows = [*_rows(runs), *_beside(others)]
    counted = f"{runs[0]['facts']} facts; troubles: {', '.join(runs[0]['troubles']) or 'none'}"
    return publish("facts", rows, [counted])


def _rows(runs: list[dict[str, Any]]) -> list[Figure]:
    def gathered(key: str) -> list[float]:
        return [value for run in runs for value in run[key]]

    grown = [run["after_mib"] - run["before_mib"] for run in runs]
    first = [run["first_ms"] for run in runs]
    return [
        figure("first reading, imports included", "ms", first, Goal("median", READ_GOAL)),
        figure("later readings", "ms", gathered("later_ms"), Goal("median", READ_GOAL)),
        figure("UI tick gap during first readings", "ms", gathered("first_gaps"), GAP_GOAL),
        figure("UI tick gap during later readings", "ms", gathered("later_gaps"), GAP_GOAL),
        figure("limit: UI tick gap of a timer of 5 ms, quiet", "ms", gathered("quiet_gaps")),
        figure("memory (PSS) that 21 readings add", "MiB", grown),
    ]


def _beside(others: list[dict[str, float | None]]) -> list[Figure]:
    """The peers that are installed here."""
    rows = []
    for name in OTHERS:
        took = [run[name] for run in others]
        known = [each for each in took if each is not None]
        if known:
            rows.append(figure(f"{name}, whole process", "ms", known))
    return rows or [single("peers installed here (facter, inxi)", "", 0)]


def _probe() -> dict[str, Any]:
    done = subprocess.run(
        [program("agent", "python"), str(PROBE)],
        env=offscreen().environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _other(words: tuple[str, ...]) -> float | None:
    if shutil.which(words[0]) is None:
        return None
    began = time.perf_counter()
    subprocess.run(words, capture_output=True, check=False, timeout=60)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
