"""A small icon beside words, and the sign that something is going on."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from samebox_agent.presenters.views import Tone
from samebox_agent.ui.icons import Icon, paint_icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role

FRAME_MILLISECONDS = 90
STEPS = 12


class Glyph(QWidget):
    """An icon as high as a line of text. It says nothing that the words do not say."""

    def __init__(self, kit: Kit, icon: Icon, role: Role = Role.CAPTION) -> None:
        super().__init__()
        self._kit = kit
        self.icon = icon
        self.tone: Tone | None = None
        line = QFontMetrics(kit.theme.font(role)).height()
        self.setFixedSize(QSize(line + 1, line))

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = (
            self._kit.theme.colour("ink_soft")
            if self.tone is None
            else QColor(self._kit.theme.tone(self.tone).ink)
        )
        side = float(self.height() - 1)
        paint_icon(QPainter(self), self.icon, QRectF(0, 0.5, side, side), colour)


class Spinner(Glyph):
    """A turning arc. Its timer runs only while it is on the screen: a hidden one wakes nothing."""

    def __init__(self, kit: Kit, role: Role = Role.BODY) -> None:
        super().__init__(kit, Icon.INFO, role)
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._step)

    def is_turning(self) -> bool:
        """Whether it costs anything now."""
        return self._timer.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(self._kit.theme.tone(self.tone or Tone.NEUTRAL).ink)
        faint = QColor(ink)
        faint.setAlpha(60)
        side = float(self.height() - 5)
        box = QRectF(2, 2.5, side, side)
        painter.setPen(QPen(faint, 2))
        painter.drawEllipse(box)
        pen = QPen(ink, 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(box, -self._turn * 360 * 16 // STEPS, 100 * 16)

    def _step(self) -> None:
        self._turn = (self._turn + 1) % STEPS
        self.update()
