"""Draws the draft article of a solved session: what leaves, what does not, and how far it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from samebox_shared.model.ids import SessionId

from samebox_agent.core.draft_intents import TypeDoubt, TypeFixed, TypeUndo
from samebox_agent.presenters.views import DraftRow, DraftView
from samebox_agent.ui import labels
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.people import OwnRowPanel
from samebox_agent.ui.rows import RowPanel
from samebox_agent.ui.steps import Disc
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.buttons import ButtonRow, Size
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.marked import MarkedText
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.pill import PillRow
from samebox_agent.ui.widgets.reason import ReasonForm
from samebox_agent.ui.widgets.switch import SwitchBox
from samebox_agent.ui.widgets.text import Words


class DraftLine(QWidget):
    """A sentence as it leaves; the number of a step before it, its switch behind it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._number = Disc(kit)
        self._text = MarkedText(kit, Role.BODY)
        self._switch = SwitchBox(kit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(0, Space.HAIR, 0, 0)
        words.addWidget(self._text)
        row.addLayout(words, 1)
        row.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignTop)

    def draw(self, value: DraftRow) -> None:
        """Show it."""
        self._number.draw(value.number)
        self._number.setVisible(bool(value.number))
        self._text.draw(value.runs, value.switch is None or value.switch.on)
        if value.switch is not None:
            self._switch.draw(value.switch)
        self._switch.setVisible(value.switch is not None)


class DraftPage(PageFrame[DraftView]):
    """One sheet of paper; under it what was taken out; what becomes of it stands in the foot."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._intro = Words(Role.SOFT)
        self._banner = BannerPanel(kit)
        self._panel = Panel(kit, Space.GAP)
        self._heading = MarkedText(kit, Role.HEADING)
        self._pills = PillRow(kit)
        self._problem_heading = Words(Role.STRONG)
        self._problem = Column(lambda: DraftLine(kit), Space.SMALL)
        self._steps_heading = Words(Role.STRONG)
        self._steps = Column(lambda: DraftLine(kit), Space.GAP)
        self._fits_heading = Words(Role.STRONG)
        self._fits = Column(lambda: Words(Role.BODY), Space.TINY)
        self._back_heading = Words(Role.STRONG)
        self._back = MarkedText(kit, Role.BODY)
        self._taken_heading = Words(Role.HEADING)
        self._taken = RowPanel(kit, lambda: OwnRowPanel(kit))
        self._reason = ReasonForm(kit, self._typed)
        self._undo = ReasonForm(kit, self._typed_undo)
        self._fixed = ReasonForm(kit, self._typed_fixed)
        self._buttons = ButtonRow(kit)
        self._links = ButtonRow(kit, Size.SMALL, gap=Space.CARD + 2)
        self._footnote = Words(Role.CAPTION)
        self._session_id = SessionId("")
        self._build()

    def _build(self) -> None:
        for widget in (
            self._pills,
            self._heading,
            self._problem_heading,
            self._problem,
            self._steps_heading,
            self._steps,
            self._fixed,
            self._fits_heading,
            self._fits,
            self._back_heading,
            self._back,
        ):
            self._panel.body.addWidget(widget)
        self._panel.body.addWidget(self._undo)
        around = (self._intro, self._banner, self._panel, self._taken_heading, self._taken)
        for part in (*around, self._footnote):
            self.body.addWidget(part)
        for end in (self._reason, self._buttons, self._links):
            self.foot.addWidget(end)

    def draw(self, view: DraftView) -> None:
        """Show the draft."""
        self._session_id = SessionId(view.session_id)
        self._intro.draw(view.intro)
        self._banner.draw(view.banner)
        self._pills.draw(view.pills)
        self._heading.draw(view.heading)
        self._problem_heading.draw(labels.PROBLEM if view.problem else "")
        self._problem.draw(view.problem)
        self._steps_heading.draw(labels.FIXED_BY if view.steps else "")
        self._steps.draw(view.steps)
        self._fits_heading.draw(labels.FITS if view.fits else "")
        self._fits.draw(view.fits)
        self._back_heading.draw(labels.GO_BACK if view.go_back else "")
        self._back.draw(view.go_back)
        self._taken_heading.draw(view.taken_heading)
        self._taken.draw(view.taken)
        self._footnote.draw(view.footnote)
        self._reason.draw(view.reason)
        self._undo.draw(view.undo)
        self._fixed.draw(view.fixed)
        self._buttons.draw(view.buttons)
        self._links.draw(view.links)
        self.with_foot(bool(view.reason or view.buttons or view.links))

    def _typed_fixed(self, text: str) -> None:
        self._kit.send(TypeFixed(self._session_id, text))

    def _typed_undo(self, text: str) -> None:
        self._kit.send(TypeUndo(self._session_id, text))

    def _typed(self, text: str) -> None:
        self._kit.send(TypeDoubt(self._session_id, text))
