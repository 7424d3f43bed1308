"""The laptop's own copy of the articles, kept by difference, and the search over them."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage, Proven, Record
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol.bundles import Asked

from samebox_agent import __version__
from samebox_agent.storage import settings, trouble
from samebox_agent.storage.database import Database
from samebox_agent.storage.migrations import ARTICLE, ARTICLE_WORDS
from samebox_agent.storage.settings import Settings
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
_proven: msgspec.json.Decoder[tuple[Proven, ...]] = msgspec.json.Decoder(tuple[Proven, ...])
_decoder: msgspec.json.Decoder[Article] = msgspec.json.Decoder(Article)


@dataclass(frozen=True)
class Hit:
    """An article found; a higher score is better. `words` are those of the query that matched."""

    article: Article
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """What a copy is a copy of, and whether this version understood all of it."""

    scope: str = ""
    epoch: str = ""
    is_whole: bool = True


class Articles:
    """Articles in the database. A damaged index is made again from the articles; a damaged copy of
    the articles is forgotten, because the server has them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def apply_page(self, page: ArticlePage, origin: Origin = Origin()) -> int:
        """Apply a page of changes, its head and the index in one transaction; how many changes."""
        self._mending(lambda: self._apply(page, origin))
        return len(page.changes)

    def replace(self, pages: Sequence[ArticlePage], origin: Origin) -> None:
        """Put another copy in the place of this one, in one transaction: what is not in it goes."""
        self._mending(lambda: self._replace(pages, origin))

    def position(self) -> Asked:
        """How far this copy goes and what it is of. A newer version than the one that left
        something out asks for everything anew."""
        get = Settings(self._database).get
        is_whole = get(settings.ARTICLES_LEFT_OUT) in ("", __version__)
        scope = get(settings.ARTICLES_SCOPE) if is_whole else ""
        return Asked(after=self.head(), scope=scope, epoch=get(settings.ARTICLES_EPOCH))

    def head(self) -> int:
        """How far this copy goes; 0 before the first page."""
        row = self._database.row("SELECT head FROM article_head")
        return 0 if row is None else int(row[0])

    def forget(self) -> None:
        """Drop every article, to fetch them again from 0 (another server, or damage)."""
        self._putting_away("article", self._begin)
        self.rebuild()

    def all(self) -> tuple[Article, ...]:
        """Every article, by id."""
        rows = self._database.rows("SELECT body FROM article ORDER BY article_id")
        return tuple(self._decode(body) for (body,) in rows)

    def changes(self) -> tuple[ArticleChange, ...]:
        """Every article with what came of it, as if it had just arrived."""
        rows = self._database.rows("SELECT article_id, body, records, proven FROM article")
        return tuple(
            ArticleChange(
                change=0,
                article_id=article_id,
                article=self._decode(body),
                records=_records.decode(records),
                proven=_proven.decode(proven),
            )
            for article_id, body, records, proven in rows
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
        self._putting_away("article_words", self._index_all)

    def _begin(self) -> None:
        self._database.execute(ARTICLE)
        self._keep_position(0, Origin())

    def _index_all(self) -> None:
        self._database.execute(ARTICLE_WORDS)
        for number, body in self._database.rows("SELECT number, body FROM article"):
            self._index(number, self._decode(body))

    def _putting_away(self, table: str, work: Callable[[], None]) -> None:
        """Drops a table and goes on, in one transaction. Where its pages cannot even be given
        back, they stay behind under another name."""
        aside = f"ALTER TABLE {table} RENAME TO damaged_{secrets.token_hex(4)}"
        for sql in (f"DROP TABLE IF EXISTS {table}", aside):
            try:
                with self._database.transaction():
                    self._database.execute(sql)
                    work()
                return
            except trouble.StorageTrouble as found:
                if found.kind is not trouble.TroubleKind.CORRUPT or sql is aside:
                    raise

    def _apply(self, page: ArticlePage, origin: Origin) -> None:
        with self._database.transaction():
            for change in page.changes:
                self._apply_change(change)
            left_out = Settings(self._database).get(settings.ARTICLES_LEFT_OUT)
            whole = replace(origin, is_whole=origin.is_whole and not left_out)
            self._keep_position(page.head, whole)

    def _replace(self, pages: Sequence[ArticlePage], origin: Origin) -> None:
        """Most articles are in both: those are left as they are, with their place in the index."""
        with self._database.transaction():
            gone = {name for (name,) in self._database.rows("SELECT article_id FROM article")}
            for change in (change for page in pages for change in page.changes):
                self._apply_change(change)
                if change.article is not None:
                    gone.discard(change.article_id)
            for article_id in gone:
                self._apply_change(ArticleChange(change=0, article_id=article_id, article=None))
            self._keep_position(pages[-1].head, origin)

    def _keep_position(self, head: int, origin: Origin) -> None:
        self._database.execute("UPDATE article_head SET head = ?", (head,))
        kept = Settings(self._database)
        kept.put(settings.ARTICLES_SCOPE, origin.scope)
        kept.put(settings.ARTICLES_EPOCH, origin.epoch)
        kept.put(settings.ARTICLES_LEFT_OUT, "" if origin.is_whole else __version__)

    def _apply_change(self, change: ArticleChange) -> None:
        """One that is the same as before keeps its place in the index."""
        body = b"" if change.article is None else msgspec.json.encode(change.article)
        told = (msgspec.json.encode(change.records), msgspec.json.encode(change.proven))
        old = self._database.row(
            "SELECT number, body FROM article WHERE article_id = ?", (change.article_id,)
        )
        if old is not None and old[1] == body:
            sql = "UPDATE article SET records = ?, proven = ? WHERE number = ?"
            self._database.execute(sql, (*told, old[0]))
            return
        if old is not None:
            self._unindex(old[0], self._decode(old[1]))
            self._database.execute("DELETE FROM article WHERE number = ?", (old[0],))
        if change.article is not None:
            self._database.execute(
                "INSERT INTO article (article_id, body, records, proven) VALUES (?, ?, ?, ?)",
                (change.article_id, body, *told),
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
            if found.kind is not trouble.TroubleKind.CORRUPT:
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
