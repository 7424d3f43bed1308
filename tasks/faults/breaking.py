"""What goes wrong in a run: one loop for each kind of fault, all at the same time.

Each loop knows how often it has to happen and spreads it over the time there is. What it breaks it
mends, also when it is cancelled.
"""

import asyncio

from tasks.faults.ground import GroundBreaker
from tasks.faults.hosts import Host
from tasks.faults.network import Way
from tasks.faults.pacing import BACK_SECONDS
from tasks.faults.proxy import Toxics

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


class Breaker(GroundBreaker):
    """Those of ground.py, and what goes wrong with processes and networks."""

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
            self._roll,
            self._stop_database,
            self._lose_redis,
        )
        async with asyncio.TaskGroup() as group:
            for loop in loops:
                group.create_task(loop())

    async def _kill_servers(self) -> None:
        scene, wanted = self._scene, self._scene.profile.server_kills
        while self.done.server_kills < wanted and self._has_time():
            await self._wait(self._chance(0.05, 0.6))
            async with self._server_free:
                await self._restart(scene.chance.choice(scene.servers), by="kill")
                self.done.server_kills += 1
            if self.done.server_kills % 2:
                await self._until_back(self._pace(wanted))

    async def _roll(self) -> None:
        """One server after the other ends in order and comes back; users should not notice."""
        scene, wanted = self._scene, self._scene.profile.rolling_restarts
        while self.done.rolling_restarts < wanted and self._has_time():
            await self._wait(self._pace(wanted) * self._chance(0.2, 0.8))
            async with self._server_free:
                for server in scene.servers:
                    await self._restart(server, by="drain")
                    await self._until_back()
            self.done.rolling_restarts += 1

    async def _kill_agents(self) -> None:
        """Each at its own pace: one that is slow to come back holds up no other."""
        async with asyncio.TaskGroup() as group:
            for host in self._scene.real:
                group.create_task(self._kill_agent(host))

    async def _kill_agent(self, host: Host) -> None:
        wanted, hosts = self._scene.profile.agent_kills, len(self._scene.real)
        while self.done.agent_kills < wanted and self._has_time():
            await self._wait(hosts * self._pace(wanted) * self._chance(0.3, 0.9))
            if self.done.agent_kills < wanted:
                self.done.agent_kills += 1
                await self._kill(host)

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
            (Way.BOTH, Way.TO_CELL, Way.BOTH, Way.FROM_CELL),
        )
        while self.done.partitions < wanted and self._has_time():
            await self._wait(self._pace(wanted) * self._chance(0.2, 0.5))
            way, cell = ways[self.done.partitions % 4], self.done.partitions % 2
            seconds = min(self._chance(0.5, 4.0), self._pace(wanted) * 0.5)
            people = [who for host in self._scene.in_cell[cell] for who in host.people]
            self._scene.note("cut", f"cell {cell}: {way}", people)
            self._cut(cell, way)
            try:
                await asyncio.sleep(seconds)
            finally:
                self._heal(cell, way)
                self._scene.note("heal", f"cell {cell}: {way}", people)
            self.done.partitions += 1
            self.done.one_way += way is not Way.BOTH

    def _cut(self, cell: int, way: Way) -> None:
        if self._scene.cells:
            self._scene.cells[cell].cut(way)
        else:
            self._scene.proxies[cell].hold(up=way is not Way.TO_CELL, down=way is not Way.FROM_CELL)

    def _heal(self, cell: int, way: Way) -> None:
        if self._scene.cells:
            self._scene.cells[cell].heal(way)
        else:
            self._scene.proxies[cell].hold(up=False, down=False)

    async def _poison(self) -> None:
        wanted, scene = self._scene.profile.toxics, self._scene
        while self.done.toxics < wanted and self._has_time():
            number = self.done.toxics % len(scene.proxies)
            proxy = scene.proxies[number]
            people = [who for host in scene.behind.get(number, ()) for who in host.people]
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
