"""The engine's thread: takes events, steps the core, carries out commands, tells the screens."""

import asyncio
import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from samebox_agent import __version__
from samebox_agent.core import commands as c
from samebox_agent.core.events import AgentEvent, Moment, TimerFired
from samebox_agent.core.fixes import device_type
from samebox_agent.core.intents import OpenHelp
from samebox_agent.core.state import AgentState
from samebox_agent.core.update import update
from samebox_agent.desktop import hand_over, heap
from samebox_agent.presenters import screens
from samebox_agent.presenters.views import Screens, TrayNotice
from samebox_agent.runtime import journal
from samebox_agent.runtime.matching import Matching, command_of
from samebox_agent.runtime.memory import Memory, open_memory
from samebox_agent.runtime.senses import Senses, own_command
from samebox_agent.runtime.wire import Wire
from samebox_agent.storage.key_process import KeyProcess
from samebox_agent.storage.paths import Paths

if TYPE_CHECKING:
    from samebox_agent.collectors.recorded import RecordedMachine

log = logging.getLogger(__name__)

CLOSED_SECONDS = 0.5
"""The same so long after the last window was closed."""
WORKERS = 3
"""Facts, the key store and a request at the same time; more only wait."""
SETTLED_SECONDS = 5.0
"""After this long the start is over, and what it no longer needs is given back."""


