"""What happened, what was kept, what to do next, on a field of its tone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from samebox_agent.presenters.views import Banner, Tone
from samebox_agent.ui.icons import Icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.buttons import ButtonRow
from samebox_agent.ui.widgets.glyph import Glyph, Spinner
from samebox_agent.ui.widgets.panel import paint_surface
from samebox_agent.ui.widgets.text import Words

SIGNS = {
    Tone.NEUTRAL: Icon.INFO,
    Tone.GOOD: Icon.CHECK,
    Tone.WARN: Icon.WARNING,
    Tone.BAD: Icon.WARNING,
    Tone.ACCENT: Icon.INFO,
}


class BannerPanel(QFrame):
    """The sign turns while the view says busy, and only while it can be seen."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._view: Banner | None = None
        self._sign = Glyph(kit, Icon.INFO, Role.BODY)
        self._spinner = Spinner(kit, Role.BODY)
        self._title = Words(Role.STRONG)
        self._detail = Words(Role.BODY)
        self._buttons = ButtonRow(kit)
        said = QVBoxLayout()
        said.setSpacing(Space.TINY)
        said.addWidget(self._title)
        said.addWidget(self._detail)
        words = QVBoxLayout()
        words.setSpacing(Space.GAP - 2)
        words.addLayout(said)
        words.addWidget(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.GAP + 2, Space.GAP, Space.CARD, Space.GAP)
        row.setSpacing(Space.SMALL + 2)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._spinner, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def draw(self, value: Banner | None) -> None:
        """Show a banner, or take no room."""
        if value is not None and value != self._view:
            self._sign.icon = SIGNS[value.tone]
            self._sign.tone = self._spinner.tone = value.tone
            self._title.set_tone(value.tone)
            self._title.draw(value.title)
            self._detail.draw(value.detail)
            self._buttons.draw(value.buttons)
            self._sign.setVisible(not value.busy)
            self._spinner.setVisible(value.busy)
            self.update()
        self._view = value
        self.setVisible(value is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = Tone.NEUTRAL if self._view is None else self._view.tone
        paint_surface(self, QColor(self._kit.theme.tone(tone).fill), None)
