"""One process that hosts agents, as the harness holds it: started, killed, paused, asked."""

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from tasks.faults.plans import Plan, Status, write_plan
from tasks.stage.programs import ROOT, program

END_SECONDS = 10.0


class Host:
    """`module` is the program; `within` goes before its command, to put it into a network."""

    def __init__(
        self,
        plan: Plan,
        folder: Path,
        module: str,
        within: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.plan = plan
        self.status = Status()
        self.answered_before = 0
        self._module = module
        self._within = tuple(within)
        self._settings = dict(settings or {})
        self._file = folder / f"{plan.name}.plan"
        self._log = folder / f"{plan.name}.log"
        self._process: asyncio.subprocess.Process | None = None
        self._listener: asyncio.Task[None] | None = None
        write_plan(plan, self._file)

    @property
    def name(self) -> str:
        """Its name in the history."""
        return self.plan.name

    @property
    def people(self) -> tuple[str, ...]:
        """Who lives in it."""
        return tuple(place.person for place in self.plan.places)

    @property
    def answered(self) -> int:
        """Messages the server has acknowledged, over all lives of the process."""
        return self.answered_before + self.status.answered

    @property
    def is_online(self) -> bool:
        """Whether everybody in it is connected."""
        return self.status.online == len(self.plan.places)

    async def start(self) -> None:
        """Start it; it connects by itself."""
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                [*self._settings.get("PYTHONPATH", "").split(), str(ROOT)]
            ),
            "PYTHONUTF8": "1",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self._file.parent}/no-bus",
        }
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._within,
                program("agent", "python"),
                "-m",
                self._module,
                str(self._file),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=environment,
                cwd=ROOT,
            )
        self._listener = asyncio.create_task(self._listen(self._process))

    async def kill(self) -> None:
        """End it without a word."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.kill()
        await self._process.wait()
        await self._heard()
        self.answered_before += self.status.answered
        self.status = Status()

    def pause(self) -> None:
        """It stops where it stands, like a laptop that sleeps."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """It wakes."""
        self._signal(signal.SIGCONT)

    def stop_writing(self) -> None:
        """Its people fall silent, and stay connected."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(b"stop\n")

    async def quit(self) -> None:
        """End it in order; kill it when that takes too long."""
        if self._process is None or self._process.returncode is not None:
            return
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), END_SECONDS)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._heard()

    def words(self) -> str:
        """What it complained of."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    async def _heard(self) -> None:
        if self._listener is not None:
            await asyncio.wait([self._listener], timeout=END_SECONDS)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        if process.stdout is None:
            return
        while line := await process.stdout.readline():
            if line.endswith(b"\n"):
                self.status = msgspec.json.decode(line, type=Status)