@dataclass(frozen=True, slots=True)
class Options:
    """How this run of the agent was started. `launcher`: also be in the list of programs."""

    paths: Paths
    machine: "RecordedMachine | None" = None
    allow_http: bool = False
    show_window: bool = False
    launcher: bool = False


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the engine's answers go; each is called on the engine's thread and must not block."""

    on_screens: Callable[[Screens], None]
    on_copy: Callable[[str], None]
    on_leave: Callable[[], None]
    on_notice: Callable[[TrayNotice], None]
    """Where the desktop has no service of its own for it."""


class Engine:
    """Runs the core in its own thread. `submit` may be called from any thread."""

    def __init__(self, options: Options, outputs: Outputs) -> None:
        self._options = options
        self._outputs = outputs
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._state = AgentState()
        self._shown: Screens | None = None
        self._showing = False
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._events: deque[AgentEvent] = deque()
        self._stepping = False
        self._copies: asyncio.Server | None = None
        self._workers = ThreadPoolExecutor(WORKERS, "worker")
        self._loop.set_default_executor(self._workers)
        self._begun = threading.Event()
        self._cannot_begin: Exception | None = None
        self._memory: Memory
        self._wire: Wire
        self._senses: Senses
        self._matching: Matching

    def start(self) -> None:
        """Begin; the first screens follow as soon as the disk was read.

        Raises StorageTrouble when nothing can be kept on this disk at all.
        """
        self._thread.start()
        self._begun.wait()
        if self._cannot_begin is not None:
            raise self._cannot_begin

    def submit(self, event: AgentEvent) -> None:
        """Hand over an event; returns at once. After the end of the engine it does nothing."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._handle, event)

    def stop(self, seconds: float = 3.0) -> None:
        """Write what is pending, say goodbye to the server, and end the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(seconds)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        begun = journal.begin(self._options.paths.log)
        try:
            self._begin()
        except Exception as error:  # whoever starts the engine is told
            self._cannot_begin = error
        finally:
            self._begun.set()
        try:
            if self._cannot_begin is None:
                self._loop.run_forever()
                self._loop.run_until_complete(self._finish())
        finally:
            self._loop.close()
            journal.end(begun)

    def _begin(self) -> None:
        options = self._options
        self._memory = open_memory(options.paths, self._loop.call_later, self._handle)
        tokens = KeyProcess((*own_command(), "--keys"), options.paths.token)
        self._wire = Wire(
            self._memory, tokens, self._spawn, self._handle, allow_http=options.allow_http
        )
        self._senses = Senses(options.machine, self._spawn, self._handle, options.paths.data)
        self._matching = Matching(
            command_of(own_command(), options.paths.matching),
            self._spawn,
            self._handle,
            self._loop.call_later,
        )
        started = self._memory.started(
            show_window=options.show_window,
            openable=self._senses.openable(),
            offered=self._senses.offered(),
        )
        self._handle(started)
        self._spawn(self._listen_for_copies())
        self._senses.mend()
        self._senses.look_at_autostart()
        self._senses.watch_availability()
        if self._options.launcher:
            self._senses.write_launcher()
        self._loop.call_later(SETTLED_SECONDS, self._settle)

    def _settle(self) -> None:
        """Give back what only the start needed: pages, workers, freed memory."""
        self._memory.shrink()
        self._renew_workers()
        heap.give_back()

    def _renew_workers(self) -> None:
        """Threads for what may block are made on need; those that are idle end."""
        workers, self._workers = self._workers, ThreadPoolExecutor(WORKERS, "worker")
        self._loop.set_default_executor(self._workers)
        workers.shutdown(wait=False)

    async def _listen_for_copies(self) -> None:
        """Another start of Samebox brings this one to the front."""
        try:
            self._copies = await hand_over.listen(
                self._options.paths.hand_over, lambda: self._handle(OpenHelp())
            )
        except OSError as error:
            log.warning("a second start will not be heard: %s", error)

    async def _finish(self) -> None:
        for handle in self._timers.values():
            handle.cancel()  # nothing may begin any more
        self._matching.end()
        await self._wire.goodbye()
        while self._tasks:  # the end of one can begin another: it connects again
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._copies is not None:
            self._copies.close()
        self._memory.close()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Start slow work; a bug in it ends up in the log, not in silence."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(_log_bug)

    def _handle(self, event: AgentEvent) -> None:
        """An event that a command brings about waits until the commands before it are done."""
        self._events.append(event)
        if self._stepping:
            return
        self._stepping = True
        try:
            while self._events:
                self._step(self._events.popleft())
        finally:
            self._stepping = False

    def _step(self, event: AgentEvent) -> None:
        now = time.time()
        offset = float(time.localtime(now).tm_gmtoff)
        moment = Moment(now, time.monotonic(), secrets.token_hex(16), offset)
        before = self._state
        self._state, todo = update(before, event, moment)
        for command in todo:
            self._carry_out(command)
        if self._state is not before and not self._showing:
            self._showing = True
            self._loop.call_soon(self._show)

    def _show(self) -> None:
        """Once for a burst of events; equal screens are not sent again."""
        self._showing = False
        zone = datetime.now().astimezone().tzinfo
        if zone is None:
            raise AssertionError("a local time always has a zone")
        shown = screens.present(self._state, time.time(), zone, __version__)
        if shown == self._shown:
            return
        if self._shown is not None and _has_windows(self._shown) and not _has_windows(shown):
            self._loop.call_later(CLOSED_SECONDS, self._settle)
        if shown.main.open and not (self._shown is not None and self._shown.main.open):
            self._prepare_matching()
        self._notify(self._shown, shown)
        self._shown = shown
        self._outputs.on_screens(shown)

    def _prepare_matching(self) -> None:
        """Not where nothing was ever typed: encoding everything can wait for the first key."""
        if self._options.paths.matching.exists():
            self._matching.prepare(self._state.fixes.articles)

    def _notify(self, before: Screens | None, shown: Screens) -> None:
        """Each notice once; its words may follow the facts."""
        old, new = before.tray.notice if before else None, shown.tray.notice
        if new is not None and (old is None or old.number != new.number):
            tray = self._outputs.on_notice
            self._senses.notify(new.title, new.text, new.intent, lambda: tray(new))

    def _carry_out(self, command: c.AnyCommand) -> None:
        match command:
            case c.StartTimer(name=name, seconds=seconds):
                self._stop_timer(name)
                self._timers[name] = self._loop.call_later(seconds, self._fire, name)
            case c.StopTimer(name=name):
                self._stop_timer(name)
            case c.CopyToClipboard(text=text):
                self._outputs.on_copy(text)
            case c.Leave():
                self._outputs.on_leave()
            case c.ReadFacts() | c.OpenSystemSettings() | c.SwitchAutostart():
                self._senses.carry_out(command, server=self._state.server)
            case c.LookForRemedy() | c.RunRemedy():
                self._senses.carry_out(command, server=self._state.server)
            case c.Connect() | c.Disconnect() | c.SendAct() | c.SendTyping() | c.SendAway():
                self._wire.carry_out(command)
            case c.SearchArticles(text=text):
                self._memory.carry_out(command)  # words at once, meaning when it is there
                self._matching.search(text, self._state.fixes.articles, device_type(self._state))
            case (
                c.JoinServer()
                | c.FetchArticles()
                | c.FetchBoard()
                | c.MakeInviteFor()
                | c.OpenPortalAt()
            ):
                self._wire.ask(command)
            case _:
                self._memory.carry_out(command)

    def _fire(self, name: str) -> None:
        self._timers.pop(name, None)
        self._handle(TimerFired(name))

    def _stop_timer(self, name: str) -> None:
        handle = self._timers.pop(name, None)
        if handle is not None:
            handle.cancel()


def _has_windows(screens: Screens) -> bool:
    return screens.main.open or bool(screens.sessions or screens.offers)


def _log_bug(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("work failed", exc_info=error)
