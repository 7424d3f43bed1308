"""Which words of a text count when words are compared. Pure.

Words that say nothing are left out of the index too, so that two words that follow each other in
a question also do so in a title ("connect to the VPN" and "connect VPN").
"""

import re
from collections.abc import Iterable
from itertools import pairwise

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_JOINTS = re.compile(r"['’-]")
MOST = 48
"""Different words of one question that are looked at: the first ones."""

_SAY_NOTHING = """
a about after again all also am an and any are as at be because been before being but by can
cannot cant could did didnt do does doesnt doing dont every for from get gets getting got had
has have having he hello help her here hi his how i if im in into is isnt it its ive just me
my no not now of on one only or our out please she since so some still than thanks that thats
the their them then there these they this those to too up us very was we were what when where
which while who why will with without wont would you your
"""
STOP_WORDS = frozenset(_SAY_NOTHING.split())
"""English words that say nothing about a problem, without their apostrophes."""


def words(text: str) -> list[str]:
    """The words that count, in their order, in small letters; hyphenated ones are one word."""
    found = (_JOINTS.sub("", word) for word in _WORD.findall(text.casefold()))
    return [word for word in found if word not in STOP_WORDS]


def searchable(text: str) -> str:
    """The text as the index keeps it: the words that count, and the parts of hyphenated ones."""
    kept: list[str] = []
    for word in _WORD.findall(text.casefold()):
        parts = _JOINTS.split(word)
        whole = "".join(parts)
        if whole in STOP_WORDS:  # neither are the halves of "doesn't" kept
            continue
        if len(parts) > 1:
            kept += [part for part in parts if part and part not in STOP_WORDS]
        kept.append(whole)
    return " ".join(kept)


def unique(found: Iterable[str]) -> tuple[str, ...]:
    """Each once, the first ones."""
    return tuple(dict.fromkeys(found))[:MOST]


def pairs(found: list[str]) -> tuple[tuple[str, str], ...]:
    """Words that follow each other."""
    return tuple(dict.fromkeys(pairwise(found)))[:MOST]


def ends_in_word(text: str) -> bool:
    """Whether the last word may not be finished yet."""
    return bool(re.search(r"[\w'’-]\Z", text))
