"""Line charts as plain SVG: few enough that a plotting library would be the larger part."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 44, 48
COLOURS = ("#0b6e4f", "#c8553d", "#3d5a80", "#e09f3e", "#7d8597", "#a06cd5")
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Line:
    """One named line."""

    name: str
    points: Points


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A title, two axes that begin at 0, and the lines."""

    title: str
    across: str
    up: str
    right: float
    top: float
    lines: Sequence[Line]
    marks: int = 5

    def svg(self) -> str:
        """The whole picture; it reads on light and dark pages."""
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            'font-family="sans-serif" font-size="12">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            _text(LEFT, 24, self.title, size=15, weight="bold"),
            *self._grid(),
            *self._drawn(),
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _grid(self) -> list[str]:
        parts = []
        for mark in range(self.marks + 1):
            share = mark / self.marks
            x, y = self._x(self.right * share), self._y(self.top * share)
            parts += [
                f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#dddddd"/>',
                _text(LEFT - 8, y + 4, f"{self.top * share:g}", anchor="end"),
                _text(x, HEIGHT - BOTTOM + 18, f"{self.right * share:g}", anchor="middle"),
            ]
        middle = (LEFT + WIDTH - RIGHT) / 2
        return [
            *parts,
            _text(middle, HEIGHT - 10, self.across, anchor="middle"),
            _text(LEFT, 40, self.up, colour="#555555"),
        ]

    def _drawn(self) -> list[str]:
        parts = []
        for number, line in enumerate(self.lines):
            colour = COLOURS[number % len(COLOURS)]
            path = "L".join(f"{self._x(x):.1f} {self._y(y):.1f}" for x, y in line.points)
            width = 3 if number == 0 else 1.8
            y = TOP + 18 + 20 * number
            parts += [
                f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>',
                f'<path d="M{WIDTH - RIGHT + 14} {y - 4}h18" stroke="{colour}" '
                f'stroke-width="{width}"/>',
                _text(WIDTH - RIGHT + 38, y, line.name),
            ]
        return parts

    def _x(self, value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * min(1.0, value / self.right)

    def _y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(1.0, value / self.top)


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    size: int = 12,
    weight: str = "normal",
    colour: str = "#222222",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
    )
