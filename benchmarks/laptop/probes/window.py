"""`samebox`, telling when a window of it is painted: one JSON line each, on standard error.

Run as a script by the agent's own Python; the options are those of `samebox`. SIGUSR1 clicks the
tray icon from inside, SIGUSR2 closes every window as a person would. Times are of the monotonic
clock, which all processes of a machine share.
"""

import json
import signal
import sys
import time

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

Original = QtWidgets.QSystemTrayIcon
TRIGGER = Original.ActivationReason.Trigger
LOOKS = 15


def tell(**said: object) -> None:
    """One line."""
    sys.stderr.write(json.dumps(said) + "\n")
    sys.stderr.flush()


class PaintWatch(QObject):
    """Sees a window's first painting after it was shown; tells once it is on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.clicked_at = 0.0
        self.events = 0
        self._shown: set[QWidget] = set()

    def click(self) -> None:
        """A click arrived."""
        self.clicked_at = time.monotonic()
        self.events = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.events += 1
        kind = event.type()
        if kind not in (QEvent.Type.Show, QEvent.Type.Paint):
            return False
        if isinstance(watched, QWidget) and watched.isWindow() and watched.windowTitle():
            self._window(watched, kind)
        return False

    def _window(self, window: QWidget, kind: QEvent.Type) -> None:
        if kind is QEvent.Type.Show:
            self._shown.add(window)
        elif window in self._shown:
            self._shown.discard(window)
            # The whole window is painted and handed to the screen before the next timer.
            QTimer.singleShot(0, lambda: self._tell(window.windowTitle()))

    def _tell(self, title: str) -> None:
        now = time.monotonic()
        tell(painted=title, at=now, after_click=(now - self.clicked_at) * 1000, seen=self.events)


class WatchedIcon(Original):
    """Notes when it is clicked, and tells where it is."""

    def __init__(self, icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(icon, parent)
        self.activated.connect(lambda _: watch.click())
        signal.signal(signal.SIGUSR1, lambda *_: self.activated.emit(TRIGGER))
        signal.signal(signal.SIGUSR2, lambda *_: close_all())
        QApplication.instance().installEventFilter(watch)  # type: ignore[union-attr]
        self._boxes: list[list[int]] = []
        self._look = QTimer(self)
        self._look.timeout.connect(self._place)
        self._look.start(20)

    @staticmethod
    def isSystemTrayAvailable() -> bool:
        """Offscreen Qt has no tray, and the icon would not be made at all."""
        return True

    def _place(self) -> None:
        """A panel moves a new icon about before it stays."""
        box = self.geometry()
        self._boxes.append([box.x(), box.y(), box.width(), box.height()])
        latest = self._boxes[-LOOKS:]
        is_placed = QApplication.platformName() != "xcb" or box.width()
        if is_placed and len(latest) == LOOKS and all(each == latest[0] for each in latest):
            self._look.stop()
            tell(icon=latest[0])


def close_all() -> None:
    """Close what is open."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible() and window.windowTitle():
            window.close()
    tell(closed=True)


watch = PaintWatch()

if __name__ == "__main__":
    QtWidgets.QSystemTrayIcon = WatchedIcon  # type: ignore[assignment,misc]
    from samebox_agent.cli import main

    sys.exit(main(sys.argv[1:]))
