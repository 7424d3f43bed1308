"""Rows of switches on one surface, with the values each stands for."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.column import Column, Drawable
from samebox_agent.ui.widgets.panel import Hairline, Panel
from samebox_agent.ui.widgets.text import Words

T = TypeVar("T")


class _Ruled(QWidget, Generic[T]):
    """A row with a thin line above it, except on the first."""

    def __init__(self, kit: Kit, row: Drawable[T]) -> None:
        super().__init__()
        assert isinstance(row, QWidget)
        self._row = row
        self.line = Hairline(kit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.GAP)
        layout.addWidget(self.line)
        layout.addWidget(row)

    def draw(self, value: T) -> None:
        """Show the row."""
        self._row.draw(value)


class RowPanel(Panel, Generic[T]):
    """One surface for all rows of a kind. Takes no room while empty."""

    def __init__(self, kit: Kit, make: Callable[[], Drawable[T]]) -> None:
        super().__init__(kit, Space.GAP)
        self._column: Column[T] = Column(lambda: _Ruled(kit, make()), Space.GAP)
        self.body.addWidget(self._column)

    def draw(self, values: Sequence[T]) -> None:
        """Show these rows."""
        self._column.draw(values)
        for at, row in enumerate(self._column.pool.widgets):
            assert isinstance(row, _Ruled)
            row.line.setVisible(at > 0)
        self.setVisible(bool(values))


class ValueLines(QWidget):
    """The live values behind a switch, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.HAIR, 0, 0)
        layout.setSpacing(Space.HAIR)
        self._lines = Column(lambda: Words(Role.CAPTION), Space.HAIR)
        layout.addWidget(self._lines)

    def draw(self, values: Sequence[str], included: bool) -> None:
        """Show the values; pale when they stay behind."""
        self._lines.draw(values)
        for line in self._lines.pool.widgets:
            assert isinstance(line, Words)
            line.set_full_ink(included)
        self.setVisible(bool(values))
