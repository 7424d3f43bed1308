"""Draws the sharing sheet: what Samebox can see, may share if you allow it, and never sees."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samebox_agent.presenters.views import SharingRow, SharingView
from samebox_agent.ui.icons import Icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.rows import RowPanel, ValueLines
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.buttons import IntentButton, Size
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.glyph import Glyph
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.switch import SwitchRow
from samebox_agent.ui.widgets.text import Words


class SharingRowPanel(QWidget):
    """A kind of fact: its switch, what it is for, an example, the value on this laptop, and how
    long reading it took."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._switch = SwitchRow(kit)
        self._purpose = Words(Role.CAPTION)
        self._example = Words(Role.CAPTION)
        self._values = ValueLines()
        self._cost = Words(Role.CAPTION)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.HAIR)
        for widget in (self._switch, self._purpose, self._example, self._values, self._cost):
            layout.addWidget(widget)

    def draw(self, value: SharingRow) -> None:
        """Show a kind of fact."""
        self._switch.draw(value.switch)
        self._purpose.draw(value.purpose)
        self._example.draw(value.example)
        self._values.draw(value.values, value.switch.on)
        self._cost.draw(value.cost)


class NeverRow(QWidget):
    """One thing Samebox never sees."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._text = Words(Role.BODY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(Glyph(kit, Icon.CROSS, Role.BODY), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def draw(self, value: str) -> None:
        """Show it."""
        self._text.draw(value)


class SharingPage(PageFrame[SharingView]):
    """Read from the top; the button that goes on stays in the foot."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._intro = Words(Role.SOFT)
        self._reading_panel = Panel(kit)
        self._reading = SwitchRow(kit)
        self._reading_panel.body.addWidget(self._reading)
        self._rows = RowPanel(kit, lambda: SharingRowPanel(kit))
        self._never_heading = Words(Role.HEADING)
        self._never_panel = Panel(kit)
        self._never = Column(lambda: NeverRow(kit), Space.SMALL)
        self._never_panel.body.addWidget(self._never)
        self._done = IntentButton(kit, Size.LARGE)
        self._footnote = Words(Role.CAPTION)
        self._footnote.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for widget in (
            self._intro,
            self._reading_panel,
            self._rows,
            self._never_heading,
            self._never_panel,
        ):
            self.body.addWidget(widget)
        self.foot.addWidget(self._done)
        self.foot.addWidget(self._footnote)
        self.with_foot()

    def draw(self, view: SharingView) -> None:
        """Show the sheet."""
        self._intro.draw(view.intro)
        self._reading.draw(view.reading)
        self._rows.draw(view.rows)
        self._never_heading.draw(view.never_heading)
        self._never.draw(view.never)
        self._never_panel.setVisible(bool(view.never))
        self._done.draw(view.done)
        self._footnote.draw(view.footnote)
