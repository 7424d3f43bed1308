"""As many widgets of one kind as there are values, kept and redrawn rather than made anew."""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from samebox_agent.ui.widgets.flow import Flow

Value_contra = TypeVar("Value_contra", contravariant=True)
T = TypeVar("T")


class Drawable(Protocol[Value_contra]):
    """A widget that can show one kind of value."""

    def draw(self, value: Value_contra) -> None:
        """Show the value."""
        ...


class Pool(Generic[T]):
    """The widgets of a layout, one for each value; the surplus is given back to Qt."""

    def __init__(self, layout: QLayout, make: Callable[[], Drawable[T]]) -> None:
        self._layout = layout
        self._make = make
        self.widgets: list[Drawable[T]] = []

    def draw(self, values: Sequence[T]) -> None:
        """Show exactly these values, in this order."""
        while len(self.widgets) > len(values):
            _give_back(self._layout, self.widgets.pop())
        while len(self.widgets) < len(values):
            widget = self._make()
            assert isinstance(widget, QWidget)
            self._layout.addWidget(widget)
            self.widgets.append(widget)
        for widget, value in zip(self.widgets, values, strict=True):
            widget.draw(value)


def _give_back(layout: QLayout, widget: object) -> None:
    assert isinstance(widget, QWidget)
    layout.removeWidget(widget)
    widget.hide()
    widget.deleteLater()


class Column(QWidget, Generic[T]):
    """One under the other. Takes no room while empty."""

    def __init__(
        self, make: Callable[[], Drawable[T]], gap: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        self.pool: Pool[T] = Pool(layout, make)

    def draw(self, values: Sequence[T]) -> None:
        """Show exactly these values."""
        self.pool.draw(values)
        self.setVisible(bool(values))


class Row(QWidget, Generic[T]):
    """Side by side, wrapping. Takes no room while empty."""

    def __init__(
        self,
        make: Callable[[], Drawable[T]],
        gap: int,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.pool: Pool[T] = Pool(Flow(self, gap, centred), make)

    def draw(self, values: Sequence[T]) -> None:
        """Show exactly these values."""
        self.pool.draw(values)
        self.setVisible(bool(values))
