"""`samebox` with its window open, whose field gets key after key; each key's paintings are timed.

Run as a script by the agent's own Python, with a file of questions and then the options of
`samebox`. Every key is a real key event for the window. The next one comes when nothing was painted
for a while, so that the last painting is that of the final list. The field itself does not count,
nor does what is painted because it is. SIGUSR2 closes the window. Tells by lines of JSON.
"""

import json
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

QUIET = 0.25
"""Seconds without a painting after which the list is final: longer than any answer takes."""
SETTLED = 4.0
"""Seconds without a painting before the first key: the start is over."""
TICK = 10
Original = QtWidgets.QSystemTrayIcon


def tell(**said: object) -> None:
    """One line."""
    sys.stderr.write(json.dumps(said) + "\n")
    sys.stderr.flush()


class Typist(QObject):
    """Types, and watches what is painted under the field."""

    def __init__(self, questions: list[str]) -> None:
        super().__init__()
        self._keys = keys(questions)
        self._wait = SETTLED
        self._pressed_at = 0.0
        self._painted: list[float] = []
        self._seen_at = time.monotonic()
        self._is_noted = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Once the program runs."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setCursorFlashTime(0)
        application.installEventFilter(self)
        self._timer.start(TICK)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent) and not self._is_noted and is_of_the_list(watched, event):
            self._is_noted = True
            # The whole window is painted and handed to the screen before the next timer.
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self._is_noted = False
        self._seen_at = time.monotonic()
        self._painted.append(1_000 * (self._seen_at - self._pressed_at))

    def _look(self) -> None:
        last = max(self._seen_at, self._pressed_at)
        field = question_field()
        if field is None or time.monotonic() - last < self._wait:
            return
        if self._pressed_at:
            tell(key=len(field.text()), painted=self._painted)
        key = next(self._keys, None)
        if key is None:
            self._timer.stop()
            tell(done=True)
            return
        self._wait = QUIET
        self._painted = []
        self._pressed_at = time.monotonic()
        press(field, key)


def keys(questions: list[str]) -> Iterator[str]:
    """The letters of each question; an empty one in between clears the field."""
    for question in questions:
        yield ""
        yield from question


def press(field: QLineEdit, key: str) -> None:
    """As the keyboard does."""
    if key:
        send(field, Qt.Key.Key_unknown, key)
    else:
        send(field, Qt.Key.Key_A, modifiers=Qt.KeyboardModifier.ControlModifier)
        send(field, Qt.Key.Key_Backspace)


def send(
    field: QLineEdit,
    key: Qt.Key,
    text: str = "",
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Down and up again."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, key, modifiers, text))


def question_field() -> QLineEdit | None:
    """The field of the help page, when it is on the screen."""
    for window in QApplication.topLevelWidgets():
        for field in window.findChildren(QLineEdit):
            if field.isVisible():
                return field
    return None


def is_of_the_list(watched: QObject, event: QPaintEvent) -> bool:
    """Whether more is painted than the field and what lies under it."""
    field = question_field()
    if field is None or not isinstance(watched, QWidget):
        return False
    box = QRect(watched.mapToGlobal(event.rect().topLeft()), event.rect().size())
    return not QRect(field.mapToGlobal(QPoint(0, 0)), field.size()).contains(box)


def close_all() -> None:
    """Close what is open."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible() and window.windowTitle():
            window.close()
    tell(closed=True)


class Icon(Original):
    """There is a tray, so that a closed window does not end the program."""

    def show(self) -> None:
        super().show()
        signal.signal(signal.SIGUSR2, lambda *_: close_all())
        self._awake = QTimer(self)  # Python hears a signal only while it runs
        self._awake.timeout.connect(lambda: None)
        self._awake.start(100)
        typist.begin()

    @staticmethod
    def isSystemTrayAvailable() -> bool:
        """Offscreen Qt has no tray, and the icon would not be made at all."""
        return True


if __name__ == "__main__":
    typist = Typist(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
    QtWidgets.QSystemTrayIcon = Icon  # type: ignore[misc]
    from samebox_agent.cli import main

    sys.exit(main([*sys.argv[2:], "--show"]))
