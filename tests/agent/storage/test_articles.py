"""Articles by difference, and the search over them."""

from pathlib import Path

import pytest
from samebox_agent.storage import trouble
from samebox_agent.storage.articles import Articles, Origin
from samebox_agent.storage.database import Database, open_database
from samebox_agent.storage.settings import SERVER_ADDRESS, Settings
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage, Proven, Record, Step
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol.bundles import Asked


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


def flip(file: Path, words: bytes, without: bytes) -> int:
    """Flip bytes in the pages of the file that hold these words; how many pages there were."""
    content = bytearray(file.read_bytes())
    pages = {at: bytes(content[at : at + 4096]) for at in range(4096, len(content), 4096)}
    hit = [at for at, page in pages.items() if words in page and without not in page]
    for at in hit:
        for place in range(at, at + 4096, 7):
            content[place] ^= 0x5A
    file.write_bytes(content)
    return len(hit)


def library(size: int = 300) -> ArticlePage:
    return page(*(article(f"n{n}", f"Title{n}", step=f"step{n} zebra") for n in range(size)))


@pytest.fixture
def large(file: Path) -> Path:
    """A closed file with many articles and something of the person's own."""
    with open_database(file) as database:
        Articles(database).apply_page(library(), Origin("s", "e"))
        Settings(database).put(SERVER_ADDRESS, "https://help.example.com")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def test_flipped_bytes_in_the_index_are_mended_from_the_articles(large: Path) -> None:
    assert flip(large, b"zebra", b'"title"') > 0
    with open_database(large) as database:
        articles = Articles(database)
        assert len(articles.all()) == 300, "the articles themselves were not hit"
        assert len(articles.search("zebra ", 500)) == 300
        articles.apply_page(page(article("new", "Quagga"), head=9), Origin("s", "e"))
        assert found(articles, "quagga ") == ["new"]


def test_flipped_bytes_in_the_articles_are_fetched_anew_and_nothing_else_is_lost(
    large: Path,
) -> None:
    assert flip(large, b'"title":"Title1', b"CREATE") > 3
    with open_database(large) as database:
        articles = Articles(database)
        with pytest.raises(trouble.StorageTrouble) as caught:
            articles.changes()
        assert caught.value.kind is trouble.TroubleKind.CORRUPT
        with pytest.raises(trouble.StorageTrouble):
            articles.apply_page(page(*(article(f"n{n}", "Other") for n in range(300))))
        articles.forget()
        assert articles.position() == Asked()
        articles.apply_page(library(), Origin("s", "e"))
        assert len(articles.search("zebra ", 500)) == 300
        assert Settings(database).get(SERVER_ADDRESS) == "https://help.example.com"


def test_another_copy_takes_the_place_of_this_one(articles: Articles) -> None:
    changed = article("wifi", "Wireless drops")
    articles.replace([page(CAFE, changed, head=2), page(DISK, head=3)], Origin("s2", "e2"))
    assert articles.all() == (CAFE, DISK, changed)
    assert articles.position() == Asked(after=3, scope="s2", epoch="e2")
    assert found(articles, "printer ") == []
    assert found(articles, "wireless ") == ["wifi"]


def test_a_copy_that_does_not_fit_on_the_disk_leaves_the_old_one(
    articles: Articles, database: Database
) -> None:
    (pages,) = database.row("PRAGMA page_count") or (0,)
    database.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(trouble.StorageTrouble):
        articles.replace([page(article("big", "Big", step="word " * 100_000))], Origin("s2", "e2"))
    assert (articles.position(), articles.all()) == (Asked(after=4), ALL)


def test_what_came_of_an_article_changes_without_the_article(articles: Articles) -> None:
    record = Record(device_type=DeviceType(system=System.LINUX), verified=3)
    proven = (Proven(system=System.LINUX, system_version="13"),)
    again = ArticleChange(
        change=5, article_id=DISK.article_id, article=DISK, records=(record,), proven=proven
    )
    articles.apply_page(ArticlePage(changes=(again,), head=5))
    (kept,) = (each for each in articles.changes() if each.article_id == DISK.article_id)
    assert (kept.records, kept.proven) == ((record,), proven)
    assert found(articles, "bin ") == ["disk"]


def test_a_damaged_article_is_said_in_words(articles: Articles, database: Database) -> None:
    database.execute("UPDATE article SET body = ? WHERE article_id = 'disk'", (b"{}",))
    with pytest.raises(trouble.StorageTrouble):
        articles.get(DISK.article_id)
