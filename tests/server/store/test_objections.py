"""Who objected is told apart, and not kept."""

from samebox_server.store import articles, objections, people, tables
from samebox_server.store.database import Database
from samebox_shared.model.articles import Article, Tried
from samebox_shared.model.ids import ArticleId, PersonId
from sqlalchemy import Connection, select

DISK, WIFI = ArticleId("disk"), ArticleId("wifi")


def publish(connection: Connection, article_id: ArticleId, title: str) -> None:
    article = Article(article_id=article_id, version=1, title=title, summary="")
    articles.publish(connection, article, title, 1.0)


def worse(connection: Connection, article_id: ArticleId, person_id: PersonId) -> int:
    return objections.add(connection, article_id, 1, Tried.WORSE, person_id)


def marks(connection: Connection) -> list[str]:
    return list(connection.execute(select(tables.article_objection.c.mark)).scalars())


async def test_one_person_is_one_however_often(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada, ben = (people.add(connection, name, (), 1.0) for name in ("Ada", "Ben"))
        for article_id in (DISK, WIFI):
            publish(connection, article_id, "one")
        assert [worse(connection, DISK, ada) for _ in range(3)] == [1, 2, 3]
        assert objections.people(connection, DISK, 1, Tried.WORSE) == 1
        assert worse(connection, DISK, ben) == 1
        assert objections.people(connection, DISK, 1, Tried.WORSE) == 2
        assert objections.people(connection, DISK, 1, Tried.NOT_HELPED) == 0
        assert worse(connection, WIFI, ada) == 1
        assert len(set(marks(connection))) == 3
        assert not any(ada in mark or ben in mark for mark in marks(connection))

    await database.write(unit)


async def test_marks_go_with_their_version(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada = people.add(connection, "Ada", (), 1.0)
        for article_id in (DISK, WIFI):
            publish(connection, article_id, "one")
            worse(connection, article_id, ada)
        publish(connection, DISK, "two")
        assert len(marks(connection)) == 1
        objections.forget(connection, WIFI)
        assert marks(connection) == []

    await database.write(unit)
