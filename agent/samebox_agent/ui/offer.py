"""The quiet notice: bottom right, above other windows, never taking the focus."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samebox_agent.presenters.views import OfferView
from samebox_agent.ui.icons import Icon
from samebox_agent.ui.join import Mark
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Radius, Role, Space
from samebox_agent.ui.widgets.buttons import IntentButton
from samebox_agent.ui.widgets.front import notice_flags
from samebox_agent.ui.widgets.glyph import Glyph
from samebox_agent.ui.widgets.text import Words

WIDTH = 380


class OfferWindow(QWidget):
    """No clock runs on it: it goes when the view goes. Esc is Not now."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(None, notice_flags())
        self._kit = kit
        self._view: OfferView | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._heading = Words(Role.STRONG)
        self._device = Words(Role.CAPTION)
        self._line = Words(Role.BODY)
        self._glyph = Glyph(kit, Icon.LAPTOP)
        self._reason = Words(Role.CAPTION)
        self._accept = IntentButton(kit)
        self._pass = IntentButton(kit)
        self._build(kit)
        # Nothing is chosen beforehand: a stray space bar accepts nothing.
        self.setFocus()
        QShortcut(QKeySequence("Esc"), self, self.close)
        QShortcut(QKeySequence("Ctrl+W"), self, self.close)

    def _build(self, kit: Kit) -> None:
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(self._heading)
        words.addWidget(self._device)
        top = QHBoxLayout()
        top.setSpacing(Space.GAP)
        top.addWidget(Mark(kit, 36), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        why = QHBoxLayout()
        why.setSpacing(Space.SMALL)
        why.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        why.addWidget(self._reason, 1)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self._accept, 1)
        row.addWidget(self._pass, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(Space.CARD + 2,) * 4)
        layout.setSpacing(Space.GAP)
        layout.addLayout(top)
        layout.addWidget(self._line)
        layout.addLayout(why)
        layout.addSpacing(Space.HAIR)
        layout.addLayout(row)

    def draw(self, view: OfferView) -> None:
        """Show the notice."""
        if view == self._view:
            return
        self._view = view
        self.setWindowTitle(f"{view.heading} – Samebox")
        self._heading.draw(view.heading)
        self._device.draw(view.device)
        self._line.draw(view.line)
        self._reason.draw(view.reason)
        self._glyph.setVisible(bool(view.reason))
        self._accept.draw(view.accept)
        self._pass.draw(view.pass_)
        self.setFixedSize(WIDTH, self.heightForWidth(WIDTH))

    def is_drawn(self) -> bool:
        """Whether it has shown a view yet."""
        return self._view is not None

    def place(self, above: int) -> int:
        """Stand in the corner, `above` pixels over its foot; answers where the next one stands."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        box = QRect(0, 0, self.width(), self.height())
        box.moveBottomRight(room.bottomRight())
        box.translate(-Space.CARD, -Space.CARD - above)
        self.move(box.topLeft())
        return above + self.height() + Space.GAP

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._view is not None:
            self._kit.send(self._view.pass_.intent)
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._kit.theme.colour("control_edge"), 1))
        painter.setBrush(self._kit.theme.colour("surface"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius.CARD, Radius.CARD
        )
