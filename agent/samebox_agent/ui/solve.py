"""Draws the sheet at the end of a session: one tap of thanks, and what fixed it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from samebox_shared.model.ids import SessionId

from samebox_agent.core.intents import TypeFixedBy
from samebox_agent.presenters.views import SolveView
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.buttons import IntentButton
from samebox_agent.ui.widgets.fields import TextField
from samebox_agent.ui.widgets.switch import SwitchRow
from samebox_agent.ui.widgets.text import Words


class SolveSheet(QWidget):
    """Stands where the composer was. Ctrl+Enter in the field says solved."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._session = SessionId("")
        self.setProperty("surface", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = Words(Role.HEADING)
        self._label = Words(Role.STRONG)
        self._thanks = SwitchRow(kit)
        self._done = IntentButton(kit)
        self._not_yet = IntentButton(kit)
        self.field = TextField(kit, "", self._typed, least=2, most=5)
        self.field.submitted.connect(self._done.click)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self._done, 1)
        row.addWidget(self._not_yet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.PAGE, Space.CARD, Space.PAGE, Space.PAGE - 4)
        layout.setSpacing(Space.GAP)
        for widget in (self._title, self._label, self.field, self._thanks):
            layout.addWidget(widget)
        layout.setSpacing(Space.GAP)
        layout.addLayout(row)
        self.hide()

    def draw(self, value: SolveView | None) -> None:
        """Show the sheet, or take no room."""
        if value is not None:
            self._session = SessionId(value.session_id)
            self._title.draw(value.title)
            self._label.draw(value.field_label)
            self.field.setAccessibleName(value.field_label)
            self.field.draw(value.text, value.field_placeholder)
            self._thanks.draw(value.thanks)
            self._done.draw(value.done)
            self._not_yet.draw(value.not_yet)
        self.setVisible(value is not None)

    def _typed(self, text: str) -> None:
        self._kit.send(TypeFixedBy(self._session, text))
