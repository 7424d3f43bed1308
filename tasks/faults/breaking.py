"""What goes wrong in a run: one loop for each kind of fault, all at the same time.

Each loop knows how often it has to happen and spreads it over the time there is. What it breaks it
mends, also when it is cancelled.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tasks.faults import storage_faults
from tasks.faults.hosts import Host
from tasks.faults.network import Way
from tasks.faults.proxy import Toxics
from tasks.faults.scene import Scene

LOOK_SECONDS = 0.02
BACK_SECONDS = 20.0
"""How long a restarted server waits for nearly everybody before it may be killed again."""
NEARLY = 0.95
LOCKED_SECONDS = 10.0
TOXICS = (
    Toxics(latency=0.03, jitter=0.02),
    Toxics(slice_size=7, slice_delay=0.001),
    Toxics(reset_peer=0.05),
    Toxics(limit_data=20_000),
    Toxics(bandwidth=40_000),
    Toxics(timeout=0.5),
    Toxics(slow_close=0.3),
    Toxics(down=True),
)


@dataclass
class Done:
    """How often each thing was done."""

    server_kills: int = 0
    agent_kills: int = 0
    carrier_kills: int = 0
    partitions: int = 0
    one_way: int = 0
    server_pauses: int = 0
    agent_pauses: int = 0
    toxics: int = 0
    full_disks: int = 0
    locks: int = 0
    clock_jumps: int = 0
    restores: int = 0
    starts: list[float] = field(default_factory=list)
    """Seconds each start of the server took."""


class Breaker:
    """The loops over one scene. `until` is when all of it must be over."""

    def __init__(self, scene: Scene, until: float) -> None:
        self.done = Done()
        self._scene = scene
        self._until = until
        self._server_free = asyncio.Lock()
        """Held by whoever kills or pauses the server."""
        self._hosts_free: dict[str, asyncio.Lock] = {
            host.name: asyncio.Lock() for host in scene.hosts
        }

    async def run(self) -> None:
        """Until everything was done as often as the profile wants, or the time is over."""
        loops = (
            self._kill_servers,
            self._kill_agents,
            self._kill_carriers,
            self._partition,
            self._poison,
            self._pause_server,
            self._pause_agents,
            self._fill_disk,
            self._lock_database,
            self._jump_clock,
            self._restore,
        )
        async with asyncio.TaskGroup() as group:
            for loop in loops:
                group.create_task(loop())

    async def _kill_servers(self) -> None:
        scene, wanted = self._scene, self._scene.profile.server_kills
        while self.done.server_kills < wanted and self._has_time():
            await self._wait(self._chance(0.05, 0.6))
            async with self._server_free:
                scene.note("kill", "server", scene.people)
                await asyncio.to_thread(scene.server.kill)
                self.done.server_kills += 1
                self.done.starts.append(await asyncio.to_thread(scene.server.start))
                scene.note("ready", "server", scene.people)
            if self.done.server_kills % 3:
                await self._for(lambda: scene.online >= NEARLY * len(scene.people), BACK_SECONDS)

    async def _kill_agents(self) -> None:
        wanted, real = self._scene.profile.agent_kills, self._scene.real
        while self.done.agent_kills < wanted and self._has_time():
            host = real[self.done.agent_kills % len(real)]
            await self._wait(self._pace(wanted) * self._chance(0.3, 0.9))
            await self._kill(host)
            self.done.agent_kills += 1

    async def _kill_carriers(self) -> None:
        wanted, talkers = self._scene.profile.carrier_kills, self._scene.talkers
        while self.done.carrier_kills < wanted and self._has_time():
            host = talkers[self.done.carrier_kills % len(talkers)]
            await self._wait(self._pace(wanted) * self._chance(0.3, 0.9))
            await self._kill(host)
            self.done.carrier_kills += 1

    async def _kill(self, host: Host) -> None:
        async with self._hosts_free[host.name]:
            self._scene.note("kill", host.name, host.people)
            await host.kill()
            await host.start()
            await self._for(lambda: host.is_online, BACK_SECONDS)
            self._scene.note("started", host.name, host.people)

    async def _partition(self) -> None:
        wanted, ways = (
            self._scene.profile.partitions,
            (Way.BOTH, Way.TO_ROOM, Way.BOTH, Way.FROM_ROOM),
        )
        while self.done.partitions < wanted and self._has_time():
            await self._wait(self._pace(wanted) * self._chance(0.2, 0.5))
            way, room = ways[self.done.partitions % 4], self.done.partitions % 2
            seconds = min(self._chance(0.5, 4.0), self._pace(wanted) * 0.5)
            people = [who for host in self._scene.in_room[room] for who in host.people]
            self._scene.note("cut", f"room {room}: {way}", people)
            self._cut(room, way)
            try:
                await asyncio.sleep(seconds)
            finally:
                self._heal(room, way)
                self._scene.note("heal", f"room {room}: {way}", people)
            self.done.partitions += 1
            self.done.one_way += way is not Way.BOTH

    def _cut(self, room: int, way: Way) -> None:
        if self._scene.rooms:
            self._scene.rooms[room].cut(way)
        else:
            self._scene.proxies[room].hold(up=way is not Way.TO_ROOM, down=way is not Way.FROM_ROOM)

    def _heal(self, room: int, way: Way) -> None:
        if self._scene.rooms:
            self._scene.rooms[room].heal(way)
        else:
            self._scene.proxies[room].hold(up=False, down=False)

    async def _poison(self) -> None:
        wanted, scene = self._scene.profile.toxics, self._scene
        while self.done.toxics < wanted and self._has_time():
            number = self.done.toxics % len(scene.proxies)
            proxy = scene.proxies[number]
            people = [who for host in scene.behind[number] for who in host.people]
            toxics = TOXICS[self.done.toxics % len(TOXICS)]
            scene.note("toxic", str(toxics), people)
            proxy.set(toxics)
            await self._wait(min(3.0, self._pace(wanted) * 0.4))
            proxy.set(Toxics())
            scene.note("clean", f"proxy {number}", people)
            await self._wait(min(1.0, self._pace(wanted) * 0.2))
            proxy.swap()
            await proxy.replay()
            await self._wait(min(3.0, self._pace(wanted) * 0.3))
            self.done.toxics += 1

    async def _pause_server(self) -> None:
        wanted, scene = self._scene.profile.server_pauses, self._scene
        while self.done.server_pauses < wanted and self._has_time():
            await self._wait(self._pace(wanted) * self._chance(0.3, 0.8))
            async with self._server_free:
                scene.note("stop", "server", scene.people)
                scene.server.pause()
                try:
                    await asyncio.sleep(self._chance(0.5, 2.0))
                finally:
                    scene.server.go_on()
                    scene.note("cont", "server", scene.people)
            self.done.server_pauses += 1

    async def _pause_agents(self) -> None:
        """Like a lid that is closed: longer than the server waits for a sign of life, too."""
        wanted, hosts = self._scene.profile.agent_pauses, self._scene.talkers + self._scene.real
        while self.done.agent_pauses < wanted and self._has_time():
            host = hosts[self.done.agent_pauses % len(hosts)]
            await self._wait(self._pace(wanted) * self._chance(0.2, 0.4))
            async with self._hosts_free[host.name]:
                self._scene.note("stop", host.name, host.people)
                host.pause()
                try:
                    await asyncio.sleep(self._chance(1.0, 8.0))
                finally:
                    host.go_on()
                    self._scene.note("cont", host.name, host.people)
            self.done.agent_pauses += 1

    async def _fill_disk(self) -> None:
        wanted = self._scene.profile.full_disks
        while self.done.full_disks < wanted and self._has_time():
            await self._wait(self._pace(wanted) * self._chance(0.2, 0.6))
            async with self._server_free, storage_faults.full_disk(self._scene):
                await asyncio.sleep(self._chance(1.0, 3.0))
            self.done.full_disks += 1

    async def _lock_database(self) -> None:
        wanted = self._scene.profile.locks
        while self.done.locks < wanted and self._has_time():
            await self._wait(self._pace(wanted) * self._chance(0.2, 0.6))
            async with self._server_free, storage_faults.locked_database(self._scene):
                await asyncio.sleep(LOCKED_SECONDS)
            self.done.locks += 1

    async def _jump_clock(self) -> None:
        wanted, jumps = self._scene.profile.clock_jumps, storage_faults.JUMPS
        shift = 0.0
        while self.done.clock_jumps < wanted and self._has_time():
            await self._wait(self._pace(wanted) * self._chance(0.3, 0.9))
            shift += jumps[self.done.clock_jumps % len(jumps)]
            storage_faults.set_clock(self._scene, shift)
            self.done.clock_jumps += 1

    async def _restore(self) -> None:
        """An old copy comes back under agents that know more than it."""
        scene, wanted = self._scene, self._scene.profile.restores
        while self.done.restores < wanted and self._has_time():
            await self._wait(self._pace(wanted) * self._chance(0.2, 0.5))
            backup = await asyncio.to_thread(storage_faults.back_up, scene)
            await self._wait(self._pace(wanted) * self._chance(0.1, 0.3))
            async with self._server_free:
                scene.note("kill", "server", scene.people)
                await asyncio.to_thread(scene.server.kill)
                storage_faults.restore(scene, backup, rotate=scene.profile.rotates)
                self.done.starts.append(await asyncio.to_thread(scene.server.start))
                scene.note("ready", "server", scene.people)
            await self._for(lambda: scene.online >= NEARLY * len(scene.people), BACK_SECONDS)
            self.done.restores += 1

    def _has_time(self) -> bool:
        return time.monotonic() < self._until

    def _pace(self, wanted: int) -> float:
        """Seconds for one of so many, if they are spread over a run."""
        return self._scene.profile.spread / wanted

    def _chance(self, least: float, most: float) -> float:
        return self._scene.chance.uniform(least, most)

    async def _wait(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, min(seconds, self._until - time.monotonic())))

    async def _for(self, is_so: Callable[[], bool], seconds: float) -> None:
        deadline = min(time.monotonic() + seconds, self._until)
        while not is_so() and time.monotonic() < deadline:
            await asyncio.sleep(LOOK_SECONDS)
