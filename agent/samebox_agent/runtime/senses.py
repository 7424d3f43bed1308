"""What the core wants from the laptop itself: facts, settings pages, start at login, remedies."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from samebox_shared.model.devices import System

from samebox_agent.core import commands as c
from samebox_agent.core.events import (
    AgentEvent,
    AutostartSet,
    AvailabilityChanged,
    FactsRead,
    SettingsPageFailed,
)
from samebox_agent.core.facts import by_name
from samebox_agent.core.remedy_list import RemedyKey
from samebox_agent.runtime.remedies import RemedyCommand, RemedyHands

if TYPE_CHECKING:
    from samebox_agent.collectors.recorded import RecordedMachine
    from samebox_agent.collectors.runner import Reading, Runner
    from samebox_agent.desktop.autostart import Autostart

log = logging.getLogger(__name__)

ICON = Path(__file__).parents[1] / "desktop" / "samebox.svg"

SETTLED_SECONDS = 2.0
"""After this long the start is over."""

Spawn = Callable[[Coroutine[Any, Any, None]], None]
Tell = Callable[[AgentEvent], None]
Notify = Callable[[], None]
SenseCommand = c.ReadFacts | c.OpenSystemSettings | c.SwitchAutostart | RemedyCommand


@dataclass(frozen=True, slots=True)
class Here:
    """The system this agent takes itself to run on; a recorded machine has its own."""

    system: System
    desktop: str
    recorded: bool


class Senses:
    """Collectors and desktop, each in a worker thread. Belongs to the engine's thread."""

    def __init__(
        self,
        machine: "RecordedMachine | None",
        spawn: Spawn,
        tell: Tell,
        data: Path | None = None,
    ) -> None:
        self._machine = machine
        self._spawn = spawn
        self._tell = tell
        self._runner: Runner | None = None
        self._runner_host: str | None = None
        self._remedies = RemedyHands(spawn, tell, recorded=machine is not None, data=data)

    def carry_out(self, command: SenseCommand, *, server: str) -> None:
        """Start the work; an event answers."""
        match command:
            case c.ReadFacts():
                self._spawn(self._read(command, urlsplit(server).hostname))
            case c.OpenSystemSettings(key=key):
                self._spawn(self._open(key))
            case c.SwitchAutostart(on=on):
                self._spawn(self._autostart(on))
            case c.LookForRemedy() | c.RunRemedy():
                self._remedies.carry_out(command)

    def look_at_autostart(self) -> None:
        """Tell whether Samebox starts at login; read once, after the tray is there."""
        self._spawn(self._autostart(None))

    def watch_availability(self) -> None:
        """Tell when the person locks the laptop or it goes to sleep; a recorded one never does."""
        if self._machine is None:
            self._spawn(self._watch_availability())

    def write_launcher(self) -> None:
        """Put Samebox into the list of programs, for desktops that show no tray icon (Linux)."""
        if sys.platform == "linux":
            self._spawn(self._launcher())

    def notify(self, title: str, text: str, click: AgentEvent, otherwise: Notify) -> None:
        """Show a notice by the desktop's own service; without one, or elsewhere, `otherwise`."""
        self._spawn(self._notify(title, text, click, otherwise))

    async def _notify(self, title: str, text: str, click: AgentEvent, otherwise: Notify) -> None:
        if sys.platform == "linux":
            from samebox_agent.desktop.notices_linux import show

            if await show(title, text, lambda: self._tell(click)):
                return
        otherwise()

    def mend(self) -> None:
        """Turn on again what a remedy had off when the program was killed."""
        self._remedies.mend()

    def openable(self) -> frozenset[str]:
        """The settings pages that exist here; other steps show no button."""
        from samebox_agent.desktop.deeplinks import openable

        here = self._here()
        return openable(here.system, here.desktop)

    def offered(self) -> frozenset[RemedyKey]:
        """The remedies that this laptop has; other steps show no button."""
        return self._remedies.offered(self._here().system)

    async def _watch_availability(self) -> None:
        await asyncio.sleep(SETTLED_SECONDS)  # not among what the icon and the first look need
        from samebox_agent.collectors.roster import running_system
        from samebox_agent.desktop.availability import availability_for

        watch = availability_for(running_system())
        await watch.watch(lambda away: self._tell(AvailabilityChanged(away)))

    async def _read(self, command: c.ReadFacts, host: str | None) -> None:
        reading = await asyncio.to_thread(self._collect, command, host)
        for trouble in reading.troubles:
            log.warning("collector %s: %s", trouble.collector, trouble.what)
        failed = tuple(dict.fromkeys(trouble.collector for trouble in reading.troubles))
        facts, kinds = reading.facts, command.kinds
        self._tell(FactsRead(facts, reading.seconds, failed, reading.costs, kinds))

    def _collect(self, command: c.ReadFacts, host: str | None) -> "Reading":
        from samebox_agent.collectors import recorded, runner

        if self._machine is not None:
            self._machine = recorded.again(self._machine)
            return runner.collect(command.kinds, machine=self._machine)
        if self._runner is None or host != self._runner_host:
            from samebox_agent.collectors.battery import runs_on_battery
            from samebox_agent.collectors.roster import collectors_for, running_system

            system = running_system()
            self._runner = runner.Runner(
                collectors_for(system, host), on_battery=lambda: runs_on_battery(system)
            )
            self._runner_host = host
        return self._runner.collect(command.kinds, asked=command.asked)

    async def _open(self, key: str) -> None:
        from samebox_agent.desktop.deeplinks import open_settings

        here = self._here()
        if here.recorded:
            self._tell(SettingsPageFailed(key))
            return
        failed = await asyncio.to_thread(open_settings, key, here.system, here.desktop)
        if failed is not None:
            self._tell(SettingsPageFailed(key))

    async def _autostart(self, on: bool | None) -> None:
        self._tell(AutostartSet(await asyncio.to_thread(self._switch, on)))

    def _switch(self, on: bool | None) -> bool:
        autostart = _autostart_here()
        try:
            if on is not None:
                (autostart.turn_on if on else autostart.turn_off)()
            return autostart.is_on()
        except OSError as error:
            log.warning("start at login: %s", error)
            return False

    async def _launcher(self) -> None:
        await asyncio.to_thread(_write_launcher)

    def _here(self) -> Here:
        from samebox_agent.collectors.roster import running_system

        if self._machine is None:
            return Here(running_system(), os.environ.get("XDG_CURRENT_DESKTOP", ""), False)
        facts = by_name(self._machine.facts)
        platform = facts.get("os_version.platform", System.LINUX)
        return Here(System(str(platform)), str(facts.get("desktop.environment", "")), True)


def _write_launcher() -> None:
    from samebox_agent.desktop.launcher import Launcher, data_home

    launcher = Launcher(data_home(Path.home(), os.environ), (*own_command(), "--show"))
    try:
        if not launcher.is_written():
            launcher.write(ICON)
    except OSError as error:
        log.warning("no entry in the list of programs: %s", error)


def _autostart_here() -> "Autostart":
    from samebox_agent.collectors.roster import running_system
    from samebox_agent.desktop.autostart import autostart_for

    return autostart_for(running_system(), own_command(), Path.home(), os.environ)


def own_command() -> tuple[str, ...]:
    """How this very program is started again, quietly."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "samebox_agent")
