"""Stands in for the runtime: shows screens, and writes down what the person wanted."""

import gc
from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from samebox_agent.core.intents import Intent
from samebox_agent.presenters.views import Screens
from samebox_agent.ui.bridge import Bridge
from samebox_agent.ui.shell import Shell
from samebox_agent.ui.stage import parts, windows
from samebox_agent.ui.tray import Tray

W = TypeVar("W", bound=QWidget)


class Company:
    """A shell on the offscreen screen."""

    def __init__(self, app: QApplication) -> None:
        self.intents: list[Intent] = []
        self.bridge = Bridge(self.intents.append)
        self.shell = Shell(app, self.bridge, Tray(self.bridge.send, patience=None))
        self._app = app

    def show(self, screens: Screens) -> None:
        """Draw, and let Qt lay everything out."""
        self.shell.draw(screens)
        self.settle()

    def settle(self) -> None:
        """Let Qt finish what it put off, deletions included."""
        for _ in range(5):
            self._app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._app.processEvents()

    def window(self, title: str) -> QWidget:
        """The visible window whose title holds these words."""
        return next(window for window in windows() if title in window.windowTitle())

    def all_of(self, kind: type[W], title: str = "") -> Iterator[W]:
        """The visible widgets of a kind in the windows so titled."""
        for window in windows():
            if title in window.windowTitle():
                yield from (part for part in parts(window) if isinstance(part, kind))

    def named(self, kind: type[W], name: str, title: str = "") -> W:
        """The visible widget of a kind with this accessible name."""
        return next(w for w in self.all_of(kind, title) if w.accessibleName() == name)

    def leave(self) -> None:
        """Take everything down, so that the next test starts with nothing."""
        self.shell.close_windows()
        self.settle()
        self.shell.deleteLater()
        self.settle()
        gc.collect()
