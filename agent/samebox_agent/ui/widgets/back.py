"""The way back: a quiet button with an arrow."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from samebox_agent.ui.icons import Icon, paint_icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.widgets.buttons import IntentButton, Size

ARROW = 14.0


class BackButton(IntentButton):
    """Its arrow stands exactly over the text below."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, Size.NORMAL)
        self.setProperty("shape", "back")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        box = QRectF(-3, (self.height() - ARROW) / 2, ARROW, ARROW)
        paint_icon(QPainter(self), Icon.BACK, box, self._kit.theme.colour("link"), 2.8)
