"""A switch, and the row it stands in. A check box to a screen reader."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from samebox_agent.presenters.views import Switch
from samebox_agent.ui.icons import Icon, paint_icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.text import Words

TRACK = QSize(42, 24)
RING = 3


class SwitchBox(QCheckBox):
    """The switch alone. A click asks for the other position; only the view moves the knob."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._view: Switch | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())
        self.clicked.connect(self._emit)

    def draw(self, value: Switch) -> None:
        """Show a switch."""
        if value == self._view:
            return
        self._view = value
        self.setAccessibleName(value.label)
        self.setAccessibleDescription(value.detail)
        self.setEnabled(value.enabled)
        self.setChecked(value.on)

    def nextCheckState(self) -> None:
        """Clicking asks; only the view answers."""

    def sizeHint(self) -> QSize:
        return QSize(TRACK.width() + 2 * RING, TRACK.height() + 2 * RING)

    def hitButton(self, position: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._kit.theme.colour
        track = QRectF(RING, RING, TRACK.width(), TRACK.height())
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), 14, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._track()))
        painter.drawRoundedRect(track, 12, 12)
        knob = TRACK.height() - 6.0
        x = track.right() - 3 - knob if self.isChecked() else track.left() + 3
        disc = QRectF(x, track.top() + 3, knob, knob)
        painter.setBrush(colour("on_accent" if self.isEnabled() else "disabled_ink"))
        painter.drawEllipse(disc)
        if self.isChecked():
            paint_icon(painter, Icon.CHECK, disc.adjusted(4, 4, -4, -4), colour(self._track()), 3.6)

    def _track(self) -> str:
        if not self.isEnabled():
            return "disabled_fill"
        return "accent" if self.isChecked() else "control_edge"

    def _emit(self) -> None:
        if self._view is not None:
            self._kit.send(self._view.turn_off if self._view.on else self._view.turn_on)


class SwitchRow(QWidget):
    """The words on the left, the switch on the right; the whole row can be clicked."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switch = SwitchBox(kit)
        self._label = Words(Role.BODY)
        self._detail = Words(Role.CAPTION)
        self._pressed = False
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(self._label)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.CARD)
        row.addLayout(words, 1)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)

    def draw(self, value: Switch) -> None:
        """Show a switch with its words."""
        self._label.draw(value.label)
        self._detail.draw(value.detail)
        self.switch.draw(value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._pressed and inside and self.switch.isEnabled():
            self.switch.click()
        self._pressed = False
