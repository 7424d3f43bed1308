"""Draws one article: why it is shown, its steps, and whether it helped."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from samebox_agent.core.draft_intents import TypeObjection
from samebox_agent.presenters.views import ArticleView
from samebox_agent.ui.icons import Icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.steps import StepRow
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.buttons import ButtonRow, Size
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.glyph import Glyph
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.pill import PillRow
from samebox_agent.ui.widgets.reason import ReasonForm
from samebox_agent.ui.widgets.text import Words


class NoteRow(QHBoxLayout):
    """An icon and a sentence; both vanish with the sentence."""

    def __init__(self, kit: Kit, icon: Icon, role: Role = Role.CAPTION) -> None:
        super().__init__()
        self._glyph = Glyph(kit, icon, role)
        self._words = Words(role)
        self.setSpacing(Space.SMALL)
        self.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        self.addWidget(self._words, 1)

    def show_text(self, text: str) -> None:
        """Show a sentence, or nothing."""
        self._words.draw(text)
        self._glyph.setVisible(bool(text))


class ArticlePage(PageFrame[ArticleView]):
    """The buttons that end it stand in the foot."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._pills = PillRow(kit)
        self._reason = NoteRow(kit, Icon.LAPTOP)
        self._summary = Words(Role.BODY)
        self._panel = Panel(kit, Space.CARD)
        self._steps = Column(lambda: StepRow(kit), Space.CARD)
        self._undo = NoteRow(kit, Icon.UNDO)
        self._outcome = BannerPanel(kit)
        self._objection = ReasonForm(kit, lambda text: kit.send(TypeObjection(text)))
        self._buttons = ButtonRow(kit)
        self._links = ButtonRow(kit, Size.SMALL, gap=Space.CARD + 2)
        self._footnote = Words(Role.CAPTION)
        self._panel.body.addWidget(self._steps)
        self._panel.body.addLayout(self._undo)
        self.body.addWidget(self._pills)
        self.body.addLayout(self._reason)
        self.body.addWidget(self._summary)
        self.body.addWidget(self._panel)
        parts = (self._outcome, self._objection, self._buttons, self._footnote, self._links)
        for widget in parts:
            self.foot.addWidget(widget)
        self.with_foot()

    def draw(self, view: ArticleView) -> None:
        """Show the article."""
        self._pills.draw(view.pills)
        self._reason.show_text(view.reason)
        self._summary.draw(view.summary)
        self._panel.setVisible(bool(view.steps or view.undo))
        self._steps.draw(view.steps)
        self._undo.show_text(view.undo)
        self._outcome.draw(view.outcome)
        self._objection.draw(view.objection)
        self._buttons.draw(view.buttons)
        self._footnote.draw(view.footnote)
        self._links.draw(view.links)
