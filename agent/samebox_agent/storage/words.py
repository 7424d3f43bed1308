"""Which words of a text count in a search. Pure.

Hyphenated words are one word ("wi-fi" is "wifi"), because people write them both ways; the index
holds the parts and the whole.
"""

import re
from dataclasses import dataclass

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_JOINTS = re.compile(r"['’-]")
_LONGEST_QUERY = 12
"""More different words than this say nothing more; the first ones count."""

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


@dataclass(frozen=True)
class Query:
    """What to look for. `unfinished` is the word still being typed, taken as a beginning."""

    words: tuple[str, ...] = ()
    unfinished: str = ""


def query_of(text: str) -> Query:
    """The words of what a person typed so far, each once, in their order.

    A text that does not end inside a word has no unfinished one.
    """
    found = [_JOINTS.sub("", word) for word in _WORD.findall(text.casefold())]
    last = found.pop() if found and _ends_in_word(text) else ""
    words = tuple(dict.fromkeys(word for word in found if _counts(word)))[:_LONGEST_QUERY]
    return Query(words, last if _counts(last) and last not in words else "")


def index_text(text: str) -> str:
    """The text as the index wants it: hyphenated words once more in one piece."""
    whole = [_JOINTS.sub("", word) for word in _WORD.findall(text) if _JOINTS.search(word)]
    return " ".join([text, *whole])


def _ends_in_word(text: str) -> bool:
    return bool(re.search(r"[\w'’-]$", text))


def _counts(word: str) -> bool:
    return len(word) > 1 and word not in STOP_WORDS
