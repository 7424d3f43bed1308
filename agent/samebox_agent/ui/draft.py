"""Draws the draft article that a solved session became."""

from collections.abc import Sequence

from samebox_agent.presenters.views import DraftView
from samebox_agent.ui import labels
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.steps import StepRow
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.pill import PillRow
from samebox_agent.ui.widgets.text import Words


class DraftPage(PageFrame[DraftView]):
    """One sheet of paper: title, problem, steps, and the device types it fits."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._intro = Words(Role.SOFT)
        self._panel = Panel(kit, Space.GAP)
        self._title = Words(Role.HEADING)
        self._pills = PillRow(kit)
        self._problem = _Block(self._panel, labels.PROBLEM)
        self._steps_heading = Words(Role.STRONG)
        self._steps = Column(lambda: StepRow(kit), Space.GAP)
        self._panel.body.insertWidget(0, self._title)
        self._panel.body.insertWidget(1, self._pills)
        self._panel.body.addWidget(self._steps_heading)
        self._panel.body.addWidget(self._steps)
        self._fits = _Block(self._panel, labels.FITS)
        self._footnote = Words(Role.CAPTION)
        for widget in (self._intro, self._panel, self._footnote):
            self.body.addWidget(widget)

    def draw(self, view: DraftView) -> None:
        """Show the draft."""
        self._intro.draw(view.intro)
        self._title.draw(view.article_title)
        self._pills.draw(view.pills)
        self._problem.draw(view.problem)
        self._steps_heading.draw(labels.FIXED_BY if view.steps else "")
        self._steps.draw(view.steps)
        self._fits.draw(view.fits)
        self._footnote.draw(view.footnote)


class _Block:
    """A small heading over lines; nothing while there are none."""

    def __init__(self, panel: Panel, heading: str) -> None:
        self._name = heading
        self._heading = Words(Role.STRONG)
        self._lines = Column(lambda: Words(Role.BODY), Space.TINY)
        panel.body.addWidget(self._heading)
        panel.body.addWidget(self._lines)

    def draw(self, lines: Sequence[str]) -> None:
        """Show the lines."""
        self._heading.draw(self._name if lines else "")
        self._lines.draw(lines)
