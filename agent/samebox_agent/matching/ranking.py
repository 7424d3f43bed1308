"""How candidates are scored: one formula, each number with its reason. Pure.

Scaled scores are added, not ranks: where one side is much surer than the other, that must show,
and ranks say nothing about a question that has no answer.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

VOTES = 15.0
"""How steeply an earlier question counts more, the more it is like this one: exp(15 * cosine). One
that is alike outvotes all that are not; of many that are fairly like it each has its say."""
WORDS = 0.45
"""A question all of whose words stand in an article, against one that means the same (1.0)."""
SHORT, LONG = 10, 62
"""Words of a question between which `WORDS` grows with the root of their number, to two and a half
times as much: the more is asked, the smaller the share of it that any article has."""
TITLE = 0.15
"""The same for the title alone, and once more for pairs of words in it."""
FITS = 1.0
"""For this very device or product: before everything that is for another."""
FITS_PARTLY = 0.3
SAME_TOPIC = 0.1
AGE = 0.045
"""Taken off each time an entry is e times as old: today's trouble was asked about today."""
NEXT = 5
ALONE = 0.75
"""How much it counts for how sure an answer is, that it stands above the next five."""
SHARED = 0.2
"""How much the words that it shares count for that."""
DAY = 86_400.0


class Signals(NamedTuple):
    """What is known of each candidate; all arrays are as long.

    `meaning` is how like it is in all (`voted`), `nearest` the cosine of its nearest part. `words`,
    `title` and `phrases` are shares between 0 and 1 of what a question could find: its words
    anywhere, in the title, and pairs of them in the title.
    `age` is in seconds, 0 where nothing is known. `length` is the question's, in words.
    """

    meaning: Numbers
    nearest: Numbers
    words: Numbers
    title: Numbers
    phrases: Numbers
    fits: Numbers
    same_topic: Numbers
    age: Numbers
    length: int


def voted(own: Numbers, votes: Numbers) -> Numbers:
    """What a document says itself and the earlier questions that it solved, as one likeness.

    `own` is the cosine of its nearest own text, `votes` the sum of exp(VOTES * cosine) over the
    questions. With none of them it is the cosine itself; each that is as like adds a little.
    """
    return np.log(np.exp(VOTES * own) + votes) / VOTES


def faded(age: Numbers) -> Numbers:
    """What is taken off for an age in seconds."""
    return AGE * np.log1p(age / DAY)


def strength(signals: Signals) -> Numbers:
    """How well each answers the question, whatever device it is for."""
    long = math.sqrt(min(max(signals.length, SHORT), LONG) / SHORT)
    return (
        signals.meaning
        + WORDS * long * signals.words
        + TITLE * (signals.title + signals.phrases)
        + SAME_TOPIC * signals.same_topic
        - faded(signals.age)
    )


def order(signals: Signals) -> tuple[NDArray[np.intp], Numbers]:
    """Candidates best first, and the score of each place: it never rises down the list.

    The score says how sure it is: by what it means, by the words it shares, and by how far it
    stands out. A good answer is alone at the top; a question without one has many that are equally
    near.
    """
    strong = strength(signals)
    best_first = np.argsort(-(strong + FITS * signals.fits), kind="stable")
    sure = np.where(signals.nearest > 0.0, signals.nearest + SHARED * signals.words, strong)
    others = strong[best_first[1 : 1 + NEXT]]
    if others.size:
        sure = sure + ALONE * (strong - others.mean())
    return best_first, np.minimum.accumulate(sure[best_first])


def fit(applies_to: tuple[str, ...], facts: frozenset[str]) -> float:
    """How well what a document is for meets what the device is, both as `plain` writes them.

    What names nothing is for all.
    """
    if not facts:
        return 0.0
    if not applies_to or not facts.isdisjoint(applies_to):
        return 1.0
    wanted = [frozenset(each.split()) for each in applies_to]
    here = [frozenset(each.split()) for each in facts]
    partly = any(one <= other or other <= one for one in wanted for other in here if one and other)
    return FITS_PARTLY if partly else 0.0


def plain(product: str) -> str:
    """A product's name without its maker's and without regard to case."""
    return product.casefold().replace("microsoft ", "").replace("apple ", "").strip()
