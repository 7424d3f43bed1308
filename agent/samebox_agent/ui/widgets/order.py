"""The order in which Tab walks: as one reads, also when widgets came later than their neighbours.

Qt appends a widget to the end of the walk when it is made; a card that appears while one types
would come after the foot of the page.
"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QStackedWidget, QWidget

from samebox_agent.ui.widgets.card import CardPanel


class TabOrder:
    """Keeps the walk of one window in reading order."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._last: list[QWidget] = []

    def renew(self) -> None:
        """After drawing: put the walk right. Costs next to nothing while nothing came or went."""
        stops = list(stops_in(self._window))
        if stops == self._last:
            return
        self._last = stops
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)


def stops_in(widget: QWidget) -> Iterator[QWidget]:
    """What can have the focus in a widget, in reading order."""
    if isinstance(widget, CardPanel):
        yield widget.face
    if isinstance(widget, QStackedWidget):
        current: QWidget | None = widget.currentWidget()
        if current is not None:
            yield from stops_in(current)
        return
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        if inside is not None:
            yield from stops_in(inside)
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    layout: QLayout | None = widget.layout()
    if layout is not None:
        yield from _stops_of_layout(layout)


def _stops_of_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget = None if item is None else item.widget()
        inner = None if item is None else item.layout()
        if widget is not None:
            yield from stops_in(widget)
        elif inner is not None:
            yield from _stops_of_layout(inner)
