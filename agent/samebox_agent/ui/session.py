"""The window of one question: what is happening, the conversation, and the end of it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from samebox_shared.model.ids import QuestionId

from samebox_agent.core.intents import (
    CloseSession,
    SawMessages,
    SendMessage,
    TypeMessage,
)
from samebox_agent.presenters.views import SessionView, Side
from samebox_agent.ui import labels
from samebox_agent.ui.article import NoteRow
from samebox_agent.ui.icons import Icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.session_head import HeadArea
from samebox_agent.ui.solve import SolveSheet
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.buttons import IconButton
from samebox_agent.ui.widgets.chat import ChatList
from samebox_agent.ui.widgets.fields import TextField
from samebox_agent.ui.widgets.front import rest, to_front
from samebox_agent.ui.widgets.order import TabOrder
from samebox_agent.ui.widgets.text import Words

SIZE = (460, 680)
SMALLEST = (360, 460)


class Composer(QWidget):
    """Enter sends, Shift+Enter starts a new line. The safety line stands above it for ever."""

    def __init__(self, kit: Kit, key: str) -> None:
        super().__init__()
        self._kit = kit
        self._question = QuestionId(key)
        self.setProperty("surface", "footer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._notice = BannerPanel(kit)
        self._safety = NoteRow(kit, Icon.SHIELD)
        self.field = TextField(kit, labels.MESSAGE_FIELD, self._typed, least=1, most=6)
        self.field.on_enter = True
        self.field.submitted.connect(self._send)
        self._button = IconButton(kit, Icon.SEND, labels.SEND)
        self._button.filled = True
        self._button.clicked.connect(self._send)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self.field, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.PAGE, Space.GAP, Space.PAGE, Space.CARD)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self._notice)
        layout.addLayout(self._safety)
        layout.addLayout(row)

    def draw(self, view: SessionView) -> None:
        """Show the composer."""
        self._notice.draw(view.notice)
        self._safety.show_text(view.safety)
        self.field.draw(view.composer, view.composer_placeholder)
        self.field.setEnabled(view.composer_enabled)
        self._button.setEnabled(view.composer_enabled)

    def _typed(self, text: str) -> None:
        self._kit.send(TypeMessage(self._question, text))

    def _send(self) -> None:
        if self.field.toPlainText().strip() and self.field.isEnabled():
            self._kit.send(SendMessage(self._question, self.field.take()))


class SessionWindow(QWidget):
    """One for each open question. Closing hides it; the conversation goes on."""

    def __init__(self, kit: Kit, key: str) -> None:
        super().__init__()
        self._kit = kit
        self._question = QuestionId(key)
        self._view: SessionView | None = None
        self._seen = ""
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self._head = HeadArea(kit)
        self.chat = ChatList(kit)
        self._typing = Words(Role.CAPTION)
        self._typing.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.TINY)
        self._composer = Composer(kit, key)
        self._solve = SolveSheet(kit)
        self._order = TabOrder(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.chat, 1)
        for widget in (self._typing, self._composer, self._solve):
            layout.addWidget(widget)
        self.chat.newest_seen.connect(self._notice)
        QShortcut(QKeySequence("Ctrl+W"), self, self.close)
        QShortcut(QKeySequence("Esc"), self, self._escape)

    def draw(self, view: SessionView) -> None:
        """Show the session."""
        if view == self._view:
            return
        self._view = view
        about = f": {view.about}" if view.about else ""
        self.setWindowTitle(f"{view.title}{about} – Samebox")
        self._head.head.draw(view)
        self._head.fit()
        self._typing.draw(view.typing)
        self._composer.draw(view)
        self._composer.setVisible(view.solve is None)
        self._solve.draw(view.solve)
        self.chat.draw(view.entries)
        self._order.renew()
        self._notice()

    def present(self) -> None:
        """Come to the front, ready to type in."""
        to_front(self)
        field = self._solve.field if self._solve.isVisible() else self._composer.field
        ready = field if field.isEnabled() else self
        ready.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._notice()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._kit.send(CloseSession(self._question))
        super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        rest(self)
        super().hideEvent(event)

    def _notice(self) -> None:
        """Say that the newest entry was seen, once for each, when it really is on the screen."""
        if self._view is None or not self.isActiveWindow() or not self.chat.is_at_end():
            return
        newest = next((e.key for e in reversed(self._view.entries) if e.side is not Side.MINE), "")
        if newest and newest != self._seen:
            self._seen = newest
            self._kit.send(SawMessages(self._question))

    def _escape(self) -> None:
        """Out of what was begun, or else out of the window."""
        if self._view is not None and self._view.solve is not None:
            self._kit.send(self._view.solve.not_yet.intent)
        elif self._view is not None and self._view.escape is not None:
            self._kit.send(self._view.escape)
        else:
            self.close()
