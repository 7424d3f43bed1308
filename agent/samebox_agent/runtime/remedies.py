"""Looks for a remedy and runs it, in a thread of its own and within its time limit."""

import asyncio
import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samebox_shared.model.devices import System

from samebox_agent.core import commands as c
from samebox_agent.core.events import (
    AgentEvent,
    RemedyDone,
    RemedyEvent,
    RemedyFailed,
    RemedyLooked,
)
from samebox_agent.core.remedy_list import REMEDIES, RemedyKey, WhyNot

if TYPE_CHECKING:
    from samebox_agent.desktop.remedies import Doing, Laptop

log = logging.getLogger(__name__)

RemedyCommand = c.LookForRemedy | c.RunRemedy


class RemedyHands:
    """One remedy at a time; a recorded machine runs none. Belongs to the engine's thread."""

    def __init__(
        self,
        spawn: Callable[[Coroutine[Any, Any, None]], None],
        tell: Callable[[AgentEvent], None],
        *,
        recorded: bool,
        home: Path | None = None,
        data: Path | None = None,
    ) -> None:
        self._spawn = spawn
        self._tell = tell
        self._recorded = recorded
        self._home = home
        self._network_off = None if data is None else data / "network-off"
        self._busy = False

    def offered(self, system: System) -> frozenset[RemedyKey]:
        """Those that get a button; a recorded machine shows all that its system has."""
        from samebox_agent.desktop.remedies import offered, on_system

        return on_system(system) if self._recorded else offered(self._laptop())

    def mend(self) -> None:
        """At the start: what a remedy that was killed left undone."""
        if not self._recorded and self._network_off is not None and self._network_off.exists():
            self._spawn(asyncio.to_thread(self._turn_back_on))

    def _turn_back_on(self) -> None:
        from samebox_agent.desktop.remedies import turn_back_on
        from samebox_agent.desktop.remedies_limits import CannotDo

        try:
            turn_back_on(self._laptop())
        except CannotDo as trouble:
            log.warning("the network may still be off: %s", trouble)
        else:
            log.info("the network was turned on again after a remedy that was killed")

    def carry_out(self, command: RemedyCommand) -> None:
        """Start the work; an event answers, at once when it cannot begin."""
        if self._recorded:
            self._tell(RemedyFailed(command.number, WhyNot.RECORDED))
        elif self._busy:
            self._tell(RemedyFailed(command.number, WhyNot.STILL_BUSY))
        else:
            self._busy = True
            self._spawn(self._work(command))

    async def _work(self, command: RemedyCommand) -> None:
        try:
            event = await _in_a_thread(lambda: self._attempt(command), command)
        finally:
            self._busy = False
        self._tell(event)

    def _attempt(self, command: RemedyCommand) -> RemedyEvent:
        """In the thread. Nothing of what was found is logged but numbers."""
        from samebox_agent.desktop.remedies import doing
        from samebox_agent.desktop.remedies_limits import CannotDo

        began = time.monotonic()
        try:
            event = _carried_out(doing(command.key, self._laptop()), command)
        except CannotDo as trouble:
            log.warning("remedy %s: %s: %s", command.key, trouble.why, trouble)
            return RemedyFailed(command.number, trouble.why, trouble.done)
        except Exception as error:
            log.warning("remedy %s: %s", command.key, type(error).__name__)
            return RemedyFailed(command.number, WhyNot.BROKEN)
        if isinstance(event, RemedyDone):
            log.info(
                "remedy %s: %s; %d items, %d bytes, %.1f s",
                command.key,
                REMEDIES[command.key].logged,
                event.found.items,
                event.found.size,
                time.monotonic() - began,
            )
        return event

    def _laptop(self) -> "Laptop":
        from samebox_agent.collectors.roster import running_system
        from samebox_agent.desktop.remedies import Laptop

        return Laptop(
            running_system(),
            self._home or Path.home(),
            data_home=os.environ.get("XDG_DATA_HOME", ""),
            cache_home=os.environ.get("XDG_CACHE_HOME", ""),
            network_off=self._network_off,
        )


def _carried_out(found: "Doing | None", command: RemedyCommand) -> RemedyEvent:
    from samebox_agent.desktop.remedies_limits import CannotDo, Deadline

    if found is None:
        raise CannotDo(WhyNot.NOT_HERE)
    deadline = Deadline(REMEDIES[command.key].seconds)
    match command:
        case c.LookForRemedy(number=number):
            return RemedyLooked(number, found.look(deadline))
        case c.RunRemedy(number=number):
            return RemedyDone(number, found.do(deadline))


async def _in_a_thread(work: Callable[[], RemedyEvent], command: RemedyCommand) -> RemedyEvent:
    """Not among the workers, which a disk that hangs would hold up. What was begun is finished
    before the program ends, so that no network stays turned off; a look is not waited for."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[RemedyEvent] = loop.create_future()

    def hand_over(event: RemedyEvent) -> None:
        if not answer.done():
            answer.set_result(event)

    def run() -> None:
        event = work()
        with contextlib.suppress(RuntimeError):  # the engine ended meanwhile
            loop.call_soon_threadsafe(hand_over, event)

    only_looks = isinstance(command, c.LookForRemedy)
    threading.Thread(target=run, name="remedy", daemon=only_looks).start()
    return await answer
