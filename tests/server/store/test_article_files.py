"""Many files in one transaction, and the published articles as files."""

from functools import partial

import msgspec
from samebox_server.core.intake import ArticleFile, Intake, fingerprint, left_out
from samebox_server.store import articles
from samebox_server.store.article_files import PAGE, FileOnServer, Offered, page, take_in
from samebox_server.store.articles import ArticleState
from samebox_server.store.database import Database
from samebox_server.store.tables import article as article_table
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId
from sqlalchemy import Connection, update


def offered(name: str, title: str = "one", version: int = 1) -> Offered:
    article = Article(article_id=ArticleId(name), version=version, title=title, summary="")
    file = ArticleFile(source=f"{name}.md", text=f"{title} {version}")
    return Offered(file=file, article=article)


async def taken(database: Database, *files: Offered, is_dry: bool = False) -> list[Intake]:
    unit = partial(take_in, offered=files, now=1.0, is_dry=is_dry)
    verdicts = await (database.read(unit) if is_dry else database.write(unit))
    assert [verdict.source for verdict in verdicts] == [each.file.source for each in files]
    return [verdict.intake for verdict in verdicts]


async def given(database: Database, after: str = "") -> list[FileOnServer]:
    return await database.read(partial(page, after=after))


async def test_files_keep_their_own_number(database: Database) -> None:
    files = (offered("a", version=4), offered("b"))
    assert await taken(database, *files) == [Intake.NEW, Intake.NEW]
    assert await taken(database, *files) == [Intake.AS_BEFORE, Intake.AS_BEFORE]
    changes = [offered("a", "two", 4), offered("b", "two", 7), offered("b", "three", 2)]
    assert await taken(database, *changes) == [Intake.CHANGED, Intake.CHANGED, Intake.LEFT_OUT]
    found = [each.article for each in await given(database)]
    assert [(each.title, each.version) for each in found if each] == [("two", 5), ("two", 7)]


async def test_a_look_changes_nothing(database: Database) -> None:
    assert await taken(database, offered("a"), is_dry=True) == [Intake.NEW]
    assert await database.read(articles.is_empty)


async def test_what_is_in_doubt_is_not_published_and_may_be_there(database: Database) -> None:
    await taken(database, offered("a"))
    doubt = left_out("x.md", 1, "Write it.")
    files = [msgspec.structs.replace(offered(name), doubt=doubt) for name in ("a", "b")]
    unit = partial(take_in, offered=files, now=1.0, is_dry=False)
    known, new = await database.write(unit)
    assert (known.intake, new) == (Intake.AS_BEFORE, doubt)
    assert [each.article_id for each in await given(database)] == ["a"]


async def test_a_hidden_article_comes_back_with_new_words_and_not_with_its_old_ones(
    database: Database,
) -> None:
    await taken(database, offered("a"))
    hide = partial(articles.set_state, article_id=ArticleId("a"), state=ArticleState.HIDDEN)
    await database.write(hide)
    assert await taken(database, offered("a")) == [Intake.AS_BEFORE]
    assert [each.article for each in await given(database)] == [None]
    assert await taken(database, offered("a", "two", 2)) == [Intake.CHANGED]
    assert [each.article and each.article.version for each in await given(database)] == [2]


async def test_what_is_gone_comes_out_without_an_article(database: Database) -> None:
    await taken(database, offered("a"))
    await taken(database, offered("a", "two", 2))

    def withdraw(connection: Connection) -> None:
        connection.execute(update(article_table).values(state=ArticleState.HIDDEN))

    await database.write(withdraw)
    (gone,) = await given(database)
    assert gone.article is None
    versions = (offered("a").article, offered("a", "two").article)
    assert sorted(gone.fingerprints) == sorted(fingerprint(each) for each in versions)


async def test_pages_leave_nothing_out(database: Database) -> None:
    names = [f"a{number:03}" for number in range(PAGE + 2)]
    await taken(database, *(offered(name) for name in names))
    seen: list[str] = []
    while found := await given(database, seen[-1] if seen else ""):
        assert len(found) <= PAGE
        seen += [each.article_id for each in found]
    assert seen == names
