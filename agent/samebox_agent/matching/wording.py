"""The words of a question and those of an index: which are asked for, and what they find."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samebox_agent.matching.documents import Query
from samebox_agent.matching.index import Index, quoted
from samebox_agent.matching.ranking import Numbers
from samebox_agent.matching.terms import ends_in_word, pairs, unique, words

_RAREST = 16
"""Words of a long question that FTS5 is asked for: common ones cost most and say least."""
_COMMON = 2_000
"""A word in more documents than this is not asked for while rarer ones are there: it says little,
and scoring takes about a millisecond for each thousand that it is in."""
_K1 = 2.2
"""What BM25 gives at most for a word, in units of its rarity (FTS5: k1 + 1)."""
_SHORTENED = 3
_LONG_ENOUGH = 5
"""Letters of a word that may be a typing mistake."""
_WORD = re.compile(r"\w+")


class Vocabulary:
    """The words of an index as it is now, with this many documents."""

    def __init__(self, index: Index, documents: int) -> None:
        self._index = index
        self.documents = documents
        self.count = lru_cache(4096)(index.count)
        self._spelt: dict[int, Counter[str]] = {}

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
            if self.count(match):
                return match
        return quoted([word]) + "*"

    def rarity(self, match: str) -> float:
        """BM25's weight of a word; of one that is nowhere, the most there is."""
        found = self.count(match)
        return math.log(1 + (self.documents - found + 0.5) / (found + 0.5))

    def repairs(self, found: Iterable[str]) -> dict[str, str]:
        """Words that are in no document, and the nearest that is in one."""
        unknown = (word for word in found if len(word) >= _LONG_ENOUGH and word.isalpha())
        return {word: self.closest_word(word) for word in unknown if not self.count(quoted([word]))}

    def _spellings(self) -> dict[int, Counter[str]]:
        """The words of all documents by their length, counted; made when first needed."""
        if not self._spelt:
            for text in self._index.spellings():
                for word in text.split():
                    self._spelt.setdefault(len(word), Counter())[word] += 1
        return self._spelt


class Asked:
    """The words of one question as an index is asked for them. `text` is it in English.

    `most` is what a document with every word could score, so that shares are comparable.
    """

    def __init__(self, vocabulary: Vocabulary, query: Query, text: str) -> None:
        self.text = text
        found = words(text)
        is_unfinished = query.is_being_typed and ends_in_word(query.body or query.title)
        last = found.pop() if is_unfinished and found else ""
        self._repairs = vocabulary.repairs(unique(found))
        matches = [quoted([self._repairs.get(word, word)]) for word in unique(found)]
        if last:
            matches.append(vocabulary.prefix(last))
            written = words(query.text)[-1:]
            if written and written != [last]:  # "pass" may be Dutch, or half of "password"
                matches.append(vocabulary.prefix(written[0]))
        rarity = {match: vocabulary.rarity(match) for match in matches}
        known = sorted((m for m in rarity if vocabulary.count(m)), key=lambda m: -rarity[m])
        telling = [match for match in known if vocabulary.count(match) <= _COMMON]
        two = [quoted(pair) for pair in pairs(found)]
        self.match = " OR ".join((telling or known[:2])[:_RAREST])
        self.phrases = " OR ".join(two)
        self.most = _K1 * sum(rarity.values())
        self.most_of_phrases = _K1 * math.log(1 + vocabulary.documents) * len(two)

    def repaired(self, knows: Callable[[str], bool]) -> str:
        """The text as an encoder should read it: the words that it knows are no mistakes to it."""
        wrong = {word: right for word, right in self._repairs.items() if not knows(word)}
        if not wrong:
            return self.text
        return _WORD.sub(lambda word: wrong.get(word[0].casefold(), word[0]), self.text)

    def found(self, index: Index, deep: int) -> "Shared":
        """What the index finds, at most so many each way."""
        return Shared(
            index.by_words(self.match, deep) if self.match else {},
            index.by_title(self.match, deep) if self.match else {},
            index.by_title(self.phrases, deep) if self.phrases else {},
            (self.most, self.most, self.most_of_phrases),
        )


class Shared(NamedTuple):
    """BM25, by number, of what shares words: anywhere, in the title, and as pairs in the title.

    `most` has what each of the three could be at most.
    """

    anywhere: dict[int, float]
    title: dict[int, float]
    phrases: dict[int, float]
    most: tuple[float, float, float]

    def shares(self, numbers: NDArray[np.int64]) -> tuple[Numbers, Numbers, Numbers]:
        """What each of these documents has of that."""
        anywhere, title, phrases = self.most
        return (
            _shares(numbers, self.anywhere, anywhere),
            _shares(numbers, self.title, title),
            _shares(numbers, self.phrases, phrases),
        )


def _shares(numbers: NDArray[np.int64], found: dict[int, float], most: float) -> Numbers:
    if not found or most <= 0.0:
        return np.zeros(len(numbers))
    return np.array([found.get(int(number), 0.0) for number in numbers]) / most
