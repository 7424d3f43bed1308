"""Tasks: a No with a reason stays until somebody has seen to it."""

from samebox_server.store import article_tasks, articles, people
from samebox_server.store.article_tasks import MOST_OPEN, TaskKind
from samebox_server.store.articles import Credit
from samebox_server.store.database import Database
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId
from sqlalchemy import Connection

DISK, WIFI = ArticleId("disk"), ArticleId("wifi")


def publish(connection: Connection, article_id: ArticleId, credit: Credit) -> None:
    article = Article(article_id=article_id, version=1, title="", summary="")
    articles.publish(connection, article, "source", 1.0, credit)


async def test_a_task_is_listed_taken_and_done(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada, mo = (people.add(connection, name, (), 1.0) for name in ("Ada", "Mo"))
        publish(connection, DISK, Credit(author=ada))
        publish(connection, WIFI, Credit())
        assert article_tasks.add(connection, DISK, 1, TaskKind.NOT_HELPED, "No bin", 2.0)
        assert article_tasks.add(connection, WIFI, 1, TaskKind.WORSE, "", 3.0)
        first, second = article_tasks.every_open(connection)
        assert (first.article_id, first.owner, first.words) == (DISK, ada, "No bin")
        assert (second.kind, second.owner, second.taken_by) == (TaskKind.WORSE, None, None)
        article_tasks.take(connection, second.task_id, mo)
        taken = article_tasks.load(connection, second.task_id)
        assert taken is not None
        assert taken.taken_by == mo
        article_tasks.close(connection, first.task_id, mo, 4.0)
        assert article_tasks.load(connection, first.task_id) is None
        article_tasks.close_all(connection, WIFI, mo, 5.0)
        assert article_tasks.every_open(connection) == []

    await database.write(unit)


async def test_a_version_has_so_many_open_tasks_at_most(database: Database) -> None:
    def unit(connection: Connection) -> None:
        publish(connection, DISK, Credit())
        added = [
            article_tasks.add(connection, DISK, 1, TaskKind.NOT_HELPED, "No", float(at))
            for at in range(MOST_OPEN + 1)
        ]
        assert added == [True] * MOST_OPEN + [False]
        assert article_tasks.add(connection, DISK, 2, TaskKind.NOT_HELPED, "No", 99.0)
        assert len(article_tasks.every_open(connection, DISK)) == MOST_OPEN + 1

    await database.write(unit)
