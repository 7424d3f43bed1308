"""Who will answer: people ranked by what they answered before, how like it was, and how lately.

Who is active now says most; what they answered before says who of them it is for.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

LIKENESS = 10.0
"""How steeply an answer counts more, the more its question is like this one: exp(10 * cosine)."""
TOPIC = 3.0
"""Added for an answer on the same topic: whoever answers stays with what they know."""
SOLVER = 0.5
"""Added for the one whose answer solved it."""
LATELY = 0.03
"""The part of all questions in which somebody's activity fades to a third."""
ALWAYS = 0.05
"""What an answer is still worth after very long."""


class Answered(NamedTuple):
    """A question of the past and who answered it."""

    people: tuple[str, ...]
    solver: str
    likeness: float
    behind: int
    """How many questions were asked since."""
    same_topic: bool = False


def rank(past: Sequence[Answered], asked: int) -> list[tuple[str, float]]:
    """Everybody who answered, the most likely first. `asked` is the number of all questions."""
    active: defaultdict[str, float] = defaultdict(float)
    apt: defaultdict[str, float] = defaultdict(float)
    for each in past:
        fresh = ALWAYS + math.exp(-each.behind / max(1.0, LATELY * asked))
        like = math.exp(LIKENESS * each.likeness) * (1.0 + TOPIC * each.same_topic)
        for person in dict.fromkeys(each.people):
            worth = fresh * (1.0 + SOLVER * (person == each.solver))
            active[person] += worth
            apt[person] += worth * like
    return _joined(active, apt)


def _joined(active: Mapping[str, float], apt: Mapping[str, float]) -> list[tuple[str, float]]:
    """The geometric mean of both shares: each alone has people at the top that the other doubts."""
    whole, all_apt = sum(active.values()), sum(apt.values())
    if not whole or not all_apt:
        return []
    scores = {
        person: math.sqrt(active[person] / whole * apt[person] / all_apt) for person in active
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
