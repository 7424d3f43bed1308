"""Answers questions from the index: both ways of looking joined, each candidate scored."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from samebox_agent.matching import dutch
from samebox_agent.matching.documents import Document, Found, Query
from samebox_agent.matching.encoder import SIZE, Encoder, Vectors
from samebox_agent.matching.index import Index, quoted
from samebox_agent.matching.parts import parts_of
from samebox_agent.matching.ranking import Numbers, Signals, fit, order, plain
from samebox_agent.matching.terms import ends_in_word, pairs, unique, words

_CANDIDATES = 300
"""How many each way of looking may put forward: the answer is among them in 99.5 % (dev set)."""
_RAREST = 16
"""Words of a long question that FTS5 is asked for: common ones cost most and say least."""
_K1 = 2.2
"""What BM25 gives at most for a word, in units of its rarity (FTS5: k1 + 1)."""
_BATCH = 32
_SHORTENED = 3


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
            # A document without words means nothing, but is not to be looked at again and again.
            meant = self._encoder.vectors(parts) if parts else np.zeros((1, SIZE), np.float32)
            self._index.add_vectors(number, meant)
        return len(waiting)

    @property
    def encoded(self) -> float:
        """The share of documents that are looked up by meaning, too."""
        return len(self._owners) / max(1, len(self._documents))

    @property
    def knows_meaning(self) -> bool:
        """Whether there is an encoder."""
        return self._encoder is not None

    def refresh(self) -> None:
        """Read the index into memory."""
        numbered = list(self._index.documents())
        self._numbers = np.array([number for number, _ in numbered], np.int64)
        self._documents = [document for _, document in numbered]
        self._applies_to = [
            tuple(plain(each) for each in document.applies_to) for document in self._documents
        ]
        self._created = np.array(
            [math.nan if each.created is None else each.created for each in self._documents]
        )
        self._solved = np.array([len(each.examples) for each in self._documents], np.float64)
        owners, self._vectors = self._index.vectors()
        places = np.searchsorted(self._numbers, owners)
        self._owners, self._starts = np.unique(places, return_index=True)
        self._count = lru_cache(4096)(self._index.count)
        self._fits = lru_cache(16)(self._fits_of)
        self._spelt: dict[int, Counter[str]] = {}

    def search(self, query: Query, most: int) -> tuple[Found, ...]:
        """The best documents, surest first."""
        if not self._documents:
            return ()
        text = query.text
        if dutch.is_dutch(text):
            text = dutch.in_english(text)
        asked = _Asked(self, text, query)
        meaning = self._meaning(query, text)
        by_words = self._index.by_words(asked.match, _CANDIDATES) if asked.match else {}
        by_title = self._index.by_title(asked.match, _CANDIDATES) if asked.match else {}
        phrases = self._index.by_title(asked.phrases, _CANDIDATES) if asked.phrases else {}
        places = self._candidates(query, meaning, (by_words, by_title))
        if not places.size:
            return ()
        numbers = self._numbers[places]
        signals = self._signals(query, places, meaning)._replace(
            words=_shares(numbers, by_words, asked.most),
            title=_shares(numbers, by_title, asked.most),
            phrases=_shares(numbers, phrases, asked.most_of_phrases),
        )
        best, scores = order(signals)
        return tuple(
            Found(self._documents[place].id, round(float(score), 4), self._words(place, asked))
            for place, score in zip(places[best[:most]], scores[:most], strict=True)
        )

    @property
    def everything(self) -> Sequence[Document]:
        """All documents, by their place."""
        return self._documents

    def likeness(self, query: Query) -> NDArray[np.float32]:
        """How much every document means the same, by its place."""
        return self._meaning(query, query.text)

    def closest_word(self, word: str) -> str:
        """A word that is in no document, as it was probably meant; itself when nothing is near."""
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        allowed = 1 if len(word) < 8 else 2
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        spelt = [each for length in lengths for each in self._spellings().get(length, ())]
        near = process.extract(
            word, spelt, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=8
        )
        if not near:
            return word
        return min(near, key=lambda each: (each[1], -self._spelt[len(each[0])][each[0]]))[0]

    def prefix(self, word: str) -> str:
        """An unfinished word as a beginning, shorter while it finds nothing: stems are kept."""
        for length in range(len(word), max(3, len(word) - _SHORTENED) - 1, -1):
            match = quoted([word[:length]]) + "*"
            if self._count(match):
                return match
        return quoted([word]) + "*"

    def rarity(self, match: str) -> float:
        """BM25's weight of a word; of one that is nowhere, the most there is."""
        everywhere, found = len(self._documents), self._count(match)
        return math.log(1 + (everywhere - found + 0.5) / (found + 0.5))

    def _meaning(self, query: Query, text: str) -> NDArray[np.float32]:
        """Of every document the likeness of its nearest part; 0 where it was not encoded."""
        likeness = np.zeros(len(self._documents), np.float32)
        if self._encoder is None or not self._starts.size or not text.strip():
            return likeness
        asked = self._encoded(query, text)
        likeness[self._owners] = np.maximum.reduceat(self._vectors @ asked, self._starts)
        return likeness

    def _encoded(self, query: Query, text: str) -> Vectors:
        """A question with a title means both what the title and what the whole says."""
        assert self._encoder is not None
        texts = [text] if not (query.title.strip() and query.body.strip()) else [query.title, text]
        mean = self._encoder.vectors(texts).mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)

    def _candidates(
        self, query: Query, meaning: NDArray[np.float32], found: tuple[dict[int, float], ...]
    ) -> NDArray[np.intp]:
        """The places of what either way of looking puts forward, and that existed then."""
        numbers = np.array(sorted(set().union(*found)), np.int64)
        worded = np.searchsorted(self._numbers, numbers)
        most = min(_CANDIDATES, meaning.size)
        meant = np.argpartition(-meaning, most - 1)[:most]
        if query.facts:  # what is for this product comes before all else: it must not be cut off
            near = np.flatnonzero(self._fits(query.facts) == 1.0)
            meant = np.union1d(meant, near[np.argsort(-meaning[near])][:_CANDIDATES])
        places = np.union1d(worded, meant[meaning[meant] > 0.0])
        if query.created is not None:
            created = self._created[places]
            places = places[np.isnan(created) | (created < query.created)]
        return places.astype(np.intp)

    def _signals(
        self, query: Query, places: NDArray[np.intp], meaning: NDArray[np.float32]
    ) -> Signals:
        nothing = np.zeros(len(places))
        age = nothing
        if query.created is not None:
            age = np.nan_to_num(np.maximum(query.created - self._created[places], 0.0))
        topics = [self._documents[place].topic for place in places] if query.topic else []
        return Signals(
            meaning=meaning[places].astype(np.float64),
            words=nothing,
            title=nothing,
            phrases=nothing,
            fits=self._fits(query.facts)[places],
            same_topic=np.array([float(each == query.topic) for each in topics] or nothing),
            age=age,
            solved=self._solved[places],
        )

    def _fits_of(self, facts: tuple[str, ...]) -> Numbers:
        here = frozenset(map(plain, facts))
        known = {each: fit(each, here) for each in set(self._applies_to)}
        return np.array([known[each] for each in self._applies_to])

    def _spellings(self) -> dict[int, Counter[str]]:
        """The words of all documents by their length, counted; made when first needed."""
        if not self._spelt:
            for text in self._index.spellings():
                for word in text.split():
                    self._spelt.setdefault(len(word), Counter())[word] += 1
        return self._spelt

    def _words(self, place: int, asked: "_Asked") -> tuple[str, ...]:
        if not asked.wants_words:
            return ()
        number = int(self._numbers[place])
        return tuple(word for word, match in asked.terms if self._index.matching(number, match))


