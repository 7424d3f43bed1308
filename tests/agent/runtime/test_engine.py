"""The engine with a disk and no server: it shows, it remembers, it ends."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from samebox_agent.collectors.recorded import load
from samebox_agent.core import commands as c
from samebox_agent.core import intents
from samebox_agent.core.events import AgentEvent
from samebox_agent.presenters.views import JoinView, Screens, SettingsView, TrayNotice
from samebox_agent.runtime.engine import Engine, Options, Outputs
from samebox_agent.runtime.memory import open_memory
from samebox_agent.runtime.wire import SERVICE
from samebox_agent.storage.paths import Paths, choose_paths
from samebox_agent.storage.token_store import NoKeyStore, TokenStore
from samebox_agent.storage.trouble import StorageTrouble
from samebox_shared.model.facts import FactKind

from tests.support.builders import ana_here
from tests.support.fakes import Later, Told

MACHINE = Path(__file__).parents[2] / "machines" / "thinkpad-t14-gen3-windows11-full-disk.json"
PATIENCE = 20.0
"""Seconds until a test gives up; reached only when it fails."""


class Seen:
    """What the engine showed, copied and ended, for a test on another thread to wait for."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._screens: list[Screens] = []
        self.copied: list[str] = []
        self.notices: list[TrayNotice] = []
        self.left = threading.Event()

    def outputs(self) -> Outputs:
        return Outputs(self._show, self.copied.append, self.left.set, self.notices.append)

    def until(self, holds: Callable[[Screens], bool]) -> Screens:
        """The newest screens, once they are so."""
        with self._changed:
            shown = self._changed.wait_for(
                lambda: bool(self._screens) and holds(self._screens[-1]), PATIENCE
            )
            assert shown, self._screens[-1:]
            return self._screens[-1]

    def _show(self, screens: Screens) -> None:
        with self._changed:
            self._screens.append(screens)
            self._changed.notify_all()


class Run:
    """One run of the program, from start to end."""

    def __init__(self, paths: Paths, *events: AgentEvent) -> None:
        self.seen = Seen()
        options = Options(paths, load(MACHINE), allow_http=True, show_window=True)
        self.engine = Engine(options, self.seen.outputs())
        self._events = events

    def __enter__(self) -> "Run":
        self.engine.start()
        for event in self._events:
            self.engine.submit(event)
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.stop(PATIENCE)


@pytest.fixture
def paths(tmp_path: Path) -> Iterator[Paths]:
    yield choose_paths(tmp_path)
    ours = logging.getLogger("samebox_agent")
    for handler in tuple(ours.handlers):
        ours.removeHandler(handler)
        handler.close()


def invite_is(text: str) -> Callable[[Screens], bool]:
    return lambda screens: (
        isinstance(screens.main.page, JoinView) and screens.main.page.invite == text
    )


def test_a_first_start_shows_the_way_in(paths: Paths) -> None:
    with Run(paths) as run:
        screens = run.seen.until(invite_is(""))
        assert screens.main.open


def test_what_is_typed_outlives_the_program(paths: Paths) -> None:
    with Run(paths, intents.TypeInvite("https://half")) as run:
        run.seen.until(invite_is("https://half"))
    with Run(paths) as again:
        again.seen.until(invite_is("https://half"))


def test_facts_are_read_and_shown_without_any_server(paths: Paths) -> None:
    with Run(paths, intents.GoTo(intents.Page.SETTINGS)) as run:
        screens = run.seen.until(
            lambda screens: (
                isinstance(screens.main.page, SettingsView)
                and "This laptop: ThinkPad T14 Gen 3, Windows 11" in screens.main.page.about
            )
        )
        assert isinstance(screens.main.page, SettingsView)
        assert any("facts read in" in line for line in screens.main.page.about)


def test_a_joined_laptop_without_its_server_is_offline_and_keeps_a_question(paths: Paths) -> None:
    server = "http://127.0.0.1:9"
    memory = open_memory(paths, Later(), Told())
    memory.carry_out(c.KeepMe(ana_here()))
    memory.carry_out(c.KeepSetting(c.Remembered.SERVER, server))
    memory.carry_out(c.KeepSetting(c.Remembered.SHARING_AGREED, "yes"))
    memory.close()
    TokenStore(paths.token, find=lambda: NoKeyStore("none")).save(SERVICE, server, "k" * 43)
    ask = (intents.StartAsking(), intents.TypeAsk("My disk is full"), intents.SendQuestion())
    with Run(paths, *ask) as run:
        run.seen.until(
            lambda screens: (
                [view.state.title for view in screens.sessions]
                == ["You are offline; your question is kept"]
            )
        )
    with Run(paths, intents.GoTo(intents.Page.HELP)) as again:
        again.seen.until(
            lambda screens: any("My disk is full" in i.label for i in screens.tray.menu)
        )


def test_the_clipboard_and_the_end_are_handed_on(paths: Paths) -> None:
    with Run(paths, intents.CopyText("https://x"), intents.Quit()) as run:
        assert run.seen.left.wait(PATIENCE)
        assert run.seen.copied == ["https://x"]
    run.engine.submit(intents.OpenHelp())
    run.engine.stop()


def test_a_disk_on_which_nothing_can_be_kept_is_said_at_the_start(paths: Paths) -> None:
    paths.database.mkdir()
    with pytest.raises(StorageTrouble):
        Run(paths).engine.start()


class Echoing(Engine):
    """Wants something copied while it carries out the first of many commands."""

    def __init__(self, options: Options, outputs: Outputs) -> None:
        super().__init__(options, outputs)
        self.carried: list[str] = []

    def _carry_out(self, command: c.AnyCommand) -> None:
        self.carried.append(type(command).__name__)
        if command == c.KeepSharing(FactKind.DEVICE_TYPE, True):
            self._handle(intents.CopyText("https://x"))
        super()._carry_out(command)


def test_what_a_command_brings_about_waits_for_the_commands_beside_it(paths: Paths) -> None:
    seen = Seen()
    engine = Echoing(Options(paths, load(MACHINE)), seen.outputs())
    engine.start()
    for intent in (intents.FinishSharing(), intents.Quit()):
        engine.submit(intent)
    assert seen.left.wait(PATIENCE)
    engine.stop(PATIENCE)
    assert engine.carried.index("CopyToClipboard") > engine.carried.index("KeepAct")


class Restless(Engine):
    """The end of one piece of its work begins another, as a connection that ends is tried again."""

    def _begin(self) -> None:
        super()._begin()
        self._spawn(self._wait(again=True))

    async def _wait(self, *, again: bool) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            if again:
                self._spawn(self._wait(again=False))


def test_work_that_begins_while_the_engine_ends_is_ended_too(paths: Paths) -> None:
    engine = Restless(Options(paths, load(MACHINE)), Seen().outputs())
    engine.start()
    engine.stop(PATIENCE)
    assert not engine._tasks
