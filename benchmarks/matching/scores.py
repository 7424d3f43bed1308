"""How good rankings are: found at all, found early, known to be right. Pure."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple


class Top(NamedTuple):
    """The first answer to one question: how sure it was, and what was true of it."""

    score: float
    is_right: bool
    has_answer: bool
    """Whether anything in the index answers this question at all."""


def hit(ranking: Sequence[str], relevant: Collection[str], most: int) -> float:
    """1 when an answer stands among the first ones."""
    return float(any(each in relevant for each in ranking[:most]))


def ndcg(ranking: Sequence[str], grades: Mapping[str, float], most: int = 10) -> float:
    """1 when the best answers stand first; an answer counts less, the later it comes."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:most])
    found = _gain([grades.get(each, 0.0) for each in ranking[:most]])
    return found / ideal if ideal else 0.0


def _gain(grades: Sequence[float]) -> float:
    return sum(
        (math.pow(2.0, grade) - 1.0) / math.log2(place + 2) for place, grade in enumerate(grades)
    )


def auroc(with_answer: Sequence[float], without: Sequence[float]) -> float:
    """The chance that a question with an answer scores higher than one without; a tie is half."""
    if not with_answer or not without:
        return math.nan
    every = sorted([*with_answer, *without])
    first: dict[float, int] = {}
    last: dict[float, int] = {}
    for place, score in enumerate(every, start=1):
        first.setdefault(score, place)
        last[score] = place
    ranks = sum((first[score] + last[score]) / 2 for score in with_answer)
    count = len(with_answer)
    return (ranks - count * (count + 1) / 2) / (count * len(without))


def coverage(tops: Sequence[Top], precision: float) -> float:
    """The share of answerable questions answered right while so many answers are right.

    The bar is set where most are answered; questions with the same score are answered together.
    """
    answerable = sum(each.has_answer for each in tops)
    ordered = sorted(tops, key=lambda each: -each.score)
    right = best = 0
    for answered, each in enumerate(ordered, start=1):
        right += each.is_right
        is_last = answered == len(ordered) or ordered[answered].score != each.score
        if is_last and right >= precision * answered:
            best = right
    return best / answerable if answerable else math.nan


def mean(values: Sequence[float]) -> float:
    """Not a number when there is none."""
    return sum(values) / len(values) if values else math.nan
