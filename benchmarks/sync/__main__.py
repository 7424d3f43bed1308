"""Articles on their way to laptops: all of them, a difference, and one to everybody connected."""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from samebox_agent.net.bundles import Opened, open_bundle
from samebox_agent.storage.articles import Origin
from samebox_agent.storage.store import open_store
from samebox_server.core.articles import render
from samebox_server.store import articles
from samebox_server.store.database import open_database
from samebox_shared.model.articles import Article
from samebox_shared.model.devices import DeviceType
from samebox_shared.protocol.bundles import Asked
from samebox_shared.protocol.http import About
from sqlalchemy import Connection

from benchmarks.company.articles import publish as publish_article
from benchmarks.company.member import Member, invited, join
from benchmarks.company.office import Office, office
from benchmarks.laptop.screen import offscreen
from benchmarks.measures.figures import Figure, Goal, figure, publish, single
from benchmarks.measures.machine import only_on_linux
from benchmarks.measures.processes import pss
from benchmarks.suggestions import library
from benchmarks.sync.clients import Light, Listening, bundle_of
from benchmarks.sync.watching import ask, largest, peak, wait_for
from tasks.stage.laptop import Laptop
from tasks.stage.server import Server

SIZE = 10_000
CHANGED = 100
CLIENTS = 50
ROUNDS = 10
GOAL = Goal("p99", 60.0)


def main() -> int:
    """A server with the whole library, a real laptop, and light ones beside it."""
    only_on_linux("Memory")
    with office() as place:
        _fill(place.server)
        about = msgspec.json.decode(place.server.request("GET", "/api/about"), type=About)
        if about.server_key is None:
            raise ConnectionError("the server has no key")
        rows = asyncio.run(_measure(place, about.server_key.public))
    return publish("sync", rows, ["the laptop is the installed program without a screen"])


def _fill(server: Server) -> None:
    """Published while the server is away: ten thousand files would be read one by one."""
    server.stop()
    asyncio.run(_publish_all(server.data))
    server.start()


async def _publish_all(data: Path) -> None:
    def store(connection: Connection) -> None:
        for each in library(SIZE):
            articles.publish(connection, each, render(each), 1.0)

    async with open_database(data) as database:
        await database.write(store)


async def _measure(place: Office, key: str) -> list[Figure]:
    owner = join(place.server, place.owner_invite, DeviceType())
    light = Light(owner, key)
    began = time.perf_counter()
    pages = light.fetch(place.server)
    seconds = time.perf_counter() - began
    rows = [
        single(f"{SIZE:,} articles: asked for and checked, {len(pages)} pages", "s", seconds),
        single(f"{SIZE:,} articles: on the way", "MiB", light.bytes_got / 2**20),
        single(f"{SIZE:,} articles: unpacked", "MiB", light.bytes_unpacked / 2**20),
    ]
    laptop = Laptop("ada", place.folder / "ada", None, offscreen().environment)
    laptop.start()
    try:
        rows += await asyncio.to_thread(_first_sync, laptop, place, owner)
        rows += await _difference(place, light, pages)
        rows += await _to_everybody(place, owner, key, laptop)
    finally:
        laptop.quit()
    return rows


def _first_sync(laptop: Laptop, place: Office, owner: Member) -> list[Figure]:
    """From the click on Join to the last article in the laptop's index; then once more, because
    the device type has been told and only what fits is kept."""
    invite = invited(place.server, owner, "Ada")
    laptop.cue("windows")  # the program is there
    resting = pss(laptop.pid)
    with peak(laptop.pid) as first:
        began = time.perf_counter()
        laptop.joins(invite)
        wait_for(laptop, "SELECT head FROM article_head", lambda head: head >= SIZE)
        seconds = time.perf_counter() - began
    with peak(laptop.pid) as second:
        began = time.perf_counter()
        before = ask(laptop, "SELECT count(*) FROM article")
        laptop.agrees()
        wait_for(laptop, "SELECT count(*) FROM article", lambda now: now < before)
        again = time.perf_counter() - began
    return [
        single("laptop: from Join to all of it in its index", "s", seconds),
        single("laptop: memory (PSS) before it joined", "MiB", resting),
        single("laptop: most memory (PSS) meanwhile", "MiB", max(first)),
        single("laptop: from Agree to a copy of its own system only", "s", again),
        single("laptop: most memory (PSS) meanwhile, again", "MiB", max(second)),
        single("laptop: largest resident set since its start", "MiB", largest(laptop.pid)),
    ]


