"""Draws the open questions of others that fit this laptop, and the answer to one of them."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samebox_agent.core.helping_intents import TypeAnswer
from samebox_agent.presenters.views import BoardRow, BoardView
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.buttons import ButtonRow
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.fields import TextField
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.pill import PillLabel
from samebox_agent.ui.widgets.text import Words


class BoardRowPanel(Panel):
    """A question; the field for an answer stands under it while it is chosen."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, Space.SMALL)
        self._pill = PillLabel(kit)
        self._text = Words(Role.STRONG)
        self._about = Words(Role.CAPTION)
        self._answer = QWidget()
        self._field = TextField(kit, "", lambda text: kit.send(TypeAnswer(text)), least=2)
        inside = QVBoxLayout(self._answer)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._field)
        self._buttons = ButtonRow(kit)
        for widget in (self._pill, self._text, self._about, self._answer, self._buttons):
            self.body.addWidget(widget)

    def draw(self, value: BoardRow) -> None:
        """Show a question."""
        self._pill.draw(value.card.pill)
        self._text.draw(value.card.title)
        self._about.draw(value.card.body)
        if value.answer is not None:
            self._field.setAccessibleName(value.answer.label)
            self._field.draw(value.answer.text, value.answer.placeholder)
        self._answer.setVisible(value.answer is not None)
        self._buttons.draw(value.buttons)


class BoardPage(PageFrame[BoardView]):
    """The newest first, as the view has them."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._intro = Words(Role.SOFT)
        self._banner = BannerPanel(kit)
        self._rows = Column(lambda: BoardRowPanel(kit), Space.GAP)
        for widget in (self._intro, self._banner, self._rows):
            self.body.addWidget(widget)

    def draw(self, view: BoardView) -> None:
        """Show the board."""
        self._intro.draw(view.intro)
        self._banner.draw(view.banner)
        self._rows.draw(view.rows)
