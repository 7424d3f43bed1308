"""Everything that runs in one run: the server, the proxies, the processes with the people."""

import asyncio
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from samebox_shared.model.devices import System

from tasks.faults.company import Cast, furnish, join, pairs, racers, real_pairs, waiters
from tasks.faults.history import Fault, Recorder
from tasks.faults.hosts import Host
from tasks.faults.network import Cell, cells_here
from tasks.faults.plans import Errand, Place, Plan
from tasks.faults.profiles import Profile
from tasks.faults.proxy import Proxy
from tasks.stage.postgres import Postgres
from tasks.stage.redis import Redis
from tasks.stage.server import Server

SERVER = "server"
GRACE_SECONDS = 1.0
SETTINGS = {
    "SAMEBOX_WAVE_SIZE": "8",
    "SAMEBOX_IT_SECONDS": "1",
    "SAMEBOX_NOT_NOW_MINUTES": "0.0001",
    "SAMEBOX_PARKED_MINUTES": f"{1 / 60:.8f}",
    "SAMEBOX_PARKED_MOST_HOURS": f"{1 / 3600:.8f}",
    "SAMEBOX_SILENCE_SECONDS": "3600",  # who is killed stays in the session
    "SAMEBOX_HEARTBEAT_SECONDS": "2",
    "SAMEBOX_GONE_SECONDS": "6",
    "SAMEBOX_GRACE_SECONDS": str(GRACE_SECONDS),
    "SAMEBOX_LOG_LEVEL": "WARNING",
}
COME_IN_SECONDS = 15.0
REAL_RATE = 3.0
REAL_WINDOW = 6


@dataclass
class Scene:
    """What the faults work on."""

    profile: Profile
    folder: Path
    recorder: Recorder
    chance: random.Random
    servers: Sequence[Server]
    cells: Sequence[Cell]
    settings: Mapping[str, str] = field(default_factory=dict)
    clock_offset: float = field(default_factory=lambda: time.time() - time.monotonic())
    """What the harness's clock lacks to the wall clock."""
    postgres: Postgres | None = None
    redis: Redis | None = None
    proxies: list[Proxy] = field(default_factory=list)
    """Two that can be made bad; with several servers a third one, which only shares them out."""
    hosts: list[Host] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    in_cell: dict[int, list[Host]] = field(default_factory=dict)
    behind: dict[int, list[Host]] = field(default_factory=dict)
    """Which hosts connect through which proxy."""

    @property
    def server(self) -> Server:
        """The one, or the first of several."""
        return self.servers[0]

    def name_of(self, server: Server) -> str:
        """In the history. Only when there is one, everything stands still with it."""
        return SERVER if len(self.servers) == 1 else f"{SERVER} {self.servers.index(server)}"

    @property
    def clock_file(self) -> Path:
        """Where the server looks how wrong its clock is."""
        return self.folder / "clock"

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody's name."""
        return tuple(place.person for place in self.places)

    @property
    def real(self) -> list[Host]:
        """The hosts that are the program itself."""
        return [host for host in self.hosts if host.name.startswith("real")]

    @property
    def talkers(self) -> list[Host]:
        """The hosts of many people who talk in pairs."""
        return [host for host in self.hosts if host.name.startswith("talk")]

    @property
    def online(self) -> int:
        """How many are connected."""
        return sum(host.status.online for host in self.hosts)

    @property
    def answered(self) -> int:
        """Messages acknowledged so far."""
        return sum(host.answered for host in self.hosts)

    def note(self, what: str, whom: str, people: Sequence[str] = (), seconds: float = 0.0) -> None:
        """Into the history."""
        self.recorder.now(Fault(time.monotonic(), what, whom, tuple(people), seconds))

    @property
    def is_settled(self) -> bool:
        """Whether everybody is connected and who came to talk is in a session."""
        return all(
            host.is_online and (host.status.talking == len(host.plan.places) or not talks(host))
            for host in self.hosts
        )


def talks(host: Host) -> bool:
    """Whether its people are there to talk."""
    errand = host.plan.places[0].errand
    return errand in (Errand.ASK_AND_TALK, Errand.HELP_AND_TALK)


