"""How candidates are scored: one formula, each number with its reason. Pure.

Scaled scores are added, not ranks: where one side is much surer than the other, that must show,
and ranks say nothing about a question that has no answer.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

WORDS = 0.3
"""A question all of whose words stand in an article, against one that means the same (1.0)."""
FITS = 1.0
"""For this very device or product: before everything that is for another."""
FITS_PARTLY = 0.3
SAME_TOPIC = 0.04
AGE = 0.03
"""Taken off each time an entry is e times as old: today's trouble was asked about today."""
SOLVED = 0.01
"""Added for each time the number of questions it solved is e times as large."""
MARGIN = 0.25
"""Standing farther than this above or below another says no more."""
ALONE = 0.75
"""How much of that distance counts when asking how sure an answer is."""
DAY = 86_400.0


class Signals(NamedTuple):
    """What is known of each candidate; all arrays are as long.

    `meaning` is a cosine. `words`, `title` and `phrases` are shares between 0 and 1 of what a
    question could find: its words anywhere, in the title, and pairs of them in the title.
    `age` is in seconds, 0 where nothing is known.
    """

    meaning: Numbers
    words: Numbers
    title: Numbers
    phrases: Numbers
    fits: Numbers
    same_topic: Numbers
    age: Numbers
    solved: Numbers


def strength(signals: Signals) -> Numbers:
    """How well each answers the question, whatever device it is for."""
    return (
        signals.meaning
        + WORDS * (signals.words + signals.title + signals.phrases)
        + SAME_TOPIC * signals.same_topic
        - AGE * np.log1p(signals.age / DAY)
        + SOLVED * np.log1p(signals.solved)
    )


def order(signals: Signals) -> tuple[NDArray[np.intp], Numbers]:
    """Candidates best first, and the score of each place: it never rises down the list.

    The score says how sure it is: by what it means, and by how far it stands out. A good answer is
    alone at the top; a question without one has many that are equally near. Shared words help to
    order answers, but say little about whether there is one at all.
    """
    strong = strength(signals)
    total = strong + FITS * signals.fits
    sure = np.where(signals.meaning > 0.0, signals.meaning, strong)
    best_first = np.argsort(-total, kind="stable")
    if not best_first.size:
        return best_first, sure
    first = total[best_first[0]]
    second = total[best_first[1]] if best_first.size > 1 else first - MARGIN
    margins = np.clip(total - np.where(total == first, second, first), -MARGIN, MARGIN)
    scores = np.minimum.accumulate((sure + ALONE * margins)[best_first])
    return best_first, scores


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
