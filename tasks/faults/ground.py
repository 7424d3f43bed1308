"""Faults of what the server stands on: its disk, its clock, its backups, PostgreSQL and Redis."""

import asyncio

from tasks.faults import storage_faults
from tasks.faults.pacing import Loops

LOCKED_SECONDS = 10.0


class GroundBreaker(Loops):
    """One loop for each kind; what it breaks it mends, also when it is cancelled."""

    async def _stop_database(self) -> None:
        scene, wanted = self._scene, self._scene.profile.database_stops
        while scene.postgres and self.done.database_stops < wanted and self._has_time():
            await self._wait(self._pace(wanted) * self._chance(0.2, 0.6))
            async with self._server_free:
                scene.note("down", "database", scene.people)
                await asyncio.to_thread(scene.postgres.crash)
                await asyncio.sleep(self._chance(0.2, 2.0))
                await asyncio.to_thread(scene.postgres.start)
                scene.note("up", "database", scene.people)
                await self._until_back()
            self.done.database_stops += 1

    async def _lose_redis(self) -> None:
        scene, wanted = self._scene, self._scene.profile.redis_losses
        while scene.redis and self.done.redis_losses < wanted and self._has_time():
            await self._wait(self._pace(wanted) * self._chance(0.2, 0.6))
            if self.done.redis_losses % 2:
                scene.note("flush", "redis")
                await asyncio.to_thread(scene.redis.flush)
            else:
                scene.note("gone", "redis")
                await asyncio.to_thread(scene.redis.kill)
                await asyncio.sleep(self._chance(0.5, 3.0))
                await asyncio.to_thread(scene.redis.start)
                scene.note("back", "redis")
            self.done.redis_losses += 1

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
            await self._until_back()
            self.done.restores += 1
