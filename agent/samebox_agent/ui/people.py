"""Draws my devices, also those added by hand, and the people I blocked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samebox_agent.core.helping_intents import TypePhoneModel, TypePhoneVendor
from samebox_agent.presenters.views import OwnRow, PeopleView
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.rows import RowPanel
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.buttons import Chips, IntentButton
from samebox_agent.ui.widgets.labelled import LabelledField
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.text import Words


class OwnRowPanel(QWidget):
    """A device or a person, and what takes it out of the list."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._text = Words(Role.BODY)
        self._detail = Words(Role.CAPTION)
        self._button = IntentButton(kit)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(self._text)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addLayout(words, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)

    def draw(self, value: OwnRow) -> None:
        """Show it."""
        self._text.draw(value.text)
        self._detail.draw(value.detail)
        self._button.draw_or_hide(value.button)


class PeoplePage(PageFrame[PeopleView]):
    """Two lists of one's own."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._devices_heading = Words(Role.HEADING)
        self._devices_detail = Words(Role.SOFT)
        self._devices = RowPanel(kit, lambda: OwnRowPanel(kit))
        self._add_panel = Panel(kit, Space.GAP)
        self._add_heading = Words(Role.STRONG)
        self._systems = Chips(kit, "")
        self._vendor = LabelledField(kit, lambda text: kit.send(TypePhoneVendor(text)))
        self._model = LabelledField(kit, lambda text: kit.send(TypePhoneModel(text)))
        self._add = IntentButton(kit)
        for widget in (self._add_heading, self._systems, self._vendor, self._model):
            self._add_panel.body.addWidget(widget)
        self._add_panel.body.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._blocked_heading = Words(Role.HEADING)
        self._blocked = RowPanel(kit, lambda: OwnRowPanel(kit))
        self._nobody = Words(Role.SOFT)
        for part in (
            self._devices_heading,
            self._devices_detail,
            self._devices,
            self._add_panel,
            self._blocked_heading,
            self._blocked,
            self._nobody,
        ):
            self.body.addWidget(part)

    def draw(self, view: PeopleView) -> None:
        """Show both."""
        self._devices_heading.draw(view.devices_heading)
        self._devices_detail.draw(view.devices_detail)
        self._devices.draw(view.devices)
        self._add_heading.draw(view.add_heading)
        self._systems.setAccessibleName(view.add_heading)
        self._systems.draw(view.systems)
        self._vendor.draw(view.vendor)
        self._model.draw(view.model)
        self._add.draw(view.add)
        self._blocked_heading.draw(view.blocked_heading)
        self._blocked.draw(view.blocked)
        self._nobody.draw("" if view.blocked else view.nobody)
