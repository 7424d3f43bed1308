"""What was measured of each server, as tables for a terminal and for a document. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.load.effort import Effort

NOTHING = "–"


@dataclass(frozen=True)
class Cell:
    """A value with how busy both sides were. Where the generator was the bottleneck, a rate is
    "at least" and a time "at most"."""

    value: float
    effort: Effort = field(default_factory=Effort)
    is_rate: bool = False

    @property
    def text(self) -> str:
        """As a person reads it."""
        if math.isinf(self.value):
            return NOTHING
        bound = ("≥ " if self.is_rate else "≤ ") if self.effort.is_bound else ""
        return bound + short(self.value)


@dataclass
class Outcome:
    """Everything of one server; `notes` tell what went wrong or has to be known."""

    server: str
    keeps: str
    cells: dict[str, Cell] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    """A heading and the cells it joins with a stroke."""

    heading: str
    keys: tuple[str, ...]


def short(value: float) -> str:
    """Three digits that matter, thousands apart; a whole number as it is."""
    if abs(value) >= 100 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def markdown(outcomes: Sequence[Outcome], columns: Sequence[Column]) -> str:
    """A table; a server without any of these cells is left out unless a note says why."""
    heads = ["server", *(column.heading for column in columns)]
    lines = [_line(heads), _line(["---"] * len(heads))]
    for outcome in outcomes:
        if not outcome.cells and outcome.notes:
            lines.append(_line([outcome.server, outcome.notes[0], *[""] * (len(columns) - 1)]))
        elif any(key in outcome.cells for column in columns for key in column.keys):
            lines.append(_line([outcome.server, *(_joined(outcome, each) for each in columns)]))
    return "\n".join(lines) + "\n"


def plain(outcomes: Sequence[Outcome], columns: Sequence[Column]) -> str:
    """The same for a terminal, in columns."""
    rows = [_parts(line) for line in markdown(outcomes, columns).splitlines()]
    del rows[1]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    padded = (
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )
    return "\n".join(line.rstrip() for line in padded) + "\n"


def as_data(outcome: Outcome) -> Mapping[str, object]:
    """For a file: values with both sides' share of a core."""
    cells = {
        key: {
            "value": None if math.isinf(cell.value) else round(cell.value, 4),
            "generator_cpu": round(cell.effort.generator, 3),
            "server_cpu": round(cell.effort.server, 3),
            "is_bound": cell.effort.is_bound,
        }
        for key, cell in outcome.cells.items()
    }
    return {
        "server": outcome.server,
        "keeps": outcome.keeps,
        "cells": cells,
        "notes": outcome.notes,
    }


def _joined(outcome: Outcome, column: Column) -> str:
    texts = [outcome.cells[key].text if key in outcome.cells else NOTHING for key in column.keys]
    return NOTHING if set(texts) == {NOTHING} else " / ".join(texts)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _parts(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]
