"""Answers questions from the index: both ways of looking joined, each candidate scored."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from samebox_agent.matching import dutch
from samebox_agent.matching.documents import Document, Entry, Found, Query
from samebox_agent.matching.encoder import SIZE, Encoder, Vectors
from samebox_agent.matching.index import Index
from samebox_agent.matching.meaning import Meaning
from samebox_agent.matching.parts import parts_of
from samebox_agent.matching.ranking import Numbers, Signals, faded, fit, order, plain
from samebox_agent.matching.wording import Asked, Shared, Vocabulary

_CANDIDATES = 300
"""How many each way of looking may put forward: the answer is among them in 99.5 % (dev set)."""
_DEEP = 3 * _CANDIDATES
_BATCH = 32
_LOOKED_AT = 150
"""Candidates beyond those asked for whose likeness is made exact, where vectors are kept short."""


class Matcher:
    """Everything that answers one index. Call `refresh` after the index has changed."""

    def __init__(self, index: Index, encoder: Encoder | None) -> None:
        self._index = index
        self._encoder = encoder
        self.refresh()

    def keep(self, documents: Iterable[Document]) -> None:
        """Make the index hold exactly these; what changed is not encoded yet."""
        kept = self._index.keys()
        wanted = {document.id: document for document in documents}
        changed = [each for each in wanted.values() if kept.get(each.id) != each.key()]
        gone = [document_id for document_id in kept if document_id not in wanted]
        if changed or gone:
            self._index.keep(changed, gone)
        self.refresh()

    def encode_some(self, most: int = _BATCH) -> int:
        """Encode a few that are not yet; how many. After the last one call `refresh`."""
        if self._encoder is None:
            return 0
        waiting = self._index.without_vectors(most)
        for number, document in waiting:
            parts = parts_of(document)
            texts = parts.texts
            # A document without words means nothing, but is not to be looked at again and again.
            meant = self._encoder.vectors(texts) if texts else np.zeros((1, SIZE), np.float32)
            self._index.add_vectors(number, meant, own=len(meant) - len(parts.solved))
        return len(waiting)

    @property
    def encoded(self) -> float:
        """The share of documents that are looked up by meaning, too."""
        return len(self._meaning.owners) / max(1, len(self._entries))

    @property
    def lacks_meaning(self) -> bool:
        """Whether a document waits to be encoded."""
        return self._encoder is not None and bool(self._index.without_vectors(1))

    @property
    def knows_meaning(self) -> bool:
        """Whether there is an encoder."""
        return self._encoder is not None

    def refresh(self) -> None:
        """Read the index into memory."""
        numbered = list(self._index.entries())
        self._numbers = np.array([number for number, _ in numbered], np.int64)
        self._entries = [entry for _, entry in numbered]
        self._applies_to = [tuple(map(plain, each.applies_to)) for each in self._entries]
        self._created = np.array(
            [math.nan if each.created is None else each.created for each in self._entries]
        )
        self._meaning = Meaning(self._index, self._numbers)
        self._vocabulary = Vocabulary(self._index, len(self._entries))
        self._fits = lru_cache(16)(self._fits_of)

    def search(self, query: Query, most: int) -> tuple[Found, ...]:
        """The best documents, surest first."""
        if not self._entries:
            return ()
        text = query.text
        asked = Asked(
            self._vocabulary, query, dutch.in_english(text) if dutch.is_dutch(text) else text
        )
        vector = self._encoded(query, asked.repaired(self._reads))
        age = self._age(query)
        # What did not exist yet is among what the index finds, and left out afterwards.
        shared = asked.found(self._index, _CANDIDATES if query.created is None else _DEEP)
        meant = self._likeness(vector)
        places = self._candidates(query, meant, age, shared)
        if not places.size:
            return ()

        def signals(of: NDArray[np.intp], meant: tuple[Numbers, Numbers]) -> Signals:
            return Signals(
                *meant,
                *shared.shares(self._numbers[of]),
                fits=self._fits(query.facts)[of],
                same_topic=self._same_topic(query, of),
                age=age[of],
                length=len(asked.text.split()),
            )

        known = signals(places, (meant[0][places], meant[1][places]))
        if vector is not None and not self._meaning.is_whole:
            places = np.sort(places[order(known)[0][: most + _LOOKED_AT]])
            known = signals(places, self._meaning.of_some(vector, places))
        best, scores = order(known)
        return tuple(
            Found(self._entries[place].id, round(float(score), 4))
            for place, score in zip(places[best[:most]], scores[:most], strict=True)
        )

    @property
    def everything(self) -> Sequence[Entry]:
        """All documents, by their place."""
        return self._entries

    def likeness(self, query: Query) -> Numbers:
        """How much every document means the same, by its place: the cosine of its nearest part."""
        vector = self._encoded(query, query.text)
        likeness = self._likeness(vector)[1]
        if vector is not None and not self._meaning.is_whole:
            nearest = np.sort(np.argsort(-likeness)[:_CANDIDATES])
            likeness[nearest] = self._meaning.of_some(vector, nearest)[1]
        return likeness

    def _reads(self, word: str) -> bool:
        return self._encoder is not None and self._encoder.knows(word)

    def _likeness(self, vector: Vectors | None) -> tuple[Numbers, Numbers]:
        if vector is None:
            return np.zeros(len(self._entries)), np.zeros(len(self._entries))
        return self._meaning.of_all(vector)

    def _encoded(self, query: Query, text: str) -> Vectors | None:
        """A question with a title means both what the title and what the whole says."""
        if self._encoder is None or not text.strip():
            return None
        texts = [text] if not (query.title.strip() and query.body.strip()) else [query.title, text]
        mean = self._encoder.vectors(texts).mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)

    def _candidates(
        self, query: Query, meant: tuple[Numbers, Numbers], age: Numbers, shared: Shared
    ) -> NDArray[np.intp]:
        """The places of what either way of looking puts forward, and that existed then."""
        voted, nearest = meant
        likely = np.where((nearest > 0.0) & (age >= 0.0), voted - faded(age), -np.inf)
        numbers = np.array(sorted({*shared.anywhere, *shared.title}), np.int64)
        worded = np.searchsorted(self._numbers, numbers)
        most = min(_CANDIDATES, likely.size)
        near = np.argpartition(-likely, most - 1)[:most]
        if query.facts:  # what is for this product comes before all else: it must not be cut off
            fitting = np.flatnonzero(self._fits(query.facts) == 1.0)
            near = np.union1d(near, fitting[np.argsort(-likely[fitting])][:_CANDIDATES])
        places = np.union1d(worded, near[likely[near] > -np.inf]).astype(np.intp)
        return places[age[places] >= 0.0]

    def _age(self, query: Query) -> Numbers:
        """Of every document in seconds; 0 where it is not known, -1 where it did not exist yet."""
        if query.created is None:
            return np.zeros(len(self._entries))
        age = query.created - self._created
        return np.where(age > 0.0, age, np.where(np.isnan(age), 0.0, -1.0))

    def _same_topic(self, query: Query, places: NDArray[np.intp]) -> Numbers:
        if not query.topic:
            return np.zeros(len(places))
        return np.array([float(self._entries[place].topic == query.topic) for place in places])

    def _fits_of(self, facts: tuple[str, ...]) -> Numbers:
        here = frozenset(map(plain, facts))
        known = {each: fit(each, here) for each in set(self._applies_to)}
        return np.array([known[each] for each in self._applies_to])
