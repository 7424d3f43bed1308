"""Fetching articles from a server that signs, from one that does not, and from a liar."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from nacl.signing import SigningKey
from samebox_agent import __version__
from samebox_agent.core import commands as c
from samebox_agent.core.events import ArticlesArrived, ArticlesMissed, StoreFailed
from samebox_agent.core.state import Problem, Trouble
from samebox_agent.net.http import Http
from samebox_agent.runtime.article_sync import ArticleSync
from samebox_agent.runtime.memory import Memory, open_memory
from samebox_agent.storage import settings
from samebox_agent.storage.paths import choose_paths
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol import bundles
from samebox_shared.protocol.bundles import Asked, BundleHead
from samebox_shared.protocol.http import About, ServerKey

from tests.support.fakes import Later, Told

SECRET = SigningKey(bytes(32))
KEY = SECRET.verify_key.encode().hex()
EPOCH = "e1"
UNSIGNED = ArticlesMissed(is_refused=True)
Answer = Callable[[Asked], bytes]


def a_page(*names: str, head: int, more: bool = False, gone: tuple[str, ...] = ()) -> ArticlePage:
    articles = [Article(article_id=ArticleId(n), version=1, title=n, summary="") for n in names]
    changes = [
        ArticleChange(change=head, article_id=each.article_id, article=each) for each in articles
    ]
    changes += [ArticleChange(change=head, article_id=ArticleId(n), article=None) for n in gone]
    return ArticlePage(changes=tuple(changes), head=head, more=more)


def bundle(
    page: object, start: int, *, scope: str = "s1", epoch: str = EPOCH, secret: SigningKey = SECRET
) -> Answer:
    """Answers whatever is asked with this page, genuinely signed unless with another key."""

    def answer(asked: Asked) -> bytes:
        head = BundleHead(asked=asked, start=start, scope=scope, epoch=epoch, key_id="k")
        told = bundles.body(head, msgspec.json.encode(page))
        return bundles.sealed(secret.sign(bundles.signed(told)).signature, told)

    return answer


class Server(ThreadingHTTPServer):
    """Gives one answer after the other, and remembers what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = []
        self.asked: list[Asked] = []
        self.key: ServerKey | None = ServerKey(key_id="k", public=KEY)
        self.abouts = 0

    def about(self) -> bytes:
        self.abouts += 1
        about = About(
            product="samebox",
            version="1",
            oldest_protocol=1,
            protocol=1,
            organisation="Example",
            server_time=1.0,
            server_key=self.key,
        )
        return msgspec.json.encode(about)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        body = self.server.about() if path.path == "/api/about" else self._articles(path.query)
        self.send_response(200 if body else 503)
        self.end_headers()
        self.wfile.write(body)

    def _articles(self, query: str) -> bytes:
        words = {name: values[0] for name, values in parse_qs(query).items()}
        asked = msgspec.convert(words, type=Asked, strict=False)
        self.server.asked.append(asked)
        return self.server.answers.pop(0)(asked) if self.server.answers else b""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def running(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


class Laptop:
    """A real memory that knows the server's key, and what the core was told."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.told = Told()
        self.memory: Memory = open_memory(choose_paths(folder), Later(), self.told)
        self.memory.carry_out(c.ForgetFeed(EPOCH))
        self.memory.carry_out(c.KeepSetting(c.Remembered.SERVER_KEY, KEY))
        self.server = server

    async def sync(self, *answers: Answer) -> None:
        self.server.answers = list(answers)
        http = Http(f"http://127.0.0.1:{self.server.server_port}")
        await ArticleSync(self.memory, self.told).run(http, "token")

    def names(self) -> list[str]:
        return [each.article_id for each in self.memory.store.articles.all()]


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with running(Server()) as server:
        laptop = Laptop(tmp_path, server)
        yield laptop
        laptop.memory.close()


@pytest.fixture
async def full(laptop: Laptop) -> Laptop:
    await laptop.sync(bundle(a_page("a", "b", "c", head=5), 0))
    laptop.told.only(ArticlesArrived)
    return laptop


async def test_pages_are_applied_as_they_come_and_told_at_once(laptop: Laptop) -> None:
    await laptop.sync(bundle(a_page("a", head=2, more=True), 0), bundle(a_page("b", head=5), 2))
    arrived = laptop.told.only(ArticlesArrived)
    assert [each.article_id for each in arrived.page.changes] == ["a", "b"]
    assert (arrived.page.head, arrived.anew) == (5, False)
    assert (arrived.scope, arrived.epoch) == ("s1", EPOCH)
    assert laptop.server.asked == [Asked(), Asked(after=2, scope="s1", epoch=EPOCH)]
    assert laptop.memory.store.articles.position() == Asked(after=5, scope="s1", epoch=EPOCH)


async def test_what_came_before_a_failure_is_kept_and_the_rest_asked_for(laptop: Laptop) -> None:
    await laptop.sync(bundle(a_page("a", head=2, more=True), 0))
    assert [type(each) for each in laptop.told.events] == [ArticlesArrived, ArticlesMissed]
    await laptop.sync(bundle(a_page("b", head=5), 2))
    assert laptop.names() == ["a", "b"]


@pytest.mark.parametrize(
    "answer",
    [
        bundle(a_page("x", head=9), 5, secret=SigningKey(b"1" * 32)),
        lambda asked: bundle(a_page("x", head=9), 5)(asked)[:-20],
        lambda asked: msgspec.json.encode(a_page("x", head=9)),
        lambda _: bundle(a_page("x", head=9), 0)(Asked()),
        lambda _: b" ",
    ],
    ids=["another key", "cut in half", "not signed", "replayed", "nothing"],
)
async def test_what_the_server_did_not_sign_for_us_changes_nothing(
    full: Laptop, answer: Answer
) -> None:
    await full.sync(answer)
    assert full.told.only(ArticlesMissed) == UNSIGNED
    assert full.names() == ["a", "b", "c"]
    assert full.memory.store.articles.position().after == 5


async def test_another_scope_replaces_the_copy_only_when_all_of_it_is_here(full: Laptop) -> None:
    first = bundle(a_page("a", head=3, more=True), 0, scope="s2")
    await full.sync(first)
    assert full.told.only(ArticlesMissed) == ArticlesMissed()
    assert full.names() == ["a", "b", "c"]
    await full.sync(first, bundle(a_page("d", head=6), 3, scope="s2"))
    arrived = full.told.only(ArticlesArrived)
    assert arrived.anew
    assert [each.article_id for each in arrived.page.changes] == ["a", "d"]
    assert full.names() == ["a", "d"]
    assert full.memory.store.articles.position() == Asked(after=6, scope="s2", epoch=EPOCH)
    assert [hit.article.article_id for hit in full.memory.store.articles.search("b ")] == []


async def test_a_copy_that_becomes_void_on_the_way_begins_once_more(full: Laptop) -> None:
    await full.sync(
        bundle(a_page("a", head=3, more=True), 0, scope="s2"),
        bundle(a_page("e", head=2, more=True), 0, scope="s3"),
        bundle(a_page("f", head=4), 2, scope="s3"),
    )
    assert full.names() == ["e", "f"]


async def test_a_page_of_an_epoch_that_the_greeting_did_not_name_waits(full: Laptop) -> None:
    restored = bundle(a_page("z", head=1), 0, epoch="e2")
    await full.sync(restored)
    assert full.told.only(ArticlesMissed) == ArticlesMissed()
    assert full.names() == ["a", "b", "c"]
    full.memory.carry_out(c.ForgetFeed("e2"))
    await full.sync(restored)
    assert full.names() == ["z"]


async def test_a_laptop_of_before_takes_the_key_once_and_never_another(laptop: Laptop) -> None:
    laptop.memory.carry_out(c.KeepSetting(c.Remembered.SERVER_KEY, ""))
    await laptop.sync(bundle(a_page("a", head=2), 0))
    assert laptop.memory.store.settings.get(settings.SERVER_KEY) == KEY
    other = SigningKey(b"1" * 32)
    laptop.server.key = ServerKey(key_id="o", public=other.verify_key.encode().hex())
    laptop.told.only(ArticlesArrived)
    await laptop.sync(bundle(a_page("b", head=3), 2, secret=other))
    assert laptop.told.only(ArticlesMissed) == UNSIGNED
    assert (laptop.names(), laptop.server.abouts) == (["a"], 1)


async def test_a_server_without_a_key_gives_no_articles(laptop: Laptop) -> None:
    laptop.memory.carry_out(c.KeepSetting(c.Remembered.SERVER_KEY, ""))
    laptop.server.key = None
    await laptop.sync(bundle(a_page("a", head=2), 0))
    assert laptop.told.only(ArticlesMissed) == UNSIGNED
    assert laptop.server.asked == []


async def test_what_only_a_newer_version_understands_is_fetched_when_it_is_there(
    full: Laptop,
) -> None:
    odd = {"changes": [{"change": 6, "article_id": "b", "article": {"odd": 1}}], "head": 6}
    await full.sync(bundle(odd, 5))
    store = full.memory.store
    assert full.names() == ["a", "c"]
    assert store.articles.position().scope == "s1"
    assert store.settings.get(settings.ARTICLES_LEFT_OUT) == __version__
    store.settings.put(settings.ARTICLES_LEFT_OUT, "0.0.1")
    assert store.articles.position() == Asked(after=6, scope="", epoch=EPOCH)
    await full.sync(bundle(a_page("a", "b", "c", head=6), 0))
    assert full.names() == ["a", "b", "c"]
    assert store.settings.get(settings.ARTICLES_LEFT_OUT) == ""


async def test_a_damaged_copy_is_fetched_anew(full: Laptop) -> None:
    full.memory.store.database.execute("UPDATE article SET body = x'ff' WHERE article_id = 'b'")
    await full.sync(bundle(a_page("d", head=6, gone=("b",)), 5))
    gone, missed = full.told.events
    assert isinstance(gone, ArticlesArrived)
    assert (gone.anew, gone.page.changes, gone.page.head) == (True, (), 0)
    assert missed == ArticlesMissed()
    assert full.memory.store.articles.position() == Asked()


async def test_a_full_disk_is_said_and_articles_are_asked_for_later(full: Laptop) -> None:
    (pages,) = full.memory.store.database.row("PRAGMA page_count") or (0,)
    full.memory.store.database.rows(f"PRAGMA max_page_count = {pages}")
    await full.sync(bundle(a_page(*(f"{n}{'long ' * 200}" for n in range(200)), head=9), 5))
    failed, missed = full.told.events
    assert failed == StoreFailed(Trouble(Problem.DISK_FULL))
    assert missed == ArticlesMissed()
    assert full.names() == ["a", "b", "c"]
