"""The tables of `bench matching`: printed, and as Markdown for docs/matching.md."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

Cell = float | str
Table = Mapping[str, Mapping[str, Cell]]

NAMES = {
    "fts5": "SQLite FTS5, porter",
    "bm25s": "bm25s",
    "tantivy": "tantivy",
    "minilm": "MiniLM, best vector",
    "fusion": "rank fusion of FTS5 and MiniLM",
    "words only": "Samebox without encoder",
    "samebox": "**Samebox**",
}


class Column(NamedTuple):
    """Its heading, where its figures stand, and their format; `/` between several of them."""

    title: str
    keys: tuple[str, ...]
    form: str = ".3f"


def share(title: str, *keys: str) -> Column:
    """A column of shares between 0 and 1, without the nought."""
    return Column(title, keys or (title,))


def markdown(table: Table, columns: Sequence[Column]) -> str:
    """The rows that are known by name first, in their order; then the others."""
    known = [name for name in NAMES if name in table]
    order = [*known, *(name for name in table if name not in NAMES)]
    lines = [
        "| | " + " | ".join(column.title for column in columns) + " |",
        "|---|" + "---|" * len(columns),
    ]
    lines += [_line(name, table[name], columns) for name in order]
    return "\n".join(lines) + "\n"


def _line(name: str, row: Mapping[str, Cell], columns: Sequence[Column]) -> str:
    if "lacking" in row:
        return f"| {NAMES.get(name, name)} | not installed: {row['lacking']} |" + " |" * (
            len(columns) - 1
        )
    cells = (" / ".join(_cell(row.get(key), each.form) for key in each.keys) for each in columns)
    return f"| {NAMES.get(name, name)} | " + " | ".join(cells) + " |"


def _cell(value: Cell | None, form: str) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return value if isinstance(value, str) else format(value, form)
