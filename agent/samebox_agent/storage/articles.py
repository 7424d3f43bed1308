"""The laptop's own copy of the articles, kept by difference, and the search over them."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage, Record
from samebox_shared.model.ids import ArticleId

from samebox_agent.storage import trouble
from samebox_agent.storage.database import Database
from samebox_agent.storage.migrations import ARTICLE_WORDS
from samebox_agent.storage.words import index_text, query_of

T = TypeVar("T")

_WEIGHTS = "8.0, 6.0, 3.0, 1.0, 4.0"
"""How much a word counts in the title, the symptoms, the summary, the steps and the topic."""
_SHORTENED = 3
"""How many letters of an unfinished word may be left out ("connecti" finds "connect")."""
_COMMON = 2_000
"""A word in more articles than this is left out while rarer ones are there: it says little, and
scoring takes 0.8 ms for each thousand articles it is in."""
_COLUMNS = "title, symptoms, summary, steps, topic"

_records: msgspec.json.Decoder[tuple[Record, ...]] = msgspec.json.Decoder(tuple[Record, ...])
_decoder: msgspec.json.Decoder[Article] = msgspec.json.Decoder(Article)


@dataclass(frozen=True)
class Hit:
    """An article found; a higher score is better. `words` are those of the query that matched."""

    article: Article
    score: float
    words: tuple[str, ...]


class Articles:
    """Articles in the database. A damaged index is made again from the articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def apply_page(self, page: ArticlePage) -> int:
        """Apply a page of changes, its head and the index in one transaction; how many changes."""
        self._mending(lambda: self._apply(page))
        return len(page.changes)

    def head(self) -> int:
        """How far this copy goes; 0 before the first page."""
        row = self._database.row("SELECT head FROM article_head")
        return 0 if row is None else int(row[0])

    def forget(self) -> None:
        """Drop every article, to fetch them again from 0 (another server)."""
        with self._database.transaction():
            self._database.execute("DELETE FROM article")
            self._database.execute("UPDATE article_head SET head = 0")
            self.rebuild()

    def all(self) -> tuple[Article, ...]:
        """Every article, by id."""
        rows = self._database.rows("SELECT body FROM article ORDER BY article_id")
        return tuple(self._decode(body) for (body,) in rows)

    def changes(self) -> tuple[ArticleChange, ...]:
        """Every article with what came of it, as if it had just arrived."""
        rows = self._database.rows("SELECT article_id, body, records FROM article")
        return tuple(
            ArticleChange(
                change=0,
                article_id=article_id,
                article=self._decode(body),
                records=_records.decode(records),
            )
            for article_id, body, records in rows
        )

    def get(self, article_id: ArticleId) -> Article | None:
        """One article."""
        row = self._database.row("SELECT body FROM article WHERE article_id = ?", (article_id,))
        return None if row is None else self._decode(row[0])

    def search(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """The best articles for what a person typed so far, the last word possibly unfinished.

        Any word may match; an article where more different words match comes before others.
        """
        return self._mending(lambda: self._search(text, limit))

    def rebuild(self) -> None:
        """Make the index again from the articles."""
        with self._database.transaction():
            self._database.execute("DROP TABLE IF EXISTS article_words")
            self._database.execute(ARTICLE_WORDS)
            for number, body in self._database.rows("SELECT number, body FROM article"):
                self._index(number, self._decode(body))

    def _apply(self, page: ArticlePage) -> None:
        with self._database.transaction():
            for change in page.changes:
                self._apply_change(change)
            self._database.execute("UPDATE article_head SET head = ?", (page.head,))

    def _apply_change(self, change: ArticleChange) -> None:
        old = self._database.row(
            "SELECT number, body FROM article WHERE article_id = ?", (change.article_id,)
        )
        if old is not None:
            self._unindex(old[0], self._decode(old[1]))
            self._database.execute("DELETE FROM article WHERE number = ?", (old[0],))
        if change.article is not None:
            self._database.execute(
                "INSERT INTO article (article_id, body, records) VALUES (?, ?, ?)",
                (
                    change.article_id,
                    msgspec.json.encode(change.article),
                    msgspec.json.encode(change.records),
                ),
            )
            row = self._database.row("SELECT last_insert_rowid()")
            self._index(0 if row is None else row[0], change.article)

    def _index(self, number: int, article: Article) -> None:
        self._database.execute(
            f"INSERT INTO article_words (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
            (number, *_texts(article)),
        )

    def _unindex(self, number: int, article: Article) -> None:
        # An index without its text must be told the old text to take it out.
        self._database.execute(
            f"INSERT INTO article_words (article_words, rowid, {_COLUMNS})"
            " VALUES ('delete', ?, ?, ?, ?, ?, ?)",
            (number, *_texts(article)),
        )

    def _search(self, text: str, limit: int) -> tuple[Hit, ...]:
        query = query_of(text)
        terms = [(word, f'"{word}"') for word in query.words]
        if query.unfinished:
            terms.append((query.unfinished, self._beginning(query.unfinished)))
        terms = self._telling(terms)
        if not terms:
            return ()
        return tuple(
            Hit(
                self._decode(body),
                score,
                tuple(word for place, (word, _) in enumerate(terms) if matched >> place & 1),
            )
            for body, score, matched in self._database.rows(
                _search_sql(len(terms)), (*(match for _, match in terms), limit)
            )
        )

    def _telling(self, terms: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The terms worth scoring: all that are not common, or else the two rarest."""
        counted = [(self._articles_with(match), word, match) for word, match in terms]
        known = [term for term in counted if term[0]]
        rare = [term for term in known if term[0] <= _COMMON]
        return [(word, match) for _, word, match in rare or sorted(known)[:2]]

    def _articles_with(self, match: str) -> int:
        row = self._database.row(
            "SELECT count(*) FROM article_words WHERE article_words MATCH ?", (match,)
        )
        return 0 if row is None else int(row[0])

    def _beginning(self, word: str) -> str:
        """A prefix match; shorter while it finds nothing, because the index holds stems."""
        for length in range(len(word), max(3, len(word) - _SHORTENED) - 1, -1):
            match = f'"{word[:length]}"*'
            if self._database.row(
                "SELECT 1 FROM article_words WHERE article_words MATCH ? LIMIT 1", (match,)
            ):
                return match
        return f'"{word}"*'

    def _mending(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except trouble.StorageTrouble as found:
            if found.kind is not trouble.TroubleKind.CORRUPT or not _is_index(found.__cause__):
                raise
        self.rebuild()
        return work()

    def _decode(self, body: bytes) -> Article:
        try:
            return _decoder.decode(body)
        except msgspec.DecodeError as error:
            raise trouble.corrupt(self._database.file) from error


def _search_sql(terms: int) -> str:
    """Each term is looked up by itself, so that we know which of them matched."""
    one = (
        "SELECT rowid AS number, rank AS cost, {bit} AS bit FROM article_words"
        f" WHERE article_words MATCH ? AND rank MATCH 'bm25({_WEIGHTS})'"
    )
    every = " UNION ALL ".join(one.format(bit=1 << place) for place in range(terms))
    return (
        "SELECT body, score, matched FROM (SELECT number AS found, -sum(cost) * count(*) AS score,"
        f" sum(bit) AS matched FROM ({every}) GROUP BY number"
        " ORDER BY score DESC, number LIMIT ?)"
        " JOIN article ON article.number = found ORDER BY score DESC, found"
    )


def _texts(article: Article) -> tuple[str, ...]:
    return (
        index_text(article.title),
        index_text("\n".join(article.symptoms)),
        index_text(article.summary),
        index_text("\n".join(step.text for step in article.steps)),
        index_text(article.topic),
    )


def _is_index(error: BaseException | None) -> bool:
    return (
        isinstance(error, sqlite3.Error) and error.sqlite_errorcode == sqlite3.SQLITE_CORRUPT_VTAB
    )
