"""What is different between two versions of an article file, line by line and word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import Struct

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
LEAST_LIKE = 0.4
"""Below this likeness two lines are shown as one gone and one new, not as a changed one."""


class Piece(Struct, frozen=True):
    """Words of a line, and whether they are only on this side."""

    text: str
    changed: bool


class Row(Struct, frozen=True):
    """A line of both sides beside each other; no pieces where a side has no such line."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing is different in this line."""
        return self.old == self.new


def compare(old: str, new: str) -> tuple[Row, ...]:
    """The rows of two texts; texts of `FILE_LIMIT` characters take a few milliseconds."""
    before, after = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    rows: list[Row] = []
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            rows.extend(_same(line) for line in before[old_start:old_end])
        else:
            rows.extend(_changed(before[old_start:old_end], after[new_start:new_end]))
    return tuple(rows)


def _same(line: str) -> Row:
    piece = (Piece(line, False),)
    return Row(piece, piece)


def _changed(old: list[str], new: list[str]) -> Iterator[Row]:
    """Lines that replace one another; each new line stands beside the next old one it is like."""
    waiting = list(old)
    for line in new:
        place = next(
            (index for index, other in enumerate(waiting) if _likeness(other, line) >= LEAST_LIKE),
            None,
        )
        if place is None:
            yield Row((), (Piece(line, True),))
            continue
        for gone in waiting[:place]:
            yield Row((Piece(gone, True),), ())
        yield _by_words(waiting[place], line)
        waiting = waiting[place + 1 :]
    for gone in waiting:
        yield Row((Piece(gone, True),), ())


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()


def _by_words(old: str, new: str) -> Row:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        changed = kind != "equal"
        left += _piece(before[old_start:old_end], changed)
        right += _piece(after[new_start:new_end], changed)
    return Row(tuple(left), tuple(right))


def _piece(words: list[str], changed: bool) -> list[Piece]:
    return [Piece("".join(words), changed)] if words else []
