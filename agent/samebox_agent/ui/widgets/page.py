"""The frame of a page: content that scrolls, and a foot that stays."""

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from samebox_agent.ui.theme import Space

WIDEST = 680
V_contra = TypeVar("V_contra", contravariant=True)


class PageFrame(QWidget, Generic[V_contra]):
    """Put content into `body` and what must always be reachable into `foot`."""

    def __init__(self, gap: int = Space.CARD) -> None:
        super().__init__()
        content = QWidget()
        content.setProperty("surface", "body")
        content.setMaximumWidth(WIDEST)
        self._around = around = QVBoxLayout(content)
        around.setContentsMargins(Space.PAGE, Space.TINY, Space.PAGE, Space.PAGE)
        around.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setSpacing(gap)
        around.addLayout(self.body)
        around.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(content)
        self.area.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._footer = QWidget()
        self._footer.setProperty("surface", "footer")
        self._footer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._footer.hide()
        self.foot = QVBoxLayout(self._footer)
        self.foot.setContentsMargins(Space.PAGE, Space.CARD, Space.PAGE, Space.CARD)
        self.foot.setSpacing(Space.SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        layout.addWidget(self._footer)

    def _make_room(self, _least: int, most: int) -> None:
        """The scroll bar stands in the margin, so that content never moves when it comes."""
        bar = self.area.verticalScrollBar().sizeHint().width() if most > 0 else 0
        self._around.setContentsMargins(Space.PAGE, Space.TINY, Space.PAGE - bar, Space.PAGE)

    def with_foot(self, shown: bool = True) -> None:
        """This page has a foot, or none while there is nothing to do."""
        self._footer.setVisible(shown)

    def draw(self, view: V_contra) -> None:
        """Show the page's view."""
        raise NotImplementedError

    def first_field(self) -> QWidget | None:
        """Where the cursor goes when the page opens; None leaves it alone."""
        return None

    def to_top(self) -> None:
        """Scroll back to where reading starts."""
        self.area.verticalScrollBar().setValue(0)
