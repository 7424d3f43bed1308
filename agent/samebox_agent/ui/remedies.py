"""Draws a remedy on its way, under the step that names it: what is said, and what was found."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from samebox_agent.presenters.views import RemedyView
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.text import Words


class RemedyPanel(QWidget):
    """A banner and rows below it; takes no room without a view."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._banner = BannerPanel(kit)
        self._rows = Column(_Row, Space.TINY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self._banner)
        layout.addWidget(self._rows)

    def draw(self, value: RemedyView | None) -> None:
        """Show it, or nothing."""
        self._banner.draw(None if value is None else value.banner)
        self._rows.draw(() if value is None else value.rows)
        self.setVisible(value is not None)


class _Row(QWidget):
    """A name, and its size at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._name = Words(Role.BODY)
        self._size = Words(Role.CAPTION)
        self._size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.GAP, 0, Space.GAP, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self._name, 3)
        row.addWidget(self._size, 1)

    def draw(self, value: tuple[str, str]) -> None:
        """Show a row."""
        self._name.draw(value[0])
        self._size.draw(value[1])
