"""What all documents of an index mean, in memory: how like each of them is to a question.

Many vectors are kept short: the 96 directions in which they differ most, a quarter of the memory
and of the time. They tell who is near; how near the best of them are, their whole vectors say,
which are read from the index when they are needed.
"""

import numpy as np
from numpy.typing import NDArray

from samebox_agent.matching.encoder import SIZE, Vectors
from samebox_agent.matching.index import Index
from samebox_agent.matching.ranking import VOTES, Numbers, voted

SHORT = 96
"""Of the best twenty 99.7 % are among the best 300 by so many directions (9,000 documents)."""
MOST_WHOLE = 16_384
"""Vectors that are kept as they are: 25 MB."""
SAMPLE = 4_096
"""Vectors that tell the directions."""


class Meaning:
    """As the index is now. `owners` are the places of the documents that were encoded."""

    def __init__(self, index: Index, numbers: NDArray[np.int64]) -> None:
        self._index = index
        self._numbers = numbers
        with index.reading():
            self._read()

    def _read(self) -> None:
        parts = self._index.parts()
        self._basis = None if parts <= MOST_WHOLE else self._directions(parts)
        self._vectors = np.empty((parts, SIZE if self._basis is None else SHORT), np.float32)
        self._is_solved = np.zeros(parts, np.bool_)
        owners: list[int] = []
        starts: list[int] = []
        at = 0
        for each in self._index.encoded():
            end = at + len(each.vectors)
            self._vectors[at:end] = self._shortened(each.vectors)
            self._is_solved[at + each.own : end] = True
            owners.append(each.number)
            starts.append(at)
            at = end
        self.owners = np.searchsorted(self._numbers, owners).astype(np.intp)
        self._starts = np.array(starts, np.intp)

    def _directions(self, parts: int) -> Vectors:
        sample = [each.vectors for each in self._index.encoded(-(-parts // SAMPLE))]
        some = np.concatenate(sample)
        _, directions = np.linalg.eigh(some.T @ some)  # the widest come last
        return np.ascontiguousarray(directions[:, -SHORT:])

    def _shortened(self, vectors: Vectors) -> Vectors:
        return vectors if self._basis is None else vectors @ self._basis

    @property
    def is_whole(self) -> bool:
        """Whether `of_all` is exact."""
        return self._basis is None

    def of_all(self, asked: Vectors) -> tuple[Numbers, Numbers]:
        """Of every document how like it is, and the likeness of its nearest part alone; both 0
        where it was not encoded."""
        all_voted, all_nearest = np.zeros((2, len(self._numbers)))
        if self._starts.size:
            likeness = self._vectors @ self._shortened(asked)
            found = _joined(likeness, self._is_solved, self._starts)
            all_voted[self.owners], all_nearest[self.owners] = found
        return all_voted, all_nearest

    def of_some(self, asked: Vectors, places: NDArray[np.intp]) -> tuple[Numbers, Numbers]:
        """The same for a few documents, exactly. Their places ascend."""
        some_voted, some_nearest = np.zeros((2, len(places)))
        numbers = self._numbers[places]
        known = list(self._index.encoded_of(numbers.tolist()))
        if known:
            lengths = [len(each.vectors) for each in known]
            likeness = np.concatenate([each.vectors for each in known]) @ asked
            own = np.repeat([each.own for each in known], lengths)
            starts = np.cumsum([0, *lengths[:-1]])
            is_solved = np.arange(len(likeness)) - np.repeat(starts, lengths) >= own
            at = np.searchsorted(numbers, [each.number for each in known])
            some_voted[at], some_nearest[at] = _joined(likeness, is_solved, starts)
        return some_voted, some_nearest


def _joined(
    likeness: Vectors, is_solved: NDArray[np.bool_], starts: NDArray[np.intp]
) -> tuple[Numbers, Numbers]:
    """Of each document what its own parts and its earlier questions say together, and its nearest
    part."""
    own = np.maximum.reduceat(np.where(is_solved, -1.0, likeness), starts)
    votes = np.add.reduceat(np.where(is_solved, np.exp(VOTES * likeness), 0.0), starts)
    return voted(own, votes), np.maximum.reduceat(likeness, starts)
