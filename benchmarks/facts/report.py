"""What was measured as tables and as data: each collector's cost, each tool's whole process."""

import statistics
from collections.abc import Sequence
from typing import Any, TypedDict

from benchmarks.facts.tools import Taken


class Cost(TypedDict):
    """Medians of one collector. Beside the others it also waits for them; `alone_ms` is what it
    takes by itself, in memory already."""

    collector: str
    first_ms: float
    later_ms: float
    alone_ms: float
    alone_cpu_ms: float


def costs(runs: Sequence[dict[str, Any]]) -> list[Cost]:
    """Of every collector, the dearest by itself first."""
    found = [
        Cost(
            collector=name,
            first_ms=_median([run["first_costs"][name] for run in runs]),
            later_ms=_median([ms for run in runs for ms in run["later_costs"][name]]),
            alone_ms=_median([ms for run in runs for ms in run["alone"][name]]),
            alone_cpu_ms=_median([ms for run in runs for ms in run["alone_cpu"][name]]),
        )
        for name in runs[0]["first_costs"]
    ]
    return sorted(found, key=lambda each: -each["alone_ms"])


def ratios(theirs: Sequence[float], ours: Sequence[float]) -> list[float]:
    """Round by round, so that both halves met the same machine."""
    return [a / b for a, b in zip(theirs, ours, strict=True)]


def as_data(taken: Taken) -> dict[str, Any]:
    """A tool's medians as they are kept."""
    return {
        "name": taken.tool.name,
        "runs": len(taken.wall_ms),
        "wall_ms": _median(taken.wall_ms),
        "cpu_ms": _median(taken.cpu_ms),
        "peak_pss_mib": _median(taken.pss_mib),
        "peak_rss_mib": _median(taken.rss_mib),
        "values": taken.told,
    }


def costs_table(found: Sequence[Cost]) -> str:
    """As Markdown."""
    rows = ["| collector | first ms | later ms | by itself ms | CPU by itself ms |", _rule(5)]
    for each in found:
        cells = (each["first_ms"], each["later_ms"], each["alone_ms"], each["alone_cpu_ms"])
        rows.append(f"| {each['collector']} | {' | '.join(f'{cell:.2f}' for cell in cells)} |")
    return "\n".join(rows) + "\n"


def tools_table(taken: Sequence[Taken], absent: Sequence[str]) -> str:
    """As Markdown, ours first; times also as times ours, round by round."""
    ours = taken[0]
    rows = ["| whole process | ms | × ours | CPU ms | PSS MiB | RSS MiB | values |", _rule(7)]
    for each in taken:
        times = statistics.median(ratios(each.wall_ms, ours.wall_ms))
        data = as_data(each)
        rows.append(
            f"| {data['name']} | {data['wall_ms']:,.0f} | {times:.1f} | {data['cpu_ms']:,.0f} "
            f"| {data['peak_pss_mib']:.1f} | {data['peak_rss_mib']:.1f} | {data['values']:,} |"
        )
    rows += [f"| {name} | not installed | – | – | – | – | – |" for name in absent]
    return "\n".join(rows) + "\n"


def _median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 3)


def _rule(columns: int) -> str:
    return "|" + " --- |" * columns
