"""Builds everything by hand and wires it. No logic.

The tray comes first; the engine is imported and started in its own thread after that, so that the
icon is there in about the time Qt itself takes.
"""

import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from samebox_agent.core.events import AgentEvent
from samebox_agent.core.intents import OpenHelp
from samebox_agent.desktop.single_instance import SingleInstance
from samebox_agent.presenters import tray
from samebox_agent.storage.paths import Paths, choose_paths
from samebox_agent.storage.trouble import StorageTrouble
from samebox_agent.ui.bridge import Bridge
from samebox_agent.ui.shell import Shell, make_application

if TYPE_CHECKING:
    from samebox_agent.collectors.recorded import RecordedMachine
    from samebox_agent.runtime.engine import Engine

CANNOT_START = 1


class EngineStarter(QObject):
    """Imports and starts the engine off the UI thread; keeps what a person wants until then."""

    failed = Signal(str, str)
    """The engine could not start: a title and a sentence."""

    def __init__(self, make: Callable[[], "Engine"]) -> None:
        super().__init__()
        self._make = make
        self._engine: Engine | None = None
        self._early: list[AgentEvent] = []
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin in the background."""
        threading.Thread(target=self._start, name="starter", daemon=True).start()

    def submit(self, event: AgentEvent) -> None:
        """Hand an event to the engine, now or as soon as it is there."""
        with self._lock:
            if self._engine is None:
                self._early.append(event)
            else:
                self._engine.submit(event)

    def stop(self) -> None:
        """End the engine if it ever began."""
        if self._engine is not None:
            self._engine.stop()

    def _start(self) -> None:
        engine = self._make()
        try:
            engine.start()
        except StorageTrouble as trouble:
            self.failed.emit(trouble.title, f"{trouble.what} {trouble.kept} {trouble.next}")
            return
        with self._lock:
            self._engine = engine
            for event in self._early:
                engine.submit(event)


@dataclass(frozen=True, slots=True)
class Start:
    """What the command line asked for."""

    home: Path | None
    machine: "RecordedMachine | None"
    allow_http: bool
    show: bool
    rehearse: bool


def run(start: Start) -> int:
    """Run until the person quits; the exit code."""
    try:
        paths = choose_paths(start.home)
    except StorageTrouble as trouble:
        sys.stderr.write(f"samebox: {trouble.what} {trouble.next}\n")
        return CANNOT_START
    application = make_application(sys.argv[:1])
    instance = SingleInstance(paths.lock)
    bridge: Bridge
    starter = EngineStarter(lambda: _make_engine(paths, start, bridge))
    bridge = Bridge(starter.submit)
    if not instance.acquire(lambda: starter.submit(OpenHelp())):
        return _second_copy(instance)
    shell = Shell(application, bridge)
    shell.tray.draw(tray.starting())
    starter.failed.connect(lambda title, text: _give_up(application, title, text))
    quit_on_signals(application)
    if start.rehearse:
        from samebox_agent.ui.rehearsal import rehearse

        rehearse(shell).setParent(shell)
    starter.start()
    code = application.exec()
    starter.stop()
    return code


def _make_engine(paths: Paths, start: Start, bridge: Bridge) -> "Engine":
    from samebox_agent.runtime.engine import Engine, Options, Outputs

    return Engine(
        Options(
            paths,
            start.machine,
            start.allow_http,
            show_window=start.show,
            launcher=start.home is None,
        ),
        Outputs(bridge.screens.emit, bridge.copy.emit, bridge.stop.emit),
    )


def _second_copy(instance: SingleInstance) -> int:
    if instance.hand_over():
        return 0
    sys.stderr.write(
        "samebox: it is running already but does not answer. Wait a moment and start it again.\n"
    )
    return CANNOT_START


def _give_up(application: QApplication, title: str, text: str) -> None:
    QMessageBox.critical(None, title, text)
    application.exit(CANNOT_START)


def quit_on_signals(application: QApplication) -> None:
    """End cleanly on Ctrl-C and on SIGTERM, without a timer that keeps the laptop awake.

    Python runs signal handlers only between bytecodes; a byte on a socket pair wakes Qt for it.
    """
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno())
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, application)
    notifier.activated.connect(lambda: ours.recv(64))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: application.exit(0))
    application.destroyed.connect(lambda: theirs.close())
