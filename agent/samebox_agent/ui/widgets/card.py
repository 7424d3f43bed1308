"""A suggestion: what it is, why it is shown, and what can be done with it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from samebox_agent.core.intents import Intent
from samebox_agent.presenters.views import Card
from samebox_agent.ui.icons import Icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Radius, Role, Space
from samebox_agent.ui.widgets.buttons import ButtonRow
from samebox_agent.ui.widgets.glyph import Glyph
from samebox_agent.ui.widgets.panel import Panel, paint_surface
from samebox_agent.ui.widgets.pill import PillLabel
from samebox_agent.ui.widgets.text import Words


class CardPanel(Panel):
    """The whole card opens the article; the buttons on it keep their own meaning."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, Space.SMALL + 2, parent)
        self._view: Card | None = None
        self.face = _Face(kit, self)
        self._title = Words(Role.STRONG)
        self._pill = PillLabel(kit)
        self._body = Words(Role.SOFT)
        self._glyph = Glyph(kit, Icon.LAPTOP)
        self._reason = Words(Role.CAPTION)
        self._proof = Words(Role.CAPTION)
        self._buttons = ButtonRow(kit)
        top = QHBoxLayout()
        top.setSpacing(Space.GAP)
        top.addWidget(self._title, 1)
        top.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        why = QHBoxLayout()
        why.setSpacing(Space.SMALL)
        why.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        why.addWidget(self._reason, 1)
        self.body.addLayout(top)
        self.body.addWidget(self._body)
        self.body.addLayout(why)
        self.body.addWidget(self._proof)
        self.body.addWidget(self._buttons)
        for label in (self._title, self._pill, self._body, self._glyph, self._reason, self._proof):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def draw(self, value: Card) -> None:
        """Show a suggestion."""
        if value == self._view:
            return
        self._view = value
        self._title.draw(value.title)
        self._pill.draw(value.pill)
        self._body.draw(value.body)
        self._reason.draw(value.reason)
        self._proof.draw(value.proof)
        self._glyph.setVisible(bool(value.reason))
        self._buttons.draw(value.buttons)
        self.face.draw(value.title, value.body, value.open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.face.setGeometry(self.rect())
        self.face.lower()


class _Face(QPushButton):
    """The surface of a card as a button, under everything else on it."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self._intent: Intent | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.clicked.connect(self._emit)

    def draw(self, name: str, description: str, intent: Intent | None) -> None:
        """Take the meaning of the card, or vanish when it has none."""
        if intent != self._intent:
            self.setDown(False)
        self._intent = intent
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setVisible(intent is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._kit.theme.colour
        if self.underMouse():
            paint_surface(self, colour("hover"), colour("control_edge"))
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), Radius.CARD, Radius.CARD
            )

    def _emit(self) -> None:
        if self._intent is not None:
            self._kit.send(self._intent)
