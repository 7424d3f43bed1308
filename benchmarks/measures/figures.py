"""A figure with its goal: samples in, medians and percentiles out, as a table and as data."""

import json
import math
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measures.machine import machine_class

RESULTS = Path(__file__).parents[1] / "results"
HEADINGS = ("figure", "n", "median", "p95", "p99", "goal", "")


@dataclass(frozen=True)
class Goal:
    """What a statistic ("median", "p95", "p99") should be: at most `bound`, or at least it."""

    statistic: str
    bound: float
    at_least: bool = False

    def is_met(self, values: dict[str, float]) -> bool:
        """Whether the figure is as good as it should be."""
        value = values[self.statistic]
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{self.statistic} {'≥' if self.at_least else '≤'} {self.bound:g}"


@dataclass(frozen=True)
class Figure:
    """One row. A row without a goal is a limit or a part, there to be compared with."""

    name: str
    unit: str
    samples: tuple[float, ...]
    goal: Goal | None = None

    def values(self) -> dict[str, float]:
        """The statistics."""
        return {
            "n": len(self.samples),
            "median": statistics.median(self.samples),
            "p95": percentile(self.samples, 0.95),
            "p99": percentile(self.samples, 0.99),
        }


def figure(name: str, unit: str, samples: Iterable[float], goal: Goal | None = None) -> Figure:
    """A row made of samples."""
    return Figure(name, unit, tuple(samples), goal)


def single(name: str, unit: str, value: float, goal: float | None = None) -> Figure:
    """A row of one value; its goal is at most so much."""
    return Figure(name, unit, (value,), None if goal is None else Goal("median", goal))


def percentile(samples: Sequence[float], share: float) -> float:
    """The smallest sample that `share` of all do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def publish(
    name: str,
    figures: Sequence[Figure],
    notes: Sequence[str] = (),
    more: Mapping[str, object] | None = None,
) -> int:
    """Print the table and keep it as data, with `more` beside it; the exit code of a benchmark that
    ran."""
    machine = machine_class()
    sys.stdout.write(f"\n{name} on {machine['cpu']}, {machine['cores']} cores, ")
    sys.stdout.write(f"{machine['memory_gib']} GiB, Python {machine['python']}\n\n")
    sys.stdout.write(table(figures))
    for note in notes:
        sys.stdout.write(f"  {note}\n")
    sys.stdout.write("\n")
    data = [as_data(each) for each in figures]
    keep(name, {"figures": data, "notes": list(notes), **(more or {})})
    return 0


def keep(name: str, found: Mapping[str, object]) -> None:
    """Write what a benchmark found into its one file, with the day and the machine."""
    head = {
        "benchmark": name,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine_class(),
    }
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps({**head, **found}, indent=1, ensure_ascii=False) + "\n"
    (RESULTS / f"{name}.json").write_text(text, encoding="utf-8")


def as_data(each: Figure) -> dict[str, Any]:
    """A row as it is kept."""
    data: dict[str, Any] = {"name": each.name, "unit": each.unit}
    data |= {key: round(value, 3) for key, value in each.values().items()}
    if each.goal is not None:
        data |= {"goal": str(each.goal), "met": each.goal.is_met(each.values())}
    return data


def table(figures: Sequence[Figure]) -> str:
    """The rows as a person reads them."""
    rows = [HEADINGS, *map(_cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = []
    for row in rows:
        name, *cells = row
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        lines.append("  ".join([f"  {name:<{widths[0]}}", *padded]).rstrip())
    return "\n".join(lines) + "\n"


def _cells(each: Figure) -> tuple[str, ...]:
    values = each.values()
    name = f"{each.name} [{each.unit}]" if each.unit else each.name
    is_one = len(each.samples) == 1
    spread = ("", "") if is_one else (_short(values["p95"]), _short(values["p99"]))
    count = "" if is_one else str(len(each.samples))
    goal, met = "", ""
    if each.goal is not None:
        goal, met = str(each.goal), "met" if each.goal.is_met(values) else "MISSED"
        goal = goal.removeprefix("median ") if is_one else goal
    return (name, count, _short(values["median"]), *spread, goal, met)


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
