"""A text that wraps, with a pill where something was taken out."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from samebox_agent.presenters.views import Run, Tone
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role

NO_BREAK = "\u00a0"
WHOLE = str.maketrans({" ": NO_BREAK, "-": "\u2011"})
"""Keeps a pill on one line: a space and a hyphen at which no line ends."""
LEADING = 1.24
"""Lines stand a little apart, so that pills of two lines do not touch."""


class MarkedText(QLabel):
    """Painted. To a screen reader it is a label, with the kind in brackets where a pill stands."""

    def __init__(self, kit: Kit, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._role = role
        self._runs: tuple[Run, ...] = ()
        self._kept = True
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(1)

    def draw(self, runs: tuple[Run, ...], kept: bool = True) -> None:
        """Show a text; struck through when it is not kept. Takes no room while empty."""
        if (runs, kept) != (self._runs, self._kept):
            self._runs, self._kept = runs, kept
            said = "".join(f"[{run.text}]" if run.gone else run.text for run in runs)
            self.setText(said)
            self.setAccessibleName(said if kept else f"Left out: {said}")
            self.updateGeometry()
            self.update()
        self.setVisible(bool(runs))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self._laid_out(width)
        return round(layout.lineCount() * self._line_height()) + 2

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, round(self._line_height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layout = self._laid_out(self.width())
        painter.setPen(Qt.PenStyle.NoPen)
        fill = Tone.ACCENT if self._kept else Tone.NEUTRAL
        painter.setBrush(QColor(self._kit.theme.tone(fill).fill))
        for box in self._pills(layout):
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(self._kit.theme.colour("ink" if self._kept else "ink_soft"))
        layout.draw(painter, QPointF(0, 0))

    def _line_height(self) -> float:
        return QFontMetrics(self._font()).height() * LEADING

    def _font(self) -> QFont:
        font = self._kit.theme.font(self._role)
        font.setStrikeOut(not self._kept)
        return font

    def _spelled(self) -> list[tuple[str, bool]]:
        """Each run as it is painted; a pill has room at both ends and breaks nowhere."""
        return [(_as_pill(run.text) if run.gone else run.text, run.gone) for run in self._runs]

    def _laid_out(self, width: int) -> QTextLayout:
        layout = QTextLayout("".join(text for text, _ in self._spelled()), self._font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        at = (self._line_height() - QFontMetrics(self._font()).height()) / 2
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, at))
            at += self._line_height()
        layout.endLayout()
        return layout

    def _formats(self) -> list[QTextLayout.FormatRange]:
        tone = self._kit.theme.tone(Tone.ACCENT if self._kept else Tone.NEUTRAL)
        formats, at = [], 0
        for text, gone in self._spelled():
            if gone:
                look = QTextCharFormat()
                look.setForeground(QColor(tone.ink))
                look.setFontWeight(QFont.Weight.DemiBold)
                part = QTextLayout.FormatRange()
                part.start, part.length, part.format = at, len(text), look
                formats.append(part)
            at += len(text)
        return formats

    def _pills(self, layout: QTextLayout) -> list[QRectF]:
        boxes, at = [], 0
        for text, gone in self._spelled():
            if gone:
                boxes += self._boxes(layout, at, at + len(text))
            at += len(text)
        return boxes

    def _boxes(self, layout: QTextLayout, start: int, end: int) -> list[QRectF]:
        boxes = []
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if first < last:
                left, right = _x(line.cursorToX(first)), _x(line.cursorToX(last))
                boxes.append(QRectF(left, line.y() - 1, right - left, line.height() + 2))
        return boxes


def _as_pill(text: str) -> str:
    return f"{NO_BREAK}{text.translate(WHOLE)}{NO_BREAK}"


def _x(place: object) -> float:
    """PySide answers with the place and the cursor."""
    first = place[0] if isinstance(place, tuple) else place
    assert isinstance(first, float)
    return first
