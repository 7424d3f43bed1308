"""The Samebox mark and what the tray paints with it. No image files.

Painted at every start before anything else is loaded, so it does without Qt's large namespace of
enums, which alone costs 12 ms. PySide loads that for any call that makes or takes a brush or a pen
in more than one way (`setPen`, `setBrush`, `QPen(colour)`): hence `_pen`.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

GRID = 24.0


def icon_of(draw: Callable[[QPainter, float], None], sizes: tuple[int, ...]) -> QIcon:
    """A QIcon painted at each of the sizes by `draw(painter, size)`."""
    result = QIcon()
    for size in sizes:
        pixmap = QPixmap(size, size)
        pixmap.fill(QColor(0, 0, 0, 0))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, float(size))
        painter.end()
        result.addPixmap(pixmap)
    return result


def paint_mark(
    painter: QPainter, size: float, fill: QColor, ink: QColor, hollow: bool = False
) -> None:
    """The Samebox mark: two boxes, the same, one reaching into the other."""
    painter.save()
    painter.scale(size / GRID, size / GRID)
    painter.fillPath(_box(0.5, 23, 6), _pen(painter, fill).brush())
    pen = _pen(painter, ink, 2.0)
    painter.strokePath(_box(5.2, 8.6, 2), pen)
    front = _box(10.2, 8.6, 2)
    if not hollow:
        painter.fillPath(front, pen.brush())
    painter.strokePath(front, pen)
    painter.restore()


def paint_badge(painter: QPainter, size: float, text: str, fill: QColor, ink: QColor) -> None:
    """A count in the lower right corner; without text a plain dot."""
    painter.save()
    width = size * (0.62 if text else 0.42)
    box = QRectF(size - width, size - width, width, width)
    path = QPainterPath()
    path.addEllipse(box)
    painter.fillPath(path, _pen(painter, fill).brush())
    if text:
        from PySide6.QtCore import Qt  # the namespace; nothing is counted at the start

        font = painter.font()
        font.setPixelSize(max(int(width * (0.78 if len(text) == 1 else 0.6)), 6))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def cut_corner(painter: QPainter, centre: QPointF, radius: float) -> None:
    """Clear a disc, so that a badge stands apart from the mark on any panel."""
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    path = QPainterPath()
    path.addEllipse(centre, radius, radius)
    painter.fillPath(path, _pen(painter, QColor(0, 0, 0)).brush())
    painter.restore()


def _pen(painter: QPainter, colour: QColor, width: float = 1.0) -> QPen:
    """A pen, and by its `brush()` a brush, of this colour."""
    pen = painter.pen()
    pen.setColor(colour)
    pen.setWidthF(width)
    return pen


def _box(start: float, size: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(start, start, size, size), radius, radius)
    return path
