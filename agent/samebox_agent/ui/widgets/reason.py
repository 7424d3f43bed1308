"""A field for what is wrong or missing, with the same words as they leave."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samebox_agent.presenters.views import Reason
from samebox_agent.ui import labels
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.buttons import ButtonRow
from samebox_agent.ui.widgets.fields import TextField, Typed
from samebox_agent.ui.widgets.marked import MarkedText
from samebox_agent.ui.widgets.text import Words


class ReasonForm(QWidget):
    """Hidden while nobody is asked."""

    def __init__(self, kit: Kit, typed: Typed) -> None:
        super().__init__()
        self._heading = Words(Role.STRONG)
        self._field = TextField(kit, "", typed, least=2)
        self._leaves_heading = Words(Role.CAPTION)
        self._leaves = MarkedText(kit, Role.BODY)
        self._note = Words(Role.CAPTION)
        self._buttons = ButtonRow(kit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        for widget in (
            self._heading,
            self._field,
            self._leaves_heading,
            self._leaves,
            self._note,
            self._buttons,
        ):
            layout.addWidget(widget)

    def draw(self, value: Reason | None) -> None:
        """Show the field, or take no room."""
        if value is not None:
            self._heading.draw(value.heading)
            self._field.setAccessibleName(value.heading)
            self._field.draw(value.text, value.placeholder)
            self._leaves_heading.draw(labels.LEAVES if value.leaves else "")
            self._leaves.draw(value.leaves)
            self._note.draw(value.note)
            self._buttons.draw(value.buttons)
        self.setVisible(value is not None)
