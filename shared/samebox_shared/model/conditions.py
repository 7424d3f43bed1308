"""Which words a condition may be made of; the same on both sides, whatever CEL would also take.

What the server publishes, every laptop can decide: a comparison of facts with texts, numbers and
each other. No remarks, no escapes, no indexing, no values of several parts except lists.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from samebox_shared.model.facts import BY_NAME

METHODS: Final = frozenset({"startsWith", "endsWith", "contains"})
CONVERSIONS: Final = frozenset({"int", "double", "string", "size"})
FUNCTIONS: Final = METHODS | CONVERSIONS | {
    *("_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"),
    *("_+_", "_-_", "_*_", "_/_", "_%_", "-_", "_?_:_"),
}  # fmt: skip
"""In CEL's words. Macros are left out: `has` would let a missing fact decide."""

_WORDS: Final = frozenset({"true", "false", "in"})
_PIECE: Final = re.compile(
    r"""(?P<blank>[ \t\r\n]+)
    |(?P<text>'[^'\\\n]*'|"[^"\\\n]*")(?!['"])
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])
    |(?P<name>[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)(?P<call>\s*\()?
    |(?P<sign>&&|\|\||[=!<>]=|[<>!+\-*%?:()\[\],]|/(?!/))""",
    re.VERBOSE | re.ASCII,
)


class Odd(StrEnum):
    """What is wrong with a piece of a condition."""

    SIGN = "a sign that has no place in one"
    NO_FACT = "a name that the catalogue does not have"
    NO_FUNCTION = "a call of what is no function"
    PARTS = "more behind the name of a fact than a method that is called"


@dataclass(frozen=True)
class OddPiece:
    """The first piece that does not belong; `column` counts characters from 1."""

    odd: Odd
    text: str
    column: int


def facts_named(condition: str) -> dict[str, int] | OddPiece:
    """Each fact that a condition names with the column it first stands in."""
    facts: dict[str, int] = {}
    at = 0
    while at < len(condition):
        piece = _PIECE.match(condition, at)
        if piece is None:
            return OddPiece(Odd.SIGN, condition[at], at + 1)
        if piece["name"]:
            parts = re.split(r"\s*\.\s*", piece["name"])
            odd = _odd(parts, is_called=bool(piece["call"]))
            if odd is not None:
                return OddPiece(odd, ".".join(parts), at + 1)
            if len(parts) > 1:
                facts.setdefault(".".join(parts[:2]), at + 1)
        at = piece.end()
    return facts


def _odd(parts: list[str], *, is_called: bool) -> Odd | None:
    name = ".".join(parts[:2])
    if len(parts) == 1 and (name in _WORDS or (is_called and name in CONVERSIONS)):
        return None
    if name not in BY_NAME:
        return Odd.NO_FUNCTION if is_called and len(parts) == 1 else Odd.NO_FACT
    method = parts[2:]
    if (len(method) == 1 and method[0] in METHODS) if is_called else not method:
        return None
    return Odd.PARTS
