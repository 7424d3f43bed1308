"""Draws the help page: one field, fixes while typing, the way to a colleague."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from samebox_agent.core.intents import StartAsking, TypeQuestion
from samebox_agent.presenters.views import HelpView, Section
from samebox_agent.ui import labels
from samebox_agent.ui.icons import Icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.buttons import ButtonRow, IntentButton, Size
from samebox_agent.ui.widgets.card import CardPanel
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.fields import LineField
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.text import Words


class SectionColumn(QWidget):
    """A heading over cards."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._heading = Words(Role.HEADING)
        self._cards = Column(lambda: CardPanel(kit), Space.GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.TINY, 0, 0)
        layout.setSpacing(Space.GAP)
        layout.addWidget(self._heading)
        layout.addWidget(self._cards)

    def draw(self, value: Section) -> None:
        """Show a section."""
        self._heading.draw(value.heading)
        self._cards.draw(value.cards)


class HelpPage(PageFrame[HelpView]):
    """Ctrl+Enter in the field goes on to a colleague."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._field = LineField(
            kit, labels.QUESTION_FIELD, lambda text: kit.send(TypeQuestion(text)), Icon.SEARCH
        )
        self._field.submitted.connect(lambda: kit.send(StartAsking()))
        self._banners = Column(lambda: BannerPanel(kit), Space.GAP)
        self._sections = Column(lambda: SectionColumn(kit), Space.CARD)
        self._empty = Words(Role.SOFT)
        self._ask = IntentButton(kit, Size.LARGE)
        self._footnote = Words(Role.CAPTION)
        self._links = ButtonRow(kit, Size.SMALL, centred=True, gap=Space.CARD + 2)
        for widget in (self._field, self._banners, self._sections, self._empty):
            self.body.addWidget(widget)
        self._footnote.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for below in (self._ask, self._footnote, self._links):
            self.foot.addWidget(below)
        self.with_foot()

    def draw(self, view: HelpView) -> None:
        """Show the page."""
        self._field.draw(view.text, view.placeholder)
        self._banners.draw(view.banners)
        self._sections.draw(view.sections)
        self._empty.draw(view.empty)
        self._ask.draw(view.ask)
        self._footnote.draw(view.footnote)
        self._links.draw(view.links)

    def first_field(self) -> QWidget:
        return self._field
