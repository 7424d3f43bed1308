"""Who will answer a question, from past questions in an index and who answered them."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from samebox_agent.matching.documents import Query
from samebox_agent.matching.matcher import Matcher
from samebox_agent.matching.people import Answered, rank


class Experts:
    """`answered` has for each past question who solved it ("" if nobody did), then who answered."""

    def __init__(self, matcher: Matcher, answered: Mapping[str, Sequence[str]]) -> None:
        self._matcher = matcher
        self._past = sorted(
            (
                (-math.inf if document.created is None else document.created, place)
                for place, document in enumerate(matcher.everything)
                if document.id in answered
            ),
        )
        self._answered = answered

    def rank(self, query: Query, most: int) -> list[list[Any]]:
        """People, the most likely first."""
        likeness = self._matcher.likeness(query)
        now = math.inf if query.created is None else query.created
        before = [place for created, place in self._past if created < now]
        past = []
        for behind, place in enumerate(reversed(before)):
            document = self._matcher.everything[place]
            solver, *people = self._answered[document.id]
            same = bool(query.topic) and document.topic == query.topic
            past.append(Answered(tuple(people), solver, float(likeness[place]), behind, same))
        return [[person, score] for person, score in rank(past, len(before))[:most]]
