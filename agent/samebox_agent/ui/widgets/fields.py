"""Text fields that a view can fill and a person can type in, at the same time."""

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from samebox_agent.ui.icons import Icon, paint_icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role
from samebox_agent.ui.widgets.echo import Echo

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Typed = Callable[[str], None]


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in ENTER


class LineField(QLineEdit):
    """One line. `submitted` is Ctrl+Enter, or plain Enter where `on_enter` says so."""

    submitted = Signal()

    def __init__(self, kit: Kit, name: str, typed: Typed, icon: Icon | None = None) -> None:
        super().__init__()
        self._kit = kit
        self._icon = icon
        self.on_enter = False
        self._echo = Echo(time.monotonic)
        self._typed = typed
        self.setAccessibleName(name)
        self.setFont(kit.theme.font(Role.BODY))
        if icon is not None:
            self.setTextMargins(26, 2, 0, 2)
        self.textEdited.connect(self._edited)

    def draw(self, text: str, placeholder: str) -> None:
        """Show the view's text unless the person is ahead of it."""
        if self.placeholderText() != placeholder:
            self.setPlaceholderText(placeholder)
        if not self.isVisible():
            self._echo.settle()
        if self._echo.may_write(text) and text != self.text():
            at = self.cursorPosition()
            at_end = at == len(self.text())
            self.setText(text)
            self.setCursorPosition(len(text) if at_end else min(at, len(text)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if _is_enter(event) and (control or self.on_enter):
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon is not None:
            side = 18.0
            box = QRectF(12, (self.height() - side) / 2, side, side)
            paint_icon(QPainter(self), self._icon, box, self._kit.theme.colour("ink_soft"), 2.2)

    def _edited(self, text: str) -> None:
        self._echo.typed(text)
        self._typed(text)


class TextField(QTextEdit):
    """Several lines; as high as its text, between `least` and `most` lines. Plain text only."""

    submitted = Signal()

    def __init__(self, kit: Kit, name: str, typed: Typed, least: int = 1, most: int = 6) -> None:
        super().__init__()
        self._kit = kit
        self._least, self._most = least, most
        self._echo = Echo(time.monotonic)
        self._typed = typed
        self._writing = False
        self.on_enter = False
        self.setProperty("field", "true")
        self.setAccessibleName(name)
        self.setFont(kit.theme.font(Role.BODY))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(4)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def draw(self, text: str, placeholder: str) -> None:
        """Show the view's text unless the person is ahead of it."""
        if self.placeholderText() != placeholder:
            self.setPlaceholderText(placeholder)
        if not self.isVisible():
            self._echo.settle()
        if self._echo.may_write(text) and text != self.toPlainText():
            self._write(text)

    def take(self) -> str:
        """The text, with the field cleared; the person is ahead of any view still under way."""
        text = self.toPlainText()
        self._write("")
        self._echo.typed("")
        return text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if _is_enter(event) and (control or (self.on_enter and not shift)):
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.height())

    def _write(self, text: str) -> None:
        cursor = self.textCursor()
        at, at_end = cursor.position(), cursor.atEnd()
        self._writing = True
        self.setPlainText(text)
        self._writing = False
        cursor = self.textCursor()
        if at_end:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        else:
            cursor.setPosition(min(at, len(text)))
        self.setTextCursor(cursor)

    def _changed(self) -> None:
        if not self._writing:
            text = self.toPlainText()
            self._echo.typed(text)
            self._typed(text)

    def _fit(self) -> None:
        line = QFontMetrics(self._kit.theme.font(Role.BODY)).lineSpacing()
        inside = self.document().size().height()
        frame = 12 + 8
        least = self._least * line + frame
        most = self._most * line + frame
        wanted = int(min(max(inside + 12, least), most))
        over = inside + 12 > most
        policy = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(policy)
        if wanted != self.height():
            self.setFixedHeight(wanted)


class ExactText(QPlainTextEdit):
    """Read-only, selectable, letter by letter: what was or will be sent."""

    def __init__(self, kit: Kit, name: str, most: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._most = most
        self._shown = ""
        self.setReadOnly(True)
        self.setProperty("field", "exact")
        self.setAccessibleName(name)
        self.setFont(kit.theme.font(Role.MONO))
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def draw(self, text: str) -> None:
        """Show a text, or take no room."""
        if text != self._shown:
            self._shown = text
            self.setPlainText(text)
            self._fit()
        self.setVisible(bool(text))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        needed = max(int(self.document().size().height()), 1)
        lines = min(needed, self._most)
        over = needed > self._most
        policy = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(policy)
        line = QFontMetrics(self.font()).lineSpacing()
        wanted = lines * line + 28
        if wanted != self.height():
            self.setFixedHeight(wanted)
