"""Draws numbered steps; the article and the draft share it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samebox_agent.presenters.views import StepView, Tone
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.remedies import RemedyPanel
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.buttons import IntentButton
from samebox_agent.ui.widgets.text import Words


class StepRow(QWidget):
    """A number in a disc, what to do, and the button that opens the right place or does it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._number = Disc(kit)
        self._text = Words(Role.BODY)
        self._button = IntentButton(kit)
        self._note = Words(Role.CAPTION)
        self._remedy = RemedyPanel(kit)
        words = QVBoxLayout()
        words.setContentsMargins(0, Space.HAIR, 0, 0)
        words.setSpacing(Space.SMALL)
        words.addWidget(self._text)
        words.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self._note)
        words.addWidget(self._remedy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def draw(self, value: StepView) -> None:
        """Show a step."""
        self._number.draw(value.number)
        self._text.draw(value.text)
        self._button.draw_or_hide(value.button)
        self._note.draw(value.note)
        self._remedy.draw(value.remedy)


class Disc(QWidget):
    """The number of a step."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._number = 0
        self.setFixedSize(26, 26)

    def draw(self, number: int) -> None:
        """Show a number."""
        self._number = number
        self.setAccessibleName(str(number))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._kit.theme.tone(Tone.ACCENT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.fill))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setFont(self._kit.theme.font(Role.STRONG))
        painter.setPen(QColor(colours.ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
