"""A short coloured word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from samebox_agent.presenters.views import Pill, Tone
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.column import Row

WIDEST = 190


class PillLabel(QLabel):
    """Painted, elided when there is no room; a label to a screen reader."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._tone = Tone.NEUTRAL
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def draw(self, value: Pill | None) -> None:
        """Show a word, or take no room."""
        if value is not None:
            self._tone = value.tone
            self.setText(value.text)
            self.setAccessibleName(value.text)
            self.updateGeometry()
            self.update()
        self.setVisible(value is not None)

    def sizeHint(self) -> QSize:
        text = QFontMetrics(self._font()).size(0, self.text())
        return QSize(min(text.width() + 20, WIDEST), text.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 64), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._kit.theme.tone(self._tone)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.fill))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        font = self._font()
        painter.setFont(font)
        painter.setPen(QColor(colours.ink))
        room = self.width() - 2 * Space.SMALL
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _font(self) -> QFont:
        font = self._kit.theme.font(Role.CAPTION)
        font.setWeight(QFont.Weight.DemiBold)
        return font


class PillRow(Row[Pill]):
    """Pills side by side, wrapping."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(lambda: PillLabel(kit), Space.SMALL)
