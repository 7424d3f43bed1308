"""What came of articles is counted by version and device type, and travels with the article."""

from functools import partial

from samebox_server.core.readers import Reader
from samebox_server.store import article_pages, articles, outcomes
from samebox_server.store.database import Database
from samebox_shared.model.articles import Article, Record, Tried
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId
from sqlalchemy import Connection

DISK = ArticleId("disk")
T14 = DeviceType(system=System.WINDOWS, vendor="Lenovo", model="ThinkPad T14")
MAC = DeviceType(system=System.MACOS, vendor="Apple")


def published(connection: Connection, title: str = "one") -> None:
    article = Article(article_id=DISK, version=1, title=title, summary="")
    articles.publish(connection, article, title, 1.0)


async def add(database: Database, device_type: DeviceType, *tried: Tried, version: int = 1) -> int:
    amount = 0
    for each in tried:
        unit = partial(
            outcomes.add, article_id=DISK, version=version, device_type=device_type, tried=each
        )
        amount = await database.write(unit)
    return amount


async def told(database: Database) -> tuple[Record, ...]:
    page = await database.read(lambda connection: article_pages.page(connection, 0, Reader()))
    return page.changes[0].records


async def test_counts_are_kept_by_device_type_and_the_largest_comes_first(
    database: Database,
) -> None:
    await database.write(published)
    assert await told(database) == ()
    assert await add(database, MAC, Tried.SAID_SO) == 1
    tried = (Tried.VERIFIED, Tried.VERIFIED, Tried.NOT_HELPED)
    assert await add(database, T14, *tried) == 4
    assert await told(database) == (
        Record(device_type=T14, verified=2, not_helped=1),
        Record(device_type=MAC, said_so=1),
    )


async def test_a_new_version_begins_with_nothing(database: Database) -> None:
    await database.write(published)
    await add(database, T14, Tried.VERIFIED)
    await database.write(partial(published, title="two"))
    assert await told(database) == ()
    assert await add(database, T14, Tried.NOT_HELPED, version=2) == 1
    assert await told(database) == (Record(device_type=T14, not_helped=1),)


async def test_telling_again_is_a_change(database: Database) -> None:
    await database.write(published)
    assert await database.write(partial(articles.tell_again, article_id=DISK)) == 2
    page = await database.read(lambda connection: article_pages.page(connection, 1, Reader()))
    assert [change.article_id for change in page.changes] == [DISK]
    assert await database.write(partial(articles.published_version, article_id=DISK)) == 1
    nothing = partial(articles.published_version, article_id=ArticleId("none"))
    assert await database.write(nothing) is None
