"""The pages of what changed, as one reader may have them."""

from functools import partial

import msgspec
from samebox_server.core.readers import Reader
from samebox_server.store import article_pages, articles
from samebox_server.store.article_pages import PAGE
from samebox_server.store.database import Database
from samebox_server.store.tables import article
from samebox_shared.model.articles import AppliesTo, Article, ArticlePage, Audience
from samebox_shared.model.devices import System
from samebox_shared.model.ids import ArticleId
from samebox_shared.model.people import Role
from sqlalchemy import Connection, update

EVERYONE = Reader()
IT = Reader(frozenset({Role.IT}))
MAC = Reader(system=System.MACOS)
WINDOWS = (AppliesTo(system=System.WINDOWS),)


def an_article(name: str, **more: object) -> Article:
    return msgspec.structs.replace(
        Article(article_id=ArticleId(name), version=1, title="T", summary=""), **more
    )


def publish(connection: Connection, *published: Article) -> None:
    for each in published:
        articles.publish(connection, each, repr(each), 1.0)


async def publish_in(database: Database, *published: Article) -> None:
    await database.write(lambda connection: publish(connection, *published))


async def read(database: Database, reader: Reader, after: int = 0) -> ArticlePage:
    return await database.read(partial(article_pages.page, after=after, reader=reader))


def names(page: ArticlePage) -> list[str]:
    """Of the articles; with a dash before it when it is withdrawn."""
    return [("" if each.article else "-") + each.article_id for each in page.changes]


async def test_pages_hold_at_most_two_hundred_and_leave_nothing_out(database: Database) -> None:
    await publish_in(database, *(an_article(f"a{number}") for number in range(450)))
    seen: list[str] = []
    after, more = 0, True
    while more:
        page = await read(database, EVERYONE, after)
        assert len(page.changes) <= PAGE
        seen += names(page)
        after, more = page.head, page.more
    assert seen == [f"a{number}" for number in range(450)]
    assert (await read(database, EVERYONE, after)).head == 450
    assert names(await read(database, EVERYONE, after)) == []


async def test_an_article_of_it_is_not_even_named_to_others(database: Database) -> None:
    await publish_in(database, an_article("a"), an_article("secret", audience=Audience.IT))
    await publish_in(database, an_article("secret", audience=Audience.IT, title="Two"))
    assert names(await read(database, IT)) == ["a", "secret"]
    assert names(await read(database, EVERYONE)) == ["a"]
    for after in (1, 2):
        assert names(await read(database, EVERYONE, after)) == []
    assert (await read(database, EVERYONE)).head == 3


async def test_an_article_that_leaves_a_scope_is_withdrawn_and_may_come_back(
    database: Database,
) -> None:
    await publish_in(database, an_article("a"), an_article("b"))
    await publish_in(database, an_article("a", applies_to=WINDOWS))
    await publish_in(database, an_article("b", audience=Audience.IT))
    assert names(await read(database, MAC, 2)) == ["-a", "-b"]
    assert names(await read(database, EVERYONE, 2)) == ["a", "-b"]
    assert names(await read(database, IT, 2)) == ["a", "b"]
    assert names(await read(database, MAC, 1)) == ["-a"], "b was not there yet"
    assert names(await read(database, MAC)) == []
    await publish_in(database, an_article("b", title="For all again"))
    assert names(await read(database, MAC, 4)) == ["b"]


async def test_a_laptop_that_was_away_gets_the_newest_of_thousands_of_changes(
    database: Database,
) -> None:
    first = [an_article(f"a{number}") for number in range(300)]
    await publish_in(database, *first)
    away_since = 300
    for title in ("two", "three", "four"):
        await publish_in(database, *(msgspec.structs.replace(a, title=title) for a in first))
    for_it = (an_article(f"a{n}", audience=Audience.IT) for n in range(0, 300, 3))
    await publish_in(database, *for_it)
    await publish_in(database, *(an_article(f"a{n}", title="back") for n in range(0, 300, 6)))
    one = await read(database, EVERYONE, away_since)
    two = await read(database, EVERYONE, one.head)
    changed = {each.article_id: each.article for each in (*one.changes, *two.changes)}
    assert (len(changed), len(one.changes), one.more, two.more) == (300, 200, True, False)
    titles = [None if each is None else each.title for each in changed.values()]
    assert {title: titles.count(title) for title in titles} == {"four": 200, None: 50, "back": 50}


async def test_invisible_articles_in_between_neither_end_a_page_nor_make_one(
    database: Database,
) -> None:
    hidden = [an_article(f"h{number}", audience=Audience.IT) for number in range(PAGE + 50)]
    await publish_in(database, an_article("first"), *hidden, an_article("last"))
    page = await read(database, EVERYONE)
    assert (names(page), page.head, page.more) == (["first", "last"], PAGE + 52, False)


async def test_what_is_no_longer_published_is_withdrawn(database: Database) -> None:
    await publish_in(database, an_article("a"))

    def withdraw(connection: Connection) -> None:
        connection.execute(update(article).values(state="draft"))
        articles.tell_again(connection, ArticleId("a"))

    await database.write(withdraw)
    assert names(await read(database, EVERYONE, 1)) == ["-a"]
    assert names(await read(database, EVERYONE)) == []
