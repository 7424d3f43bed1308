"""Articles by difference, and the search over them."""

import pytest
from samebox_agent.storage import trouble
from samebox_agent.storage.articles import Articles
from samebox_agent.storage.database import Database
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage, Step
from samebox_shared.model.ids import ArticleId


def article(name: str, title: str, *, symptoms: tuple[str, ...] = (), step: str = "") -> Article:
    return Article(
        article_id=ArticleId(name),
        version=1,
        title=title,
        summary="",
        symptoms=symptoms,
        steps=(Step(text=step),) if step else (),
    )


WIFI = article("wifi", "Wi-Fi drops", symptoms=("the network goes away",), step="Restart it")
DISK = article("disk", "The disk is nearly full", step="Empty the bin, then restart")
PRINT = article("print", "The printer prints nothing", symptoms=("printing hangs",))
CAFE = article("cafe", "Ärger im Café", step="Das Netzwerk prüfen")
ALL = (CAFE, DISK, PRINT, WIFI)


def page(*changed: Article, head: int = 1, gone: tuple[str, ...] = ()) -> ArticlePage:
    changes = [(found.article_id, found) for found in changed]
    changes += [(ArticleId(name), None) for name in gone]  # type: ignore[misc]
    return ArticlePage(
        changes=tuple(
            ArticleChange(change=number, article_id=name, article=found)
            for number, (name, found) in enumerate(changes)
        ),
        head=head,
    )


@pytest.fixture
def articles(database: Database) -> Articles:
    kept = Articles(database)
    kept.apply_page(page(*ALL, head=4))
    return kept


def found(articles: Articles, text: str) -> list[str]:
    return [hit.article.article_id for hit in articles.search(text)]


def test_a_page_is_stored_with_its_head(articles: Articles) -> None:
    assert articles.head() == 4
    assert articles.all() == ALL
    assert articles.get(DISK.article_id) == DISK
    assert articles.get(ArticleId("nothing")) is None


def test_a_difference_replaces_and_withdraws(articles: Articles) -> None:
    changed = article("wifi", "Wireless drops")
    assert articles.apply_page(page(changed, head=6, gone=("disk", "never-had"))) == 3
    assert articles.head() == 6
    assert articles.all() == (CAFE, PRINT, changed)
    assert found(articles, "bin ") == found(articles, "network ") == []
    assert found(articles, "wireless ") == ["wifi"]


def test_another_server_starts_from_nothing(articles: Articles) -> None:
    articles.forget()
    assert (articles.head(), articles.all(), found(articles, "printer")) == (0, (), [])


def test_a_page_that_does_not_fit_on_the_disk_changes_nothing(
    articles: Articles, database: Database
) -> None:
    (pages,) = database.row("PRAGMA page_count") or (0,)
    database.rows(f"PRAGMA max_page_count = {pages}")
    big = article("big", "Big", step="word " * 100_000)
    with pytest.raises(trouble.StorageTrouble) as caught:
        articles.apply_page(page(article("disk", "Changed"), big, head=9))
    assert caught.value.kind is trouble.TroubleKind.FULL
    assert (articles.head(), articles.all()) == (4, ALL)
    assert found(articles, "bin") == ["disk"]


def test_any_word_may_match_and_more_different_words_are_better(articles: Articles) -> None:
    assert found(articles, "the printer has no network, restart ") == ["wifi", "print", "disk"]
    hit = articles.search("restart network printer ")[0]
    assert (hit.article, hit.words) == (WIFI, ("restart", "network"))


def test_scores_fall(articles: Articles) -> None:
    scores = [hit.score for hit in articles.search("restart printer wifi disk ")]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


@pytest.mark.parametrize("text", ["pr", "pri", "prin", "print", "printi", "printin", "printing"])
def test_a_word_still_being_typed_is_a_beginning(articles: Articles, text: str) -> None:
    assert found(articles, "my " + text)[0] == "print"


def test_a_finished_word_is_no_beginning(articles: Articles) -> None:
    assert found(articles, "pri ") == []


@pytest.mark.parametrize("text", ["wifi", "wi-fi", "WI FI", "Wi-Fi's"])
def test_hyphens_do_not_matter(articles: Articles, text: str) -> None:
    assert found(articles, text) == ["wifi"]


@pytest.mark.parametrize("text", ["arger cafe", "ÄRGER", "netzwerk"])
def test_accents_do_not_matter(articles: Articles, text: str) -> None:
    assert found(articles, text) == ["cafe"]


HOSTILE = (
    *("", '"', "'", 'disk"', "title:", "NEAR(", "AND OR NOT", "*", "^", "-", "(", "\0", "{}"),
    *("disk AND", '" OR 1=1 --', "\N{GRINNING FACE}", "a" * 5000),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_an_error(articles: Articles, text: str) -> None:
    articles.search(text)


def test_common_words_give_way_to_rarer_ones(articles: Articles) -> None:
    many = [article(f"many-{n}", "Update the driver and the dock") for n in range(2001)]
    rare = [article(f"rare-{n}", "Update the camera") for n in range(3)]
    articles.apply_page(page(*many, *rare, head=9))
    assert found(articles, "update camera ") == ["rare-0", "rare-1", "rare-2"]
    (hit, *_) = articles.search("update dock driver nowhere ", limit=3)
    assert hit.words == ("dock", "driver")


def test_the_limit_keeps_the_best(articles: Articles) -> None:
    assert len(articles.search("printer disk wifi ", limit=2)) == 2
    (best,) = articles.search("restart network printer ", limit=1)
    assert best.article == WIFI


def test_a_damaged_index_is_made_again(articles: Articles, database: Database) -> None:
    database.execute("UPDATE article_words_data SET block = x'ffffffffffff' WHERE id > 10")
    assert found(articles, "printer") == ["print"]
    database.execute("UPDATE article_words_data SET block = x'ffffffffffff' WHERE id > 10")
    articles.apply_page(page(gone=("print",), head=5))
    assert found(articles, "printer") == []
    assert found(articles, "disk") == ["disk"]


def test_a_damaged_article_is_said_in_words(articles: Articles, database: Database) -> None:
    database.execute("UPDATE article SET body = ? WHERE article_id = 'disk'", (b"{}",))
    with pytest.raises(trouble.StorageTrouble):
        articles.get(DISK.article_id)
