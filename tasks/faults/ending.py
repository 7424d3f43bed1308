"""When it is over: comes to rest, and reads what every agent really has on its disk."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from samebox_agent.storage.paths import choose_paths
from samebox_agent.storage.store import open_store
from samebox_shared.protocol.acts import PostMessage

from tasks.faults.history import AnyEntry, Kept, Waiting
from tasks.faults.plans import Place
from tasks.faults.proxy import Toxics
from tasks.faults.scene import Scene, talks
from tasks.faults.showing import shown

QUIET_SECONDS = 1.0
LOOK_SECONDS = 0.1


async def come_to_rest(scene: Scene, seconds: float) -> bool:
    """Nothing is broken any more and nobody writes; whether everything that was on its way came
    to rest within the time."""
    for proxy in scene.proxies:
        proxy.set(Toxics())
    for host in scene.hosts:
        host.stop_writing()
    deadline = time.monotonic() + seconds
    before, since = None, time.monotonic()
    while time.monotonic() < deadline:
        now = _moving(scene)
        if now != before:
            before, since = now, time.monotonic()
        elif _is_still(scene) and time.monotonic() - since > QUIET_SECONDS:
            break
        await asyncio.sleep(LOOK_SECONDS)
    scene.note("over", "harness", scene.people)
    return _is_still(scene)


def _moving(scene: Scene) -> tuple[tuple[int, int], ...]:
    return tuple(
        (host.status.waiting, host.status.shown if talks(host) else 0) for host in scene.hosts
    )


def _is_still(scene: Scene) -> bool:
    return all(host.is_online and not host.status.waiting for host in scene.hosts)


async def quit_all(scene: Scene) -> None:
    """Every agent ends in order, then the server."""
    await asyncio.gather(*(host.quit() for host in scene.hosts))
    for server in scene.servers:
        await asyncio.to_thread(server.stop)
    scene.recorder.flush()


def stores(places: list[Place]) -> Iterator[AnyEntry]:
    """What is in everybody's own store. Only when their processes have ended."""
    for place in places:
        yield from _store(place)


def _store(place: Place) -> Iterator[AnyEntry]:
    store = open_store(choose_paths(Path(place.home)).database)
    try:
        epoch, now = store.feed.position().epoch, time.monotonic()
        for event in store.feed.load():
            yield Kept(*msgspec.structs.astuple(shown(place.person, epoch, event, now)))
        for item in store.outbox.waiting():
            what = item.act.text if isinstance(item.act, PostMessage) else repr(item.act)
            yield Waiting(now, place.person, what)
    finally:
        store.close()
