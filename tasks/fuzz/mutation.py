"""Changes to an input that know what it is made of: lines, words and signs, not bits."""

import random
import re
from collections.abc import Sequence

PIECES = (re.compile(r"[^\n]*\n|[^\n]+"), re.compile(r"\w+|\s+|[^\w\s]"), re.compile(r"(?s)."))
CHANGES = 4
FAR = 400
"""How often one piece is repeated to find what grows faster than its input."""


def mutated(
    text: str, others: Sequence[str], words: Sequence[str], largest: int, chance: random.Random
) -> str:
    """The text after a few changes; `others` are inputs to take pieces from."""
    for _ in range(chance.randint(1, CHANGES)):
        pieces = chance.choice(PIECES).findall(text)
        pieces[_span(pieces, chance)] = _instead(pieces, others, words, chance)
        text = "".join(pieces)[:largest]
    return text


def _span(pieces: Sequence[str], chance: random.Random) -> slice:
    begin = chance.randint(0, len(pieces))
    return slice(begin, begin + chance.choice((0, 0, 1, 1, 2, 5)))


def _instead(
    pieces: Sequence[str], others: Sequence[str], words: Sequence[str], chance: random.Random
) -> list[str]:
    match chance.randrange(7):
        case 0:
            return []
        case 1 if pieces:  # something from elsewhere in the same input
            return list(pieces[_span(pieces, chance)])
        case 2 if others:
            theirs = chance.choice(PIECES).findall(chance.choice(others))
            return theirs[_span(theirs, chance)]
        case 3:
            return [chance.choice(words)] * chance.choice((2, 3, 30, FAR))
        case 4 if pieces:
            return [chance.choice(pieces)] * chance.choice((2, 3, 30, FAR))
        case 5:
            return [chance.choice(words), chance.choice(words)]
        case _:
            return [chance.choice(words)]
