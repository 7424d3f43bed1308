"""Draws the ask sheet: exactly what will be sent, and to whom."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samebox_agent.core.intents import TypeAsk
from samebox_agent.presenters.views import AskView, ShareRow
from samebox_agent.presenters.views import TriedRow as Tried
from samebox_agent.ui import labels
from samebox_agent.ui.article import NoteRow
from samebox_agent.ui.icons import Icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.rows import RowPanel, ValueLines
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.buttons import Chips, IntentButton, Size
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.fields import ExactText, TextField
from samebox_agent.ui.widgets.glyph import Glyph
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.switch import SwitchRow
from samebox_agent.ui.widgets.text import Words


class ShareRowPanel(QWidget):
    """A kind of fact with the values that go along when its switch is on."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._switch = SwitchRow(kit)
        self._values = ValueLines()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._switch)
        layout.addWidget(self._values)

    def draw(self, value: ShareRow) -> None:
        """Show a kind of fact."""
        self._switch.draw(value.switch)
        self._values.draw(value.values, value.switch.on)


class TriedRow(QWidget):
    """One thing that was tried already, and the way to leave it out."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._text = Words(Role.BODY)
        self._leave_out = IntentButton(kit, Size.SMALL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(Glyph(kit, Icon.CHECK, Role.BODY), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._leave_out, 0, Qt.AlignmentFlag.AlignTop)

    def draw(self, value: Tried) -> None:
        """Show it."""
        self._text.draw(value.text)
        self._leave_out.draw(value.leave_out)


class AskPage(PageFrame[AskView]):
    """Ctrl+Enter in the field does what the send button does."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._send = IntentButton(kit, Size.LARGE)
        self._field = TextField(
            kit, labels.ASK_FIELD, lambda text: kit.send(TypeAsk(text)), least=3
        )
        self._field.submitted.connect(self._send.click)
        self._to_whom = NoteRow(kit, Icon.PEOPLE, Role.SOFT)
        self._systems_heading = Words(Role.HEADING)
        self._systems = Chips(kit, labels.YOUR_SYSTEM)
        self._topics_heading = Words(Role.HEADING)
        self._topics = Chips(kit, labels.TOPIC)
        self._rows_heading = Words(Role.HEADING)
        self._rows = RowPanel(kit, lambda: ShareRowPanel(kit))
        self._along = RowPanel(kit, lambda: SwitchRow(kit))
        self._name_panel = Panel(kit)
        self._name = SwitchRow(kit)
        self._name_panel.body.addWidget(self._name)
        self._tried_heading = Words(Role.HEADING)
        self._tried = Column(lambda: TriedRow(kit), Space.SMALL)
        self._preview_button = IntentButton(kit)
        self._preview = ExactText(kit, labels.PREVIEW)
        self._trouble = BannerPanel(kit)
        self._footnote = Words(Role.CAPTION)
        self._footnote.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._build()

    def _build(self) -> None:
        self.body.addWidget(self._field)
        self.body.addLayout(self._to_whom)
        for widget in (
            self._systems_heading,
            self._systems,
            self._topics_heading,
            self._topics,
            self._rows_heading,
            self._rows,
            self._along,
            self._name_panel,
            self._tried_heading,
            self._tried,
        ):
            self.body.addWidget(widget)
        self.body.addWidget(self._preview_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._preview)
        for below in (self._trouble, self._send, self._footnote):
            self.foot.addWidget(below)
        self.with_foot()

    def draw(self, view: AskView) -> None:
        """Show the sheet."""
        self._field.draw(view.text, view.placeholder)
        self._to_whom.show_text(view.to_whom)
        self._systems_heading.draw(labels.YOUR_SYSTEM if view.systems else "")
        self._systems.draw(view.systems)
        self._topics_heading.draw(view.topics_heading)
        self._topics.draw(view.topics)
        self._along.draw(view.along)
        self._rows_heading.draw(labels.GOES_ALONG if view.rows else "")
        self._rows.draw(view.rows)
        self._name.draw(view.name_hidden)
        self._tried_heading.draw(labels.TRIED if view.tried else "")
        self._tried.draw(view.tried)
        self._preview_button.draw(view.preview_button)
        self._preview.draw(view.preview)
        self._trouble.draw(view.trouble)
        self._send.draw(view.send)
        self._footnote.draw(view.footnote)

    def first_field(self) -> QWidget:
        return self._field
