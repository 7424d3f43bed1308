"""What every loop of faults needs: the time that is left, chance, and a server that comes back."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tasks.faults.scene import Scene
from tasks.stage.server import Server

LOOK_SECONDS = 0.02
BACK_SECONDS = 20.0
"""How long a server that was restarted in order waits for nearly everybody."""
NEARLY = 0.95


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
    database_stops: int = 0
    redis_losses: int = 0
    rolling_restarts: int = 0
    starts: list[float] = field(default_factory=list)
    """Seconds each start of the server took."""


class Loops:
    """Over one scene. `until` is when all of it must be over."""

    def __init__(self, scene: Scene, until: float) -> None:
        self.done = Done()
        self._scene = scene
        self._until = until
        self._server_free = asyncio.Lock()
        """Held by whoever kills or pauses the server."""
        self._hosts_free: dict[str, asyncio.Lock] = {
            host.name: asyncio.Lock() for host in scene.hosts
        }

    async def _restart(self, server: Server, by: str) -> None:
        scene = self._scene
        name = scene.name_of(server)
        scene.note(by, name, scene.people)
        await asyncio.to_thread(server.kill if by == "kill" else server.stop)
        self.done.starts.append(await asyncio.to_thread(server.start))
        scene.note("ready", name, scene.people)

    async def _until_back(self, seconds: float = BACK_SECONDS) -> None:
        scene = self._scene
        await self._for(lambda: scene.online >= NEARLY * len(scene.people), seconds)

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
