"""A process that hosts agents without screens; it is killed and started again like any other.

Told by a plan (`python -m tasks.faults.carrier PLAN`); says on standard output how it is doing;
"stop" on standard input ends the writing, the end of standard input ends the process.
"""

import asyncio
import contextlib
import sys
import time
from pathlib import Path
from typing import assert_never

import msgspec

from tasks.faults.errands import Talk, Wait
from tasks.faults.history import Recorder
from tasks.faults.plans import Errand, Place, Plan, Status, read_plan
from tasks.faults.races import Group, Racer
from tasks.faults.seat import Seat

LOOK_SECONDS = 0.04
TELL_SECONDS = 0.1


class Carrier:
    """All seats of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._history = Recorder(Path(plan.history))
        self._talks: list[tuple[Seat, Talk]] = []
        self._waits: list[Wait] = []
        self._groups: dict[str, Group] = {}
        self._seats = [self._seat(place) for place in plan.places]

    def _seat(self, place: Place) -> Seat:
        match place.errand:
            case Errand.ASK_AND_TALK | Errand.HELP_AND_TALK:
                asks = place.errand is Errand.ASK_AND_TALK
                talk = Talk(asks=asks, window=self._plan.window, rate=self._plan.rate)
                seat = Seat(place, self._plan.server, self._history, talk)
                self._talks.append((seat, talk))
            case Errand.WAIT:
                wait = Wait()
                seat = Seat(place, self._plan.server, self._history, wait)
                self._waits.append(wait)
            case Errand.RACE | Errand.ASK_FOR_RACES:
                racer = Racer()
                seat = Seat(place, self._plan.server, self._history, racer)
                self._group(place.group).add(seat, racer)
            case _:
                assert_never(place.errand)
        return seat

    def _group(self, name: str) -> Group:
        seed = self._plan.seed + len(self._groups)
        return self._groups.setdefault(name, Group(self._history, seed, self._plan.races))

    async def run(self) -> None:
        """Until standard input ends."""
        for seat in self._seats:
            seat.start()
        races = [asyncio.create_task(group.run()) for group in self._groups.values()]
        tasks = [*races, asyncio.create_task(self._go_on()), asyncio.create_task(self._tell())]
        await self._obey()
        for task in tasks:
            task.cancel()
        for end in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(end, Exception):
                sys.stderr.write(f"{self._plan.name}: {end!r}\n")
        for seat in self._seats:
            await seat.close()
        self._history.close()

    async def _obey(self) -> None:
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            if line.strip() == b"stop":
                for _, talk in self._talks:
                    talk.stopped = True
                for group in self._groups.values():
                    group.stopped = True

    async def _go_on(self) -> None:
        while True:
            for seat, talk in self._talks:
                talk.go_on(seat, time.monotonic())
                await asyncio.sleep(0)
            await asyncio.sleep(LOOK_SECONDS)

    async def _tell(self) -> None:
        told = None
        while True:
            status = self._status()
            if status != told:
                sys.stdout.buffer.write(msgspec.json.encode(status) + b"\n")
                sys.stdout.buffer.flush()
                told = status
            await asyncio.sleep(TELL_SECONDS)

    def _status(self) -> Status:
        return Status(
            online=sum(seat.is_online for seat in self._seats),
            talking=sum(talk.is_talking for _, talk in self._talks),
            waiting=sum(len(seat.outbox) for seat in self._seats),
            answered=sum(seat.witness.answered for seat in self._seats),
            shown=sum(seat.witness.shown for seat in self._seats),
            races=sum(group.done for group in self._groups.values()),
            waves=sum(wait.waves for wait in self._waits),
        )


async def host(plan: Plan) -> None:
    """Seats are made in the loop they live in."""
    await Carrier(plan).run()


def main() -> None:
    """Host the plan of the first argument."""
    plan = read_plan(Path(sys.argv[1]))
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        asyncio.run(host(plan))


if __name__ == "__main__":
    main()
