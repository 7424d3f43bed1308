"""Builds everything by hand and wires it. No logic.

The tray comes first, with the little it needs. All the rest is imported in a thread after that:
the shell, which is then made on the UI thread, and the engine, which runs in a thread of its own.
So the icon is there in about the time Qt itself takes (benchmarks/warm_start.py).
"""

import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal
from PySide6.QtWidgets import QApplication

from samebox_agent.desktop.single_instance import SingleInstance
from samebox_agent.presenters.tray_view import starting
from samebox_agent.storage.paths import Paths, choose_paths
from samebox_agent.storage.trouble import StorageTrouble
from samebox_agent.ui.bridge import Bridge
from samebox_agent.ui.tray import Tray

if TYPE_CHECKING:
    from samebox_agent.collectors.recorded import RecordedMachine
    from samebox_agent.core.events import AgentEvent
    from samebox_agent.runtime.engine import Engine
    from samebox_agent.ui.shell import Shell

CANNOT_START = 1
ICON_FIRST_MILLISECONDS = 30
"""A panel takes about this long to take an icon in; imports in another thread would slow that."""


class EngineStarter(QObject):
    """Imports the program and starts the engine off the UI thread; keeps what a person wants
    until then."""

    loaded = Signal()
    """Everything is imported; the shell can be made, and then the engine started."""
    failed = Signal(str, str)
    """The engine could not start: a title and a sentence."""

    def __init__(self, make: Callable[[], "Engine"]) -> None:
        super().__init__()
        self._make = make
        self._engine: Engine | None = None
        self._early: list[AgentEvent] = []
        self._lock = threading.Lock()

    def load(self) -> None:
        """Import in the background."""
        from samebox_agent.desktop import heap

        heap.one_arena()
        threading.Thread(target=self._load, name="loader", daemon=True).start()

    def start(self) -> None:
        """Start the engine in the background; its screens go to a shell that must be there."""
        threading.Thread(target=self._start, name="starter", daemon=True).start()

    def submit(self, event: "AgentEvent") -> None:
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

    def _load(self) -> None:
        try:
            import samebox_agent.runtime.engine
            import samebox_agent.ui.shell  # noqa: F401 - only to have them in memory
        except Exception as error:
            self._tell_bug(error)
            return
        self.loaded.emit()

    def _start(self) -> None:
        engine = self._make()
        try:
            engine.start()
        except StorageTrouble as trouble:
            self.failed.emit(trouble.title, f"{trouble.what} {trouble.kept} {trouble.next}")
            return
        except Exception as error:
            self._tell_bug(error)
            return
        with self._lock:
            self._engine = engine
            for event in self._early:
                engine.submit(event)

    def _tell_bug(self, error: Exception) -> None:
        """An icon that does nothing would be worse than none: say so, and end."""
        traceback.print_exception(error)
        sentence = "Nothing of yours is lost. Install it again; if that does not help, tell IT."
        self.failed.emit("Samebox could not start", f"{type(error).__name__}: {error}\n{sentence}")


class Start(NamedTuple):
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
    if not instance.acquire():
        return _second_copy(paths)
    bridge: Bridge
    starter = EngineStarter(lambda: _make_engine(paths, start, bridge))
    bridge = Bridge(starter.submit)
    tray = Tray(bridge.send)
    tray.draw(starting())
    quit_on_signals(application)
    shells: list[Shell] = []

    def go_on() -> None:
        shells.append(_make_shell(application, bridge, tray, rehearse=start.rehearse))
        starter.start()

    starter.failed.connect(lambda title, text: _give_up(application, title, text))
    starter.loaded.connect(go_on)
    QTimer.singleShot(ICON_FIRST_MILLISECONDS, starter.load)
    code = application.exec()
    starter.stop()
    return code


def make_application(arguments: list[str]) -> QApplication:
    """The Qt application as Samebox needs it: it lives in the tray, without a window."""
    app = QApplication(arguments)
    app.setApplicationName("samebox")
    app.setApplicationDisplayName("Samebox")
    app.setDesktopFileName("samebox")
    app.setQuitOnLastWindowClosed(False)
    return app


def _make_shell(
    application: QApplication, bridge: Bridge, tray: Tray, *, rehearse: bool
) -> "Shell":
    from samebox_agent.ui.shell import Shell

    shell = Shell(application, bridge, tray)
    if rehearse:
        from samebox_agent.ui import rehearsal

        rehearsal.rehearse(shell).setParent(shell)
    return shell


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
        Outputs(bridge.screens.emit, bridge.copy.emit, bridge.stop.emit, bridge.notice.emit),
    )


def _second_copy(paths: Paths) -> int:
    from samebox_agent.desktop import hand_over

    if hand_over.call(paths.hand_over):
        return 0
    sys.stderr.write(
        "samebox: it is running already but does not answer. Wait a moment and start it again.\n"
    )
    return CANNOT_START


def _give_up(application: QApplication, title: str, text: str) -> None:
    from PySide6.QtWidgets import QMessageBox

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
