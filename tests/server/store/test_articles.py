"""Versions of articles."""

from samebox_server.core.readers import Reader
from samebox_server.store import article_pages, articles
from samebox_server.store.database import Database
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId
from sqlalchemy import Connection


def publish(name: str, source: str = "source") -> "Publish":
    return Publish(name, source)


class Publish:
    """Publishes one article as a unit."""

    def __init__(self, name: str, source: str) -> None:
        self.article = Article(article_id=ArticleId(name), version=1, title=source, summary="")

    def __call__(self, connection: Connection) -> bool:
        return articles.publish(connection, self.article, self.article.title, 1.0)


async def test_the_same_text_again_is_no_new_version(database: Database) -> None:
    assert await database.read(articles.is_empty)
    units = [publish("a", "one"), publish("a", "one"), publish("a", "two")]
    assert [await database.write(unit) for unit in units] == [True, False, True]
    page = await database.read(lambda connection: article_pages.page(connection, 0, Reader()))
    assert [(one.change, one.article and one.article.version) for one in page.changes] == [(2, 2)]
    assert (page.head, page.more) == (2, False)
    assert not await database.read(articles.is_empty)
