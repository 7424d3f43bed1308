"""All facts of this machine, ours beside inventory tools, in one run.

Inside: read in a worker thread while a user interface ticks, with what each collector costs.
Whole: one process that reads them all and prints them, beside every tool that Debian offers.
Tools that are missing are installed where that is allowed.
"""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.facts import counting, report
from benchmarks.facts.tools import FUSION, OURS, TOOLS, Taken, Tool, measured, provide
from benchmarks.measures.figures import Figure, Goal, figure, publish
from benchmarks.measures.machine import as_installed, only_on_linux
from tasks.stage.programs import ROOT, program

PROBES = ROOT / "benchmarks" / "laptop" / "probes"
PROCESSES = 5
ROUNDS = 5
DEAREST = 5
GNOME = {"XDG_CURRENT_DESKTOP": "GNOME"}
READ_GOAL = Goal("median", 60.0)
GAP_GOAL = Goal("p99", 30.0)
TIMES_FASTER = Goal("median", 8.0, at_least=True)
TIMES_SMALLER = Goal("median", 4.0, at_least=True)


def main() -> int:
    """Several processes, because only the first reading of each pays for the imports."""
    only_on_linux("Reading facts")
    absent = provide()
    here = [tool for tool in TOOLS if tool.name not in absent]
    with tempfile.TemporaryDirectory(prefix="samebox-facts-") as folder:
        environment = as_installed(Path(folder))
        _probe(environment)  # leaves the bytecode for the others
        runs = []
        for number in range(PROCESSES):
            sys.stdout.write(f"inside a Qt program, process {number + 1} of {PROCESSES}\n")
            sys.stdout.flush()
            runs.append(_probe(environment))
        on_gnome = _probe(environment | GNOME) if shutil.which("gsettings") else None
        taken = measured([_ours(), *here], ROUNDS, environment)
    costs = report.costs(runs)
    rows = [*_inside(runs), *_on_gnome(on_gnome), *_dearest(costs), *_whole(taken)]
    troubles = sorted({trouble for run in runs for trouble in run["troubles"]})
    notes = [
        f"{runs[0]['facts']} facts; troubles: {', '.join(troubles) or 'none'}",
        f"not installed: {', '.join(absent) or 'none'}",
    ]
    data = [report.as_data(each) for each in taken]
    done = publish("facts", rows, notes, {"collectors": costs, "whole_processes": data})
    sys.stdout.write(f"{report.costs_table(costs)}\n{report.tools_table(taken, absent)}\n")
    return done


def _ours() -> Tool:
    words = (program("agent", "python"), str(PROBES / "all_facts.py"), socket.gethostname())
    return Tool(OURS, words, counting.in_json)


def _inside(runs: Sequence[dict[str, Any]]) -> list[Figure]:
    def gathered(key: str) -> list[float]:
        return [value for run in runs for value in run[key]]

    grown = [run["after_mib"] - run["before_mib"] for run in runs]
    first = [run["first_ms"] for run in runs]
    return [
        figure("first reading, imports included", "ms", first, READ_GOAL),
        figure("CPU of the first reading", "ms", [run["first_cpu_ms"] for run in runs]),
        figure("later readings", "ms", gathered("later_ms"), READ_GOAL),
        figure("CPU of a later reading", "ms", gathered("later_cpu_ms")),
        figure("UI tick gap during first readings", "ms", gathered("first_gaps"), GAP_GOAL),
        figure("UI tick gap during later readings", "ms", gathered("later_gaps"), GAP_GOAL),
        figure("limit: UI tick gap of a timer of 5 ms, quiet", "ms", gathered("quiet_gaps")),
        figure("memory (PSS) that 21 readings add", "MiB", grown),
    ]


def _on_gnome(run: dict[str, Any] | None) -> list[Figure]:
    """One process that takes the desktop for GNOME, where three settings cost a program each."""
    if run is None:
        return []
    return [figure("later readings, as on GNOME", "ms", run["later_ms"], READ_GOAL)]


def _dearest(costs: Sequence[report.Cost]) -> list[Figure]:
    return [
        figure(f"dear: {each['collector']}, by itself", "ms", [each["alone_ms"]])
        for each in costs[:DEAREST]
    ]


def _whole(taken: Sequence[Taken]) -> list[Figure]:
    rows = [figure(f"{each.tool.name}, whole process", "ms", each.wall_ms) for each in taken]
    ours = taken[0]
    fusion = next((each for each in taken if each.tool.name == FUSION), None)
    if fusion is not None:
        faster = report.ratios(fusion.wall_ms, ours.wall_ms)
        smaller = report.ratios(fusion.pss_mib, ours.pss_mib)
        rows += [
            figure(f"{FUSION}'s time, as times ours", "×", faster, TIMES_FASTER),
            figure(
                f"{FUSION}'s CPU, as times ours", "×", report.ratios(fusion.cpu_ms, ours.cpu_ms)
            ),
            figure(f"{FUSION}'s memory, as times ours", "×", smaller, TIMES_SMALLER),
        ]
    return rows


def _probe(environment: Mapping[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [program("agent", "python"), str(PROBES / "facts.py"), socket.gethostname()],
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
