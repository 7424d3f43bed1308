"""Articles as the portal reads them."""

from samebox_server.core.readers import Reader
from samebox_server.store import article_pages, articles, knowledge, people
from samebox_server.store.articles import ArticleState, Credit
from samebox_server.store.database import Database
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId
from sqlalchemy import Connection

DISK = ArticleId("disk")


def article(title: str) -> Article:
    return Article(article_id=DISK, version=1, title=title, summary="")


async def test_every_version_keeps_its_words_and_its_people(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada, mo = (people.add(connection, name, (), 1.0) for name in ("Ada", "Mo"))
        assert knowledge.load(connection, DISK) is None
        articles.publish(connection, article("One"), "one", 1.0)
        credit = Credit(author=ada, reviewer=mo, note="Shorter", review_by=50.0)
        articles.publish(connection, article("Two"), "two", 2.0, credit)
        new, old = knowledge.versions(connection, DISK)
        assert (new.number, new.article.title, new.author, new.note) == (2, "Two", ada, "Shorter")
        assert (old.number, old.article.title, old.author, old.reviewer) == (1, "One", None, None)
        kept = knowledge.load(connection, DISK)
        assert kept is not None
        assert (kept.article.version, kept.state) == (2, ArticleState.PUBLISHED)
        assert knowledge.names(connection, [ada, mo]) == {ada: "Ada", mo: "Mo"}
        assert [state for _, state in knowledge.bodies(connection)] == ["published"]

    await database.write(unit)


async def test_an_article_has_an_owner_and_a_day_to_look_again(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada = people.add(connection, "Ada", (), 1.0)
        articles.publish(connection, article("One"), "one", 1.0, Credit(review_by=50.0))
        assert knowledge.to_review_again(connection, 49.0) == []
        ((due, since),) = knowledge.to_review_again(connection, 51.0)
        assert (due.title, since) == ("One", 50.0)
        knowledge.care(connection, DISK, ada, 99.0)
        assert knowledge.to_review_again(connection, 51.0) == []
        kept = knowledge.load(connection, DISK)
        assert kept is not None
        assert kept.owner == ada

    await database.write(unit)


async def test_a_hidden_article_leaves_the_laptops_and_comes_back(database: Database) -> None:
    def unit(connection: Connection) -> None:
        articles.publish(connection, article("One"), "one", 1.0)
        head = articles.set_state(connection, DISK, ArticleState.HIDDEN)
        page = article_pages.page(connection, head - 1, Reader())
        assert [one.article for one in page.changes] == [None]
        assert articles.published_version(connection, DISK) is None
        articles.set_state(connection, DISK, ArticleState.PUBLISHED)
        (change,) = article_pages.page(connection, head, Reader()).changes
        assert change.article is not None

    await database.write(unit)
