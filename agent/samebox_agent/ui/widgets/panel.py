"""The white rounded surface that cards and groups of rows are drawn on."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Radius, Space


class Panel(QFrame):
    """A surface with an edge; put content into `body`."""

    def __init__(self, kit: Kit, gap: int = Space.SMALL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.CARD, Space.CARD - 2, Space.CARD, Space.CARD - 2)
        self.body.setSpacing(gap)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._kit.theme.colour
        paint_surface(self, colour("surface"), colour("edge"))


class Hairline(QWidget):
    """A thin line between rows."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._kit.theme.colour("edge"))


def paint_surface(widget: QWidget, fill: QColor, edge: QColor | None, width: float = 1.0) -> None:
    """Fill a widget with rounded corners; call it from paintEvent."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill)
    painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(edge, width))
    inset = 0.0 if edge is None else width / 2
    box = QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(box, Radius.CARD, Radius.CARD)
