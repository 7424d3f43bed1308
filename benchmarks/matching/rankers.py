"""The ways of ranking that share Samebox's index: all of it, parts of it, and it without a part."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from msgspec import structs
from samebox_agent.matching import dutch, ranking, wording
from samebox_agent.matching import matcher as matching
from samebox_agent.matching.documents import Document, Query
from samebox_agent.matching.encoder import Encoder, Vectors
from samebox_agent.matching.index import open_index
from samebox_agent.matching.matcher import Matcher

from benchmarks.matching.beside import Ranking

DEPTH = 100
"""How many answers each way gives; reciprocal ranks are added up to here."""
RECIPROCAL = 60
"""The constant of reciprocal rank fusion, as it was first published and is used since."""

Ranker = Callable[[Query], Ranking]


class RememberingEncoder(Encoder):
    """Encodes each text once, so that corpora which share articles cost their vectors once."""

    def __init__(self, threads: int) -> None:
        super().__init__(threads)
        self._known: dict[str, Vectors] = {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in texts if text not in self._known]
        self._known |= zip(new, super().vectors(new), strict=True)
        return np.stack([self._known[text] for text in texts])


class Rankers:
    """Samebox's own index of one corpus, in a folder."""

    def __init__(self, folder: Path, documents: Sequence[Document], encoder: Encoder) -> None:
        index = open_index(folder / "samebox.sqlite")
        self.whole = Matcher(index, encoder)
        self.whole.keep(documents)
        while self.whole.encode_some():
            pass
        self.whole.refresh()
        self._words_only = Matcher(index, None)
        self._ids = [each.id for each in self.whole.everything]

    def samebox(self, query: Query) -> Ranking:
        """All of it."""
        return _found(self.whole, query)

    def words_only(self, query: Query) -> Ranking:
        """As on a machine where the encoder cannot run."""
        return _found(self._words_only, query)

    def minilm(self, query: Query) -> Ranking:
        """The best vector of each document, and nothing else."""
        likeness = self.whole.likeness(query)
        best = np.argsort(-likeness, kind="stable")[:DEPTH]
        return [(self._ids[place], float(likeness[place])) for place in best]

    def without(self) -> dict[str, Ranker]:
        """Samebox with one thing taken away."""
        return {
            "typo repair": self._without_repair,
            "title phrases": lambda query: self._without_signal("phrases", query),
            "words in the title": lambda query: self._without_signal("title", query),
            "words": self._without_words,
            "facts": lambda query: self.samebox(structs.replace(query, facts=())),
        }

    def _without_repair(self, query: Query) -> Ranking:
        with replaced(wording, "_LONG_ENOUGH", 1_000):
            return self.samebox(query)

    def _without_words(self, query: Query) -> Ranking:
        def order(signals: ranking.Signals) -> object:
            none = np.zeros_like(signals.words)
            return ranking.order(signals._replace(words=none, title=none, phrases=none))

        with replaced(matching, "order", order):
            return self.samebox(query)

    def _without_signal(self, name: str, query: Query) -> Ranking:
        def order(signals: ranking.Signals) -> object:
            nothing: dict[str, Any] = {name: np.zeros_like(signals.words)}
            return ranking.order(signals._replace(**nothing))

        with replaced(matching, "order", order):
            return self.samebox(query)


@contextmanager
def without_dutch() -> Iterator[None]:
    """Nothing is taken for Dutch."""
    with replaced(dutch, "is_dutch", lambda _: False):
        yield


@contextmanager
def replaced(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """Something of a module is another thing for a while. Fails when it is not there."""
    before = vars(module)[name]
    vars(module)[name] = value
    try:
        yield
    finally:
        vars(module)[name] = before


def fused(one: Ranking, other: Ranking) -> Ranking:
    """Reciprocal rank fusion: what stands early in both comes first."""
    scores: defaultdict[str, float] = defaultdict(float)
    for ranked in (one, other):
        for place, (document_id, _) in enumerate(ranked, start=1):
            scores[document_id] += 1.0 / (RECIPROCAL + place)
    return sorted(scores.items(), key=lambda each: (-each[1], each[0]))[:DEPTH]


def _found(matcher: Matcher, query: Query) -> Ranking:
    return [(each.id, each.score) for each in matcher.search(query, DEPTH)]
