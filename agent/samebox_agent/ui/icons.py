"""Our icons: strokes on a 24 by 24 grid, in whatever colour the theme says. No image files."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

GRID = 24.0


class Icon(StrEnum):
    """Every drawing the UI has."""

    BACK = "back"
    NEXT = "next"
    SEARCH = "search"
    CHECK = "check"
    CROSS = "cross"
    SEND = "send"
    SHIELD = "shield"
    INFO = "info"
    WARNING = "warning"
    LAPTOP = "laptop"
    PEOPLE = "people"
    CLOCK = "clock"
    UNDO = "undo"
    DOWN = "down"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke through points."""

    points: tuple[tuple[float, float], ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle by centre and radius; an arc when `span` is less than a whole turn (degrees)."""

    x: float
    y: float
    radius: float
    start: float = 0.0
    span: float = 360.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rounded rectangle."""

    x: float
    y: float
    width: float
    height: float
    radius: float


Shape = Line | Ring | Box

DRAWINGS: dict[Icon, tuple[Shape, ...]] = {
    Icon.BACK: (Line(((14.5, 5.5), (8, 12), (14.5, 18.5))),),
    Icon.NEXT: (Line(((9.5, 5.5), (16, 12), (9.5, 18.5))),),
    Icon.DOWN: (Line(((5.5, 9.5), (12, 16), (18.5, 9.5))),),
    Icon.MORE: (
        Line(((5.5, 12), (5.5, 12.1))),
        Line(((12, 12), (12, 12.1))),
        Line(((18.5, 12), (18.5, 12.1))),
    ),
    Icon.SEARCH: (Ring(10.5, 10.5, 6), Line(((15, 15), (20, 20)))),
    Icon.CHECK: (Line(((5, 12.5), (10, 17.5), (19.5, 7))),),
    Icon.CROSS: (Line(((6, 6), (18, 18))), Line(((18, 6), (6, 18)))),
    Icon.SEND: (Line(((12, 20), (12, 4.5))), Line(((5.5, 11), (12, 4.5), (18.5, 11)))),
    Icon.SHIELD: (
        Line(
            (
                (12, 3),
                (19, 5.8),
                (19, 11.5),
                (16.8, 16.8),
                (12, 21),
                (7.2, 16.8),
                (5, 11.5),
                (5, 5.8),
            ),
            True,
        ),
        Line(((9, 12), (11.3, 14.3), (15.2, 9.6))),
    ),
    Icon.INFO: (Ring(12, 12, 8.5), Line(((12, 11.2), (12, 16))), Line(((12, 8), (12, 8.1)))),
    Icon.WARNING: (
        Line(((12, 4), (21, 19.5), (3, 19.5)), True),
        Line(((12, 10), (12, 14.2))),
        Line(((12, 16.8), (12, 16.9))),
    ),
    Icon.LAPTOP: (Box(5, 5, 14, 10, 1.6), Line(((2.5, 18.8), (21.5, 18.8)))),
    Icon.PEOPLE: (
        Ring(9, 8.5, 3.2),
        Ring(9, 19.5, 6.2, 12, 156),
        Ring(16.6, 9.2, 2.6, -100, 230),
        Ring(15.5, 19.5, 6, 12, 55),
    ),
    Icon.CLOCK: (Ring(12, 12, 8.5), Line(((12, 7.2), (12, 12.2), (15.4, 14.2)))),
    Icon.UNDO: (
        Line(((8.5, 5), (4.5, 9), (8.5, 13))),
        Line(((4.5, 9), (14, 9))),
        Ring(14, 13.5, 4.5, -90, 180),
        Line(((14, 18), (8, 18))),
    ),
}


def path_of(icon: Icon) -> QPainterPath:
    """The drawing on its grid."""
    path = QPainterPath()
    for shape in DRAWINGS[icon]:
        match shape:
            case Line():
                _add_line(path, shape)
            case Ring():
                _add_ring(path, shape)
            case Box():
                path.addRoundedRect(
                    QRectF(shape.x, shape.y, shape.width, shape.height), shape.radius, shape.radius
                )
    return path


def _add_line(path: QPainterPath, line: Line) -> None:
    path.moveTo(*line.points[0])
    for x, y in line.points[1:]:
        path.lineTo(x, y)
    if line.closed:
        path.closeSubpath()


def _add_ring(path: QPainterPath, ring: Ring) -> None:
    box = QRectF(ring.x - ring.radius, ring.y - ring.radius, 2 * ring.radius, 2 * ring.radius)
    path.arcMoveTo(box, ring.start)
    path.arcTo(box, ring.start, ring.span)


def paint_icon(
    painter: QPainter, icon: Icon, box: QRectF, colour: QColor, stroke: float = 2.0
) -> None:
    """Draw into a square box; `stroke` is in grid units."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / GRID, box.height() / GRID)
    pen = QPen(colour, stroke)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path_of(icon))
    painter.restore()
