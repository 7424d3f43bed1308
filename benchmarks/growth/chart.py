"""Small charts side by side as one SVG: across in powers of ten, up from zero. Pure."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 300, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 40, 40
COLOURS = ("#3d5a80", "#c8553d")
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
GRID_LINES = 4


@dataclass(frozen=True)
class Line:
    """One named line; x above zero."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Panel:
    """One small chart."""

    title: str
    lines: tuple[Line, ...]

    @property
    def top(self) -> float:
        """A round number above everything drawn."""
        highest = max((y for line in self.lines for _, y in line.points), default=1.0)
        power = 10.0 ** math.floor(math.log10(highest)) if highest > 0 else 1.0
        return next(step * power for step in STEPS if step * power >= highest)


def draw(panels: Sequence[Panel], across: str) -> str:
    """The whole picture; `across` names the x axis of all."""
    width = WIDTH * len(panels)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
        f'width="{width}" height="{HEIGHT}" font-family="sans-serif" font-size="11">'
    )
    parts = [head, f'<rect width="{width}" height="{HEIGHT}" fill="#ffffff"/>']
    for number, panel in enumerate(panels):
        parts.append(f'<g transform="translate({number * WIDTH} 0)">')
        parts += _panel(panel, across)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel, across: str) -> Iterator[str]:
    yield _text(LEFT, 18, panel.title, weight="bold")
    for step in range(GRID_LINES + 1):
        value = panel.top * step / GRID_LINES
        y = _up(value, panel)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#d8dde3"/>'
        yield _text(LEFT - 6, y + 4, f"{value:,g}", anchor="end")
    for x in sorted({x for line in panel.lines for x, _ in line.points}):
        yield _text(_across(x, panel), HEIGHT - 22, f"{x:,.0f}", anchor="middle")
    yield _text(WIDTH - RIGHT, HEIGHT - 6, across, anchor="end")
    for number, line in enumerate(panel.lines):
        yield from _line(line, panel, COLOURS[number % len(COLOURS)])


def _line(line: Line, panel: Panel, colour: str) -> Iterator[str]:
    places = [(_across(x, panel), _up(y, panel)) for x, y in line.points]
    if not places:
        return
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    if line.name:
        x, y = places[-1]
        yield _text(x - 6, y - 8, line.name, anchor="end", fill=colour)


def _up(value: float, panel: Panel) -> float:
    return HEIGHT - BOTTOM - value / panel.top * (HEIGHT - TOP - BOTTOM)


def _across(value: float, panel: Panel) -> float:
    every = [math.log10(x) for line in panel.lines for x, _ in line.points]
    span = max(every) - min(every) or 1.0
    return LEFT + 14 + (math.log10(value) - min(every)) / span * (WIDTH - LEFT - RIGHT - 40)


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", weight: str = "", fill: str = "#24303c"
) -> str:
    extra = f' font-weight="{weight}"' if weight else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}"{extra}>'
        f"{escape(text)}</text>"
    )
