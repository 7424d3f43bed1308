"""All articles by their words, made again only when one of them changed."""

import asyncio

import msgspec
from msgspec import Struct
from samebox_shared.model.articles import Article, Audience, Risk
from samebox_shared.model.ids import ArticleId
from samebox_shared.model.people import Role

from samebox_server.core.likeness import LIKELY_THE_SAME, ByWords, Like, words_in, words_of
from samebox_server.core.proposals import MODERATORS
from samebox_server.core.readers import Reader, Shelf, may_have
from samebox_server.store import articles, knowledge
from samebox_server.store.articles import ArticleState
from samebox_server.store.database import Connection, Database

MOST_FOUND = 200
MOST_DUPLICATES = 3


class Spine(Struct, frozen=True, kw_only=True):
    """What a list of articles shows of one."""

    article_id: ArticleId
    title: str
    summary: str
    language: str
    topic: str
    risk: Risk
    version: int
    is_hidden: bool
    audience: Audience | msgspec.UnsetType


def may_see(one: Spine, roles: frozenset[Role]) -> bool:
    """Whether somebody of these roles may read it. Moderators read everything: they review it."""
    if roles & MODERATORS:
        return True
    return not one.is_hidden and may_have(Reader(roles), Shelf(audience=one.audience))


class Books(Struct, frozen=True):
    """The articles up to one change."""

    head: int
    spines: dict[ArticleId, Spine]
    words: ByWords

    def found(self, text: str, roles: frozenset[Role]) -> list[Spine]:
        """The articles that these words are about, and that somebody of these roles may see; all by
        title for no words."""
        every = [self.spines[one.article_id] for one in self._alike(text)]
        if not text.strip():
            every = sorted(self.spines.values(), key=lambda one: one.title.casefold())
        return [one for one in every if may_see(one, roles)]

    def duplicates(self, article: Article, roles: frozenset[Role]) -> list[Spine]:
        """Other articles in the same language that say much the same."""
        alike = self.words.alike(words_of(article), 3 * MOST_DUPLICATES, LIKELY_THE_SAME)
        others = (self.spines[one.article_id] for one in alike)
        near = [
            one
            for one in others
            if one.article_id != article.article_id
            and one.language == article.language
            and may_see(one, roles)
        ]
        return near[:MOST_DUPLICATES]

    def _alike(self, text: str) -> list[Like]:
        return self.words.alike(words_in(text), MOST_FOUND)


class Bookshelf:
    """Keeps the articles of one server at hand. At 10,000 articles a new look takes a second in a
    thread of its own, and a search a few milliseconds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._books: Books | None = None
        self._looking = asyncio.Lock()

    async def books(self) -> Books:
        """All articles as they are now."""
        async with self._looking:
            head = await self._database.read(articles.head)
            if self._books is None or self._books.head != head:
                rows = await self._database.read(_bodies)
                self._books = await asyncio.to_thread(_books, head, rows)
            return self._books


def _bodies(connection: Connection) -> list[tuple[bytes, str]]:
    return knowledge.bodies(connection)


def _books(head: int, rows: list[tuple[bytes, str]]) -> Books:
    decoder = msgspec.json.Decoder(Article)
    decoded = [(decoder.decode(body), state) for body, state in rows]
    spines = {article.article_id: spine(article, ArticleState(state)) for article, state in decoded}
    return Books(head, spines, ByWords(article for article, _ in decoded))


def spine(article: Article, state: ArticleState) -> Spine:
    """What a list shows of this article."""
    return Spine(
        article_id=article.article_id,
        title=article.title,
        summary=article.summary,
        language=article.language,
        topic=article.topic,
        risk=article.risk,
        version=article.version,
        is_hidden=state is ArticleState.HIDDEN,
        audience=article.audience,
    )
