"""A line to type in under its label, with what it is for and what cannot be read."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samebox_agent.presenters.views import Field, Tone
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.fields import LineField, Typed
from samebox_agent.ui.widgets.text import Words


class LabelledField(QWidget):
    """The label is also the name of the field; what helps to fill it in is its description."""

    def __init__(self, kit: Kit, typed: Typed) -> None:
        super().__init__()
        self._label = Words(Role.STRONG)
        self.field = LineField(kit, "", typed)
        self._detail = Words(Role.CAPTION)
        self._complaint = Words(Role.CAPTION)
        self._complaint.set_tone(Tone.BAD)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TINY)
        for widget in (self._label, self.field, self._complaint, self._detail):
            layout.addWidget(widget)

    def draw(self, value: Field) -> None:
        """Show the field."""
        self._label.draw(value.label)
        self.field.setAccessibleName(value.label)
        self.field.setAccessibleDescription(value.complaint or value.detail)
        self.field.draw(value.text, value.placeholder)
        self._complaint.draw(value.complaint)
        self._detail.draw(value.detail)
