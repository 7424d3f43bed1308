"""One run from the first process to the verdict."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from tasks.faults import history, report
from tasks.faults.breaking import Breaker
from tasks.faults.ending import come_to_rest, quit_all, stores
from tasks.faults.profiles import RESERVE_SECONDS, Profile
from tasks.faults.report import Verdict
from tasks.faults.scene import GRACE_SECONDS, Scene, set_up, tear_down
from tasks.faults.world import look

SETTLE_SECONDS = 60.0
REST_SECONDS = 60.0
LOOK_SECONDS = 0.2


class NotSettled(Exception):
    """The people did not come together although nothing was broken yet."""


def run(
    profile: Profile, folder: Path, seed: int, settings: Mapping[str, str] | None = None
) -> Verdict:
    """`play` in a loop of its own. SIGTERM ends it in order: every process of the run ends too."""

    async def playing() -> Verdict:
        task = asyncio.ensure_future(play(profile, folder, seed, settings))
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await task

    return asyncio.run(playing())


async def play(
    profile: Profile, folder: Path, seed: int, settings: Mapping[str, str] | None = None
) -> Verdict:
    """Run it and judge it. Prints what it found; the folder keeps the history. `settings` are
    environment variables of every process."""
    began = time.monotonic()
    scene = await set_up(profile, folder, seed, settings)
    try:
        await _settle(scene)
        until = began + profile.seconds - RESERVE_SECONDS
        breaker = Breaker(scene, until)
        breaking = asyncio.create_task(breaker.run())
        while time.monotonic() < until and not (breaking.done() and _is_enough(scene)):
            await asyncio.sleep(LOOK_SECONDS)
        await breaking
        is_still = await come_to_rest(scene, REST_SECONDS)
        races = sum(host.status.races for host in scene.hosts)
        await quit_all(scene)
    finally:
        await tear_down(scene)
    kept = list(stores(scene.places))
    world = look(chain(history.read(folder / "history"), kept))
    verdict = report.judge(world, profile, breaker.done, races, GRACE_SECONDS)
    seconds = time.monotonic() - began
    notes = _notes(scene, breaker.done.one_way, is_still=is_still)
    print(report.tell(verdict, profile, seconds, seed, notes))
    if verdict.breaches:
        print(report.explain(verdict, folder / "history", kept))
    report.keep(verdict, profile, seconds, seed, notes, folder / "verdict.json")
    return verdict


async def _settle(scene: Scene) -> None:
    """Everybody is connected and in a session before the first fault."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(SETTLE_SECONDS):
            while not scene.is_settled:
                await asyncio.sleep(LOOK_SECONDS)
            return
    words = "\n".join(f"{host.name}: {host.status} {host.words()[-500:]}" for host in scene.hosts)
    raise NotSettled(words)


def _is_enough(scene: Scene) -> bool:
    races = sum(host.status.races for host in scene.hosts)
    waves = sum(host.status.waves for host in scene.hosts)
    profile = scene.profile
    enough = scene.answered >= profile.messages and races >= profile.races
    return enough and waves >= profile.timers + profile.waiters


def _notes(scene: Scene, one_way: int, *, is_still: bool) -> list[str]:
    cut = (
        "cables between network namespaces" if scene.cells else "the proxy, which holds bytes back"
    )
    notes = [f"Partitions cut {cut}; {one_way} in one direction only."]
    notes.append(f"Swapped pairs of frames: {sum(proxy.swapped for proxy in scene.proxies)}.")
    notes.append(f"Requests replayed: {sum(proxy.replayed for proxy in scene.proxies)}.")
    if not is_still:
        notes.append("It did not come to rest in time.")
    notes += [f"{host.name} said: {host.words()[-400:]}" for host in scene.hosts if host.words()]
    return notes
