"""How alike articles are by their words: for the portal's search, and to point out duplicates.

Words that few articles have count more (inverse document frequency, K. Sparck Jones, 1972), and an
article is a vector of them; likeness is the cosine of two. Laptops search better, with meaning
(docs/matching.md); this needs no model and no index on the server.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId

LIKELY_THE_SAME = 0.35
"""Only a hint: at this height a quarter of the starter base has a neighbour, and one in five
articles is still known again when all its sentences are replaced by others of its own."""
_WORD = re.compile(r"[^\W_]+")
_LEAST_LETTERS = 3
_TITLE_TIMES = 2
_SAYS_NOTHING = frozenset(
    [
        "the",
        "and",
        "for",
        "not",
        "you",
        "your",
        "with",
        "this",
        "that",
        "from",
        "are",
        "was",
        "has",
        "have",
        "can",
        "cannot",
        "does",
        "when",
        "it's",
        "its",
        "een",
        "het",
        "van",
        "dat",
        "niet",
        "met",
        "voor",
        "mijn",
        "zijn",
        "maar",
        "ook",
        "naar",
        "als",
        "bij",
        "dan",
        "wordt",
        "kan",
    ]
)


class Like(Struct, frozen=True):
    """An article and how alike it is, from 0 to 1."""

    article_id: ArticleId
    likeness: float


class ByWords:
    """Articles by their words; made once for a set of articles, asked often."""

    def __init__(self, articles: Iterable[Article]) -> None:
        counted = {one.article_id: words_of(one) for one in articles}
        seen = Counter(word for words in counted.values() for word in words)
        whole = len(counted) + 1
        self._weight = {word: math.log(whole / (1 + times)) + 1 for word, times in seen.items()}
        self._rarest = math.log(whole) + 1
        self._holders: dict[str, list[tuple[ArticleId, float]]] = {}
        for article_id, words in counted.items():
            for word, part in self._vector(words).items():
                self._holders.setdefault(word, []).append((article_id, part))

    def alike(self, words: Counter[str], most: int, least: float = 0.0) -> list[Like]:
        """The articles most like these words, best first."""
        found: dict[ArticleId, float] = {}
        for word, part in self._vector(words).items():
            for article_id, other in self._holders.get(word, ()):
                found[article_id] = found.get(article_id, 0.0) + part * other
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [Like(article_id, score) for article_id, score in ranked[:most] if score >= least]

    def _vector(self, words: Mapping[str, int]) -> dict[str, float]:
        weighed = {
            word: (1 + math.log(times)) * self._weight.get(word, self._rarest)
            for word, times in words.items()
        }
        length = math.sqrt(sum(part * part for part in weighed.values())) or 1.0
        return {word: part / length for word, part in weighed.items()}


def words_of(article: Article) -> Counter[str]:
    """What an article is about: its title, which counts twice, and how people say it."""
    words = words_in(" ".join(article.symptoms))
    for word in words_in(article.title):
        words[word] += _TITLE_TIMES
    return words


def words_in(text: str) -> Counter[str]:
    """The words of a text that say something, without case and accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return Counter(
        _stem(word)
        for word in _WORD.findall(plain)
        if len(word) >= _LEAST_LETTERS and word not in _SAYS_NOTHING
    )


def _stem(word: str) -> str:
    """The plural is the same word; no more than that, in two languages at once."""
    return word[:-1] if len(word) > _LEAST_LETTERS and word.endswith("s") else word