def casts_of(profile: Profile) -> list[Cast]:
    """Everybody of this profile, by process."""
    casts = [
        *pairs("talk0", "talk1", profile.pairs),
        *pairs("talk2", "talk3", profile.pairs),
        racers("race0", profile.groups // 2, profile.racers),
        racers("race1", profile.groups - profile.groups // 2, profile.racers),
        waiters("wait0", profile.waiters),
        *real_pairs((System.WINDOWS, System.MACOS)[: profile.real]),
    ]
    return [cast for cast in casts if cast.roles]


async def set_up(
    profile: Profile, folder: Path, seed: int, settings: Mapping[str, str] | None = None
) -> Scene:
    """Start the server, let everybody join, start everybody. Close with `tear_down`. `settings`
    are environment variables of every process beside its own."""
    settings = settings or {}
    (folder / "history").mkdir()
    cells = cells_here()
    recorder = Recorder(folder / "history" / "harness.jsonl")
    scene = Scene(profile, folder, recorder, random.Random(seed), [], cells, settings)
    scene.note("clock", SERVER, seconds=scene.clock_offset)
    try:
        await _start_servers(scene)
        scene.server.set_up("Fault & Co", "Olga Owner")
        for number in range(2 if len(scene.servers) == 1 else 3):
            proxy = Proxy([("127.0.0.1", _port(server)) for server in scene.servers], seed + number)
            await proxy.start("0.0.0.0" if cells else "127.0.0.1")
            scene.proxies.append(proxy)
        for cast in casts_of(profile):
            await _hire(scene, cast)
        scene.note("ready", SERVER, scene.people)
        await _come_in(scene)
    except BaseException:
        await tear_down(scene)
        raise
    return scene


async def _start_servers(scene: Scene) -> None:
    folder, profile = scene.folder, scene.profile
    settings = {**SETTINGS, **scene.settings}
    if scene.cells:
        settings["SAMEBOX_HOST"] = "0.0.0.0"
    if profile.clock_jumps:
        settings["SAMEBOX_TEST_CLOCK"] = str(scene.clock_file)
    if profile.replicas > 1:
        scene.postgres, scene.redis = Postgres(folder / "postgres"), Redis(folder / "redis")
        await asyncio.to_thread(scene.postgres.make)
        await asyncio.to_thread(scene.postgres.start)
        await asyncio.to_thread(scene.redis.start)
        settings["SAMEBOX_DATABASE_URL"] = scene.postgres.url
        settings["SAMEBOX_REDIS_URL"] = scene.redis.url
        settings["SAMEBOX_REPLICAS"] = str(profile.replicas)
    servers = [Server(folder / f"server{n}", settings) for n in range(profile.replicas)]
    scene.servers = servers
    for server in servers:
        await asyncio.to_thread(server.start)


async def _come_in(scene: Scene) -> None:
    """Who helps is there before anyone asks, so that the nearest ring is never empty."""
    asks = Errand.ASK_AND_TALK
    helpers = [host for host in scene.hosts if host.plan.places[0].errand is not asks]
    await asyncio.gather(*(host.start() for host in helpers))
    deadline = time.monotonic() + COME_IN_SECONDS
    while time.monotonic() < deadline and not all(_is_ready(host) for host in helpers):
        await asyncio.sleep(0.05)
    askers = [host for host in scene.hosts if host.plan.places[0].errand is asks]
    await asyncio.gather(*(host.start() for host in askers))


def _is_ready(host: Host) -> bool:
    """Connected, and told by its feed that everyone's first wish was taken."""
    status = host.status
    return host.is_online and (status.shown >= len(host.plan.places) or not talks(host))


async def tear_down(scene: Scene) -> None:
    """End every process."""
    for host in scene.hosts:
        host.go_on()
        await host.kill()
    for proxy in scene.proxies:
        await proxy.close()
    for server in scene.servers:
        await asyncio.to_thread(server.kill)
    if scene.redis is not None:
        scene.redis.kill()
    if scene.postgres is not None:
        await asyncio.to_thread(scene.postgres.stop)
    scene.recorder.close()


async def _hire(scene: Scene, cast: Cast) -> None:
    folder, profile = scene.folder, scene.profile
    homes = folder / "homes"
    places = await asyncio.to_thread(
        lambda: tuple(join(scene.server, role, homes / role.person) for role in cast.roles)
    )
    address, within = _way_in(scene, cast)
    if cast.real:
        furnish(places[0], address)
    plan = Plan(
        name=cast.name,
        server=address,
        history=str(folder / "history" / f"{cast.name}.jsonl"),
        places=places,
        window=REAL_WINDOW if cast.real else profile.window,
        rate=REAL_RATE if cast.real else profile.rate,
        races=2 * -(-profile.races // max(1, profile.groups)),
        seed=scene.chance.randrange(2**32),
    )
    module = "tasks.faults.real_agent" if cast.real else "tasks.faults.carrier"
    host = Host(plan, folder, module, within, scene.settings)
    scene.hosts.append(host)
    scene.places.extend(places)
    _place(scene, host)


CELL_OF = {"talk2": 0, "real1a": 0, "talk1": 1, "real1b": 1}
"""Who lives in a cell whose cable is cut. The others are beside the server."""
PROXY_OF = {"talk3": 0, "race1": 0, "talk1": 1, "real0b": 1}
"""Who connects through a proxy; talk1 has both."""


def _way_in(scene: Scene, cast: Cast) -> tuple[str, tuple[str, ...]]:
    cell = scene.cells[CELL_OF[cast.name]] if scene.cells and cast.name in CELL_OF else None
    port = _port(scene.server) if len(scene.servers) == 1 else scene.proxies[2].port
    if cast.name in PROXY_OF:
        port = scene.proxies[PROXY_OF[cast.name]].port
    if not scene.cells and cast.name in CELL_OF:
        port = scene.proxies[CELL_OF[cast.name]].port
    address = cell.gateway if cell else "127.0.0.1"
    return f"http://{address}:{port}", cell.within if cell else ()


def _place(scene: Scene, host: Host) -> None:
    if host.name in CELL_OF:
        scene.in_cell.setdefault(CELL_OF[host.name], []).append(host)
    if host.name in PROXY_OF or (not scene.cells and host.name in CELL_OF):
        number = PROXY_OF.get(host.name, CELL_OF.get(host.name, 0))
        scene.behind.setdefault(number, []).append(host)


def _port(server: Server) -> int:
    return int(server.url.rsplit(":", 1)[1])