class _Asked:
    """The words of one question as the index is asked for them.

    `most` is what a document with every word could score, so that shares are comparable.
    """

    def __init__(self, matcher: Matcher, text: str, query: Query) -> None:
        found = words(text)
        is_unfinished = query.is_being_typed and ends_in_word(query.body or query.title)
        last = found.pop() if is_unfinished and found else ""
        terms = [(word, quoted([word])) for word in unique(found)]
        terms = [_spelt(matcher, *term) for term in terms]
        if last:
            terms.append((last, matcher.prefix(last)))
            written = words(query.text)[-1:]
            if written and written != [last]:  # "pass" may be Dutch, or half of "password"
                terms.append((written[0], matcher.prefix(written[0])))
        rarity = {match: matcher.rarity(match) for _, match in terms}
        known = [match for _, match in terms if matcher._count(match)]
        known = sorted(known, key=lambda match: -rarity[match])[:_RAREST]
        two = [quoted(pair) for pair in pairs(found)]
        self.terms = tuple(terms)
        self.match = " OR ".join(known)
        self.phrases = " OR ".join(two)
        self.most = _K1 * sum(rarity.values())
        self.most_of_phrases = _K1 * math.log(1 + len(matcher._documents)) * len(two)
        self.wants_words = query.is_being_typed


def _spelt(matcher: Matcher, word: str, match: str) -> tuple[str, str]:
    if len(word) < 5 or not word.isalpha() or matcher._count(match):
        return word, match
    return word, quoted([matcher.closest_word(word)])


def _shares(numbers: NDArray[np.int64], found: dict[int, float], most: float) -> Numbers:
    if not found or most <= 0.0:
        return np.zeros(len(numbers))
    return np.array([found.get(int(number), 0.0) for number in numbers]) / most
