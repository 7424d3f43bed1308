"""Which charts are drawn of a week."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tasks.simulate.company import HOUR, MONDAY, WORKDAYS
from tasks.simulate.plots import Chart, Line
from tasks.simulate.report import Row
from tasks.simulate.world import Outcome

REACH_SECONDS = 180
MOST_MINUTES = 120


def draw(
    folder: Path, size: int, rows: Sequence[Row], outcomes: Sequence[Sequence[Outcome]]
) -> list[Path]:
    """Writes them and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    charts = {"reach": _reach(rows), "minutes": _minutes(rows), "week": _week(outcomes)}
    written = []
    for name, chart in charts.items():
        path = folder / f"{name}-{size}.svg"
        path.write_text(chart.svg(), encoding="utf-8")
        written.append(path)
    return written


def _reach(rows: Sequence[Row]) -> Chart:
    """How many of the reachable questions had a human of the same type after so many seconds."""
    return Chart(
        title="A human of the same type, by the time since asking",
        across="seconds since the question was asked",
        up="% of questions for which one was there",
        right=REACH_SECONDS,
        top=100,
        marks=6,
        lines=[
            Line(
                row.name,
                [
                    (at, 100 * sum(wait <= at for wait in row.same_type) / len(row.same_type))
                    for at in range(0, REACH_SECONDS + 1, 3)
                ],
            )
            for row in rows
            if row.same_type
        ],
    )


def _minutes(rows: Sequence[Row]) -> Chart:
    """Everybody with the usual budget and equal chances, from who gave least to who gave most."""
    return Chart(
        title="Minutes each helper gave in the week",
        across="% of helpers with a budget of 60 minutes and equal chances",
        up="minutes",
        right=100,
        top=MOST_MINUTES,
        marks=4,
        lines=[
            Line(
                row.name,
                [
                    (100 * (place + 0.5) / len(row.minutes), minutes)
                    for place, minutes in enumerate(sorted(row.minutes))
                ],
            )
            for row in rows
            if row.minutes
        ],
    )


def _week(outcomes: Sequence[Sequence[Outcome]]) -> Chart:
    """The median wait for a human, hour by hour, through the Monday morning."""
    return Chart(
        title="The median wait for a human through the week",
        across="hours since Monday, 00:00 UTC",
        up="seconds",
        right=24 * WORKDAYS,
        top=120,
        marks=5,
        lines=[Line(each[0].name, _hourly(each)) for each in outcomes],
    )


def _hourly(weeks: Sequence[Outcome]) -> list[tuple[float, float]]:
    hours: dict[int, list[float]] = {}
    for case in (case for week in weeks for case in week.cases):
        hours.setdefault(int((case.question.at - MONDAY) // HOUR), []).append(case.wait)
    return [(hour, median(waits)) for hour, waits in sorted(hours.items()) if hour >= 0]
