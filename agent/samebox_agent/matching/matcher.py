"""Answers questions from the index: both ways of looking joined, each candidate scored."""

import math
import re
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
from samebox_agent.matching.ranking import (
    VOTES,
    Numbers,
    Signals,
    faded,
    fit,
    order,
    plain,
    voted,
)
from samebox_agent.matching.terms import ends_in_word, pairs, unique, words

_CANDIDATES = 300
"""How many each way of looking may put forward: the answer is among them in 99.5 % (dev set)."""
_RAREST = 16
"""Words of a long question that FTS5 is asked for: common ones cost most and say least."""
_COMMON = 2_000
"""A word in more documents than this is not asked for while rarer ones are there: it says little,
and scoring takes about a millisecond for each thousand that it is in."""
_K1 = 2.2
"""What BM25 gives at most for a word, in units of its rarity (FTS5: k1 + 1)."""
_BATCH = 32
_SHORTENED = 3
_WORD = re.compile(r"\w+")


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
        return len(self._owners) / max(1, len(self._documents))

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
        numbered = list(self._index.documents())
        self._numbers = np.array([number for number, _ in numbered], np.int64)
        self._documents = [document for _, document in numbered]
        self._applies_to = [
            tuple(plain(each) for each in document.applies_to) for document in self._documents
        ]
        self._created = np.array(
            [math.nan if each.created is None else each.created for each in self._documents]
        )
        numbers, self._is_solved, self._vectors = self._index.vectors()
        places = np.searchsorted(self._numbers, numbers)
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
        meaning, nearest = self._meaning(query, asked.repaired)
        # What did not exist yet is among what the index finds, and left out afterwards.
        deep = _CANDIDATES if query.created is None else 3 * _CANDIDATES
        by_words = self._index.by_words(asked.match, deep) if asked.match else {}
        by_title = self._index.by_title(asked.match, deep) if asked.match else {}
        phrases = self._index.by_title(asked.phrases, deep) if asked.phrases else {}
        age = self._age(query)
        likely = np.where((nearest > 0.0) & (age >= 0.0), meaning - faded(age), -np.inf)
        places = self._candidates(query, likely, (by_words, by_title))
        places = places[age[places] >= 0.0]
        if not places.size:
            return ()
        numbers = self._numbers[places]
        signals = Signals(
            meaning=meaning[places],
            nearest=nearest[places],
            fits=self._fits(query.facts)[places],
            same_topic=self._same_topic(query, places),
            age=age[places],
            length=len(text.split()),
            words=_shares(numbers, by_words, asked.most),
            title=_shares(numbers, by_title, asked.most),
            phrases=_shares(numbers, phrases, asked.most_of_phrases),
        )
        best, scores = order(signals)
        return tuple(
            Found(self._documents[place].id, round(float(score), 4))
            for place, score in zip(places[best[:most]], scores[:most], strict=True)
        )

    @property
    def everything(self) -> Sequence[Document]:
        """All documents, by their place."""
        return self._documents

    def likeness(self, query: Query) -> Numbers:
        """How much every document means the same, by its place: the cosine of its nearest part."""
        return self._meaning(query, query.text)[1]

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

    def knows_word(self, word: str) -> bool:
        """Whether the encoder reads it as a whole."""
        return self._encoder is not None and self._encoder.knows(word)

    def _meaning(self, query: Query, text: str) -> tuple[Numbers, Numbers]:
        """Of every document how like it is, and the likeness of its nearest part alone; both 0
        where it was not encoded."""
        voted_for, nearest = np.zeros((2, len(self._documents)))
        if self._encoder is None or not self._starts.size or not text.strip():
            return voted_for, nearest
        likeness = self._vectors @ self._encoded(query, text)
        nearest[self._owners] = np.maximum.reduceat(likeness, self._starts)
        own = np.maximum.reduceat(np.where(self._is_solved, -1.0, likeness), self._starts)
        votes = np.where(self._is_solved, np.exp(VOTES * likeness), 0.0)
        voted_for[self._owners] = voted(own, np.add.reduceat(votes, self._starts))
        return voted_for, nearest

    def _encoded(self, query: Query, text: str) -> Vectors:
        """A question with a title means both what the title and what the whole says."""
        assert self._encoder is not None
        texts = [text] if not (query.title.strip() and query.body.strip()) else [query.title, text]
        mean = self._encoder.vectors(texts).mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)

    def _candidates(
        self, query: Query, likely: Numbers, found: tuple[dict[int, float], ...]
    ) -> NDArray[np.intp]:
        """The places of what either way of looking puts forward."""
        numbers = np.array(sorted(set().union(*found)), np.int64)
        worded = np.searchsorted(self._numbers, numbers)
        most = min(_CANDIDATES, likely.size)
        meant = np.argpartition(-likely, most - 1)[:most]
        if query.facts:  # what is for this product comes before all else: it must not be cut off
            near = np.flatnonzero(self._fits(query.facts) == 1.0)
            meant = np.union1d(meant, near[np.argsort(-likely[near])][:_CANDIDATES])
        return np.union1d(worded, meant[likely[meant] > -np.inf]).astype(np.intp)

    def _age(self, query: Query) -> Numbers:
        """Of every document in seconds; 0 where it is not known, -1 where it did not exist yet."""
        if query.created is None:
            return np.zeros(len(self._documents))
        age = query.created - self._created
        return np.where(age > 0.0, age, np.where(np.isnan(age), 0.0, -1.0))

    def _same_topic(self, query: Query, places: NDArray[np.intp]) -> Numbers:
        if not query.topic:
            return np.zeros(len(places))
        return np.array([float(self._documents[place].topic == query.topic) for place in places])

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