async def _difference(place: Office, light: Light, pages: Sequence[Opened]) -> list[Figure]:
    """The parts of it: asked for, checked, and applied to a store that has all the others."""
    for number, each in enumerate(library(CHANGED)):
        await publish_article(place.server, f"{number}", render(_again(each)))
    copy, got = light.copy, light.bytes_got
    bundle = bundle_of(place.server, light.member.token, copy)
    asked = _times(lambda: bundle_of(place.server, light.member.token, copy))
    checked = _times(lambda: open_bundle(bundle, light.key, copy))
    (page,) = [each.page for each in light.fetch(place.server)]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store.db")
        for opened in pages:
            store.articles.apply_page(opened.page, Origin())
        began = time.perf_counter()
        store.articles.apply_page(page, Origin())
        applied = (time.perf_counter() - began) * 1000
        store.close()
    return [
        figure(f"{len(page.changes)} changes: answered by the server", "ms", asked),
        figure(f"{len(page.changes)} changes: signature, unpacked, decoded", "ms", checked),
        single(f"{len(page.changes)} changes: into the index of {SIZE:,}", "ms", applied),
        single(f"{len(page.changes)} changes: on the way", "KiB", (light.bytes_got - got) / 1024),
    ]


async def _to_everybody(place: Office, owner: Member, key: str, laptop: Laptop) -> list[Figure]:
    """From the moment that the server has it to each laptop that has checked it."""
    loop = asyncio.get_running_loop()
    lights: list[Light] = []
    for number in range(CLIENTS):
        invite = invited(place.server, owner, f"Client {number}")
        member = Listening(join(place.server, invite, DeviceType()).token)
        await member.connect(place.server.url)
        lights.append(Light(member, key, lights[0].copy if lights else Asked()))
        if number == 0:  # the others have the same scope, and are spared the way to its end
            lights[0].fetch(place.server)
    delays: list[float] = []
    real: list[float] = []
    for number, each in enumerate(library(ROUNDS)):
        told = [loop.create_future() for _ in lights]
        for light, future in zip(lights, told, strict=True):
            _when_told(light, place.server, future)
        seen = asyncio.create_task(asyncio.to_thread(_await_title, laptop, number))
        began = time.perf_counter()
        await publish_article(place.server, f"round {number}", render(_titled(each, number)))
        delays += [moment - began for moment in await asyncio.gather(*told)]
        real.append(await seen - began)
    for light in lights:
        await light.member.close()
    worst = max(*delays, *real)
    return [
        figure(f"published to checked by each of {CLIENTS} clients", "s", delays, GOAL),
        figure("published to the index of a real laptop", "s", real, GOAL),
        single("worst of all", "s", worst, GOAL.bound),
        single("median of all", "s", statistics.median([*delays, *real])),
    ]


def _when_told(light: Light, server: Server, future: "asyncio.Future[float]") -> None:
    async def fetch() -> None:
        await asyncio.to_thread(light.fetch, server)
        if not future.done():
            future.set_result(time.perf_counter())

    tasks: list[asyncio.Task[None]] = []
    if isinstance(light.member, Listening):
        light.member.on_news = lambda: tasks.append(asyncio.create_task(fetch()))


def _again(article: Article) -> Article:
    return msgspec.structs.replace(article, title=f"Changed: {article.title}"[:120])


def _titled(article: Article, number: int) -> Article:
    return msgspec.structs.replace(article, title=f"Round {number}", applies_to=())


def _await_title(laptop: Laptop, number: int) -> float:
    sql = f"SELECT count(*) FROM article WHERE CAST(body AS TEXT) LIKE '%Round {number}\"%'"
    wait_for(laptop, sql, lambda found: found > 0)
    return time.perf_counter()


def _times(work: Callable[[], object], rounds: int = 10) -> list[float]:
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found


if __name__ == "__main__":
    sys.exit(main())
