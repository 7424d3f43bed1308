"""A copy that cannot be read gives way, and never takes anything else with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from samebox_agent.core.events import ArticlesArrived, ArticlesMissed, StoreFailed
from samebox_agent.core.state import Problem, Trouble
from samebox_agent.runtime import article_copy
from samebox_agent.storage.articles import Articles, Origin
from samebox_agent.storage.database import Database, open_database
from samebox_agent.storage.trouble import StorageTrouble
from samebox_shared.model.articles import ArticlePage

from tests.support.builders import a_page, an_article
from tests.support.fakes import Told


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "samebox.db") as database:
        yield database


@pytest.fixture
def articles(database: Database) -> Articles:
    articles = Articles(database)
    articles.apply_page(a_page(an_article()), Origin("scope", "epoch"))
    return articles


def test_what_is_kept_is_told_with_what_it_is_a_copy_of(articles: Articles) -> None:
    page = ArticlePage(changes=articles.changes(), head=7)
    assert article_copy.kept(articles) == ArticlesArrived(page, "scope", "epoch", anew=True)


def test_a_damaged_copy_is_begun_anew(articles: Articles, database: Database) -> None:
    database.execute("UPDATE article SET body = x'5a5a'")
    told = Told()
    article_copy.mend(articles, told)
    nothing = ArticlesArrived(ArticlePage(changes=(), head=0), anew=True)
    assert told.events == [nothing, ArticlesMissed()]


def test_a_file_that_cannot_even_begin_anew_is_said(articles: Articles, database: Database) -> None:
    database.execute("UPDATE article SET body = x'5a5a'")
    database.execute("PRAGMA writable_schema = ON")
    database.execute("UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'setting'")
    database.execute("PRAGMA writable_schema = RESET")
    told = Told()
    article_copy.mend(articles, told)
    assert told.events == [StoreFailed(Trouble(Problem.STORE_BROKEN))]
    with pytest.raises(StorageTrouble):
        article_copy.kept(articles)