class _Asked:
    """The words of one question as the index is asked for them.

    `most` is what a document with every word could score, so that shares are comparable;
    `repaired` is the text without its typing mistakes, for the encoder.
    """

    def __init__(self, matcher: Matcher, text: str, query: Query) -> None:
        found = words(text)
        is_unfinished = query.is_being_typed and ends_in_word(query.body or query.title)
        last = found.pop() if is_unfinished and found else ""
        repairs = _repairs(matcher, unique(found))
        terms = [(word, quoted([repairs.get(word, word)])) for word in unique(found)]
        self.repaired = _repaired(matcher, text, repairs)
        if last:
            terms.append((last, matcher.prefix(last)))
            written = words(query.text)[-1:]
            if written and written != [last]:  # "pass" may be Dutch, or half of "password"
                terms.append((written[0], matcher.prefix(written[0])))
        rarity = {match: matcher.rarity(match) for _, match in terms}
        known = sorted((m for m in rarity if matcher._count(m)), key=lambda m: -rarity[m])
        telling = [match for match in known if matcher._count(match) <= _COMMON]
        two = [quoted(pair) for pair in pairs(found)]
        self.match = " OR ".join((telling or known[:2])[:_RAREST])
        self.phrases = " OR ".join(two)
        self.most = _K1 * sum(rarity.values())
        self.most_of_phrases = _K1 * math.log(1 + len(matcher._documents)) * len(two)


def _repairs(matcher: Matcher, found: Iterable[str]) -> dict[str, str]:
    """Words that are in no document, and the nearest that is in one."""
    unknown = (word for word in found if len(word) >= 5 and word.isalpha())
    return {
        word: matcher.closest_word(word) for word in unknown if not matcher._count(quoted([word]))
    }


def _repaired(matcher: Matcher, text: str, repairs: dict[str, str]) -> str:
    """The text for the encoder, whose own words stay: to it they are no mistakes."""
    wrong = {word: right for word, right in repairs.items() if not matcher.knows_word(word)}
    if not wrong:
        return text
    return _WORD.sub(lambda word: wrong.get(word[0].casefold(), word[0]), text)


def _shares(numbers: NDArray[np.int64], found: dict[int, float], most: float) -> Numbers:
    if not found or most <= 0.0:
        return np.zeros(len(numbers))
    return np.array([found.get(int(number), 0.0) for number in numbers]) / most
