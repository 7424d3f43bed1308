"""The upper part of a session window: what is happening, the facts, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from samebox_agent.presenters.views import SessionView
from samebox_agent.ui import labels
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.buttons import ButtonRow
from samebox_agent.ui.widgets.card import CardPanel
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.more import MoreButton
from samebox_agent.ui.widgets.panel import Hairline, Panel
from samebox_agent.ui.widgets.pill import PillLabel, PillRow
from samebox_agent.ui.widgets.text import Words

MOST_OF_THE_WINDOW = 0.5


class FactGrid(Panel):
    """What the asker shared, folded to the first few rows: name left, value right."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, Space.SMALL)
        self._heading = Words(Role.STRONG)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.CARD)
        self._grid.setVerticalSpacing(Space.TINY)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._cells: list[tuple[Words, Words]] = []
        self._rows: Sequence[tuple[str, str]] = ()
        self._first = 0
        self._open = False
        self._toggle = QPushButton()
        self._toggle.setProperty("weight", "quiet")
        self._toggle.setProperty("scale", "small")
        self._toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._toggle.setAutoDefault(False)
        self._toggle.clicked.connect(self._flip)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._toggle)
        self.body.addLayout(top)
        self.body.addLayout(self._grid)

    def draw(self, heading: str, rows: Sequence[tuple[str, str]], first: int) -> None:
        """Show the facts, `first` of them while folded, or take no room."""
        self._heading.draw(heading)
        self._rows, self._first = rows, first
        self._show()
        self.setVisible(bool(rows))

    def _flip(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        rows = self._rows if self._open else self._rows[: self._first]
        self._toggle.setVisible(len(self._rows) > self._first)
        said = labels.SHOW_FEWER if self._open else labels.SHOW_ALL_FACTS.format(len(self._rows))
        self._toggle.setText(said)
        while len(self._cells) < len(rows):
            cells = (Words(Role.CAPTION), Words(Role.CAPTION))
            cells[1].set_full_ink(True)
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, len(self._cells), column, Qt.AlignmentFlag.AlignTop)
            self._cells.append(cells)
        for at, (name, value) in enumerate(self._cells):
            name.draw(rows[at][0] if at < len(rows) else "")
            value.draw(rows[at][1] if at < len(rows) else "")


class HeadArea(QScrollArea):
    """As high as the head needs, but never more than half of the window: the rest is for talk."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.head = SessionHead(kit)
        self.head.setProperty("surface", "body")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self.head)
        self._line = Hairline(kit, self)
        self.head.installEventFilter(self)

    def fit(self) -> None:
        """Take the height that is needed now."""
        needed = self.head.heightForWidth(self.width())
        wanted = min(needed, int(self.window().height() * MOST_OF_THE_WINDOW))
        if wanted != self.height():
            self.setFixedHeight(wanted)
        self._line.setVisible(needed > wanted)
        self._line.setGeometry(0, wanted - 1, self.width(), 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class SessionHead(QWidget):
    """Title, what is happening, the facts, and what can be done."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._title = Words(Role.HEADING)
        self._subtitle = Words(Role.CAPTION)
        self._badge = PillLabel(kit)
        self._peer = PillLabel(kit)
        self._people = PillRow(kit)
        self._state = BannerPanel(kit)
        self._answers = Column(lambda: CardPanel(kit), Space.GAP)
        self._facts = FactGrid(kit)
        self._buttons = ButtonRow(kit)
        self._more = MoreButton(kit, labels.MORE)
        named = QHBoxLayout()
        named.setSpacing(Space.SMALL)
        named.addWidget(self._title, 1)
        named.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addLayout(named)
        words.addWidget(self._subtitle)
        top = QHBoxLayout()
        top.setSpacing(Space.GAP)
        top.addLayout(words, 1)
        top.addWidget(self._peer, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._more, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.PAGE, Space.PAGE - 4, Space.PAGE, Space.SMALL)
        layout.setSpacing(Space.GAP)
        layout.addLayout(top)
        for widget in (self._people, self._state, self._answers, self._facts):
            layout.addWidget(widget)

    def draw(self, view: SessionView) -> None:
        """Show the head of the session."""
        self._title.draw(view.title)
        self._subtitle.draw(view.subtitle)
        self._badge.draw(view.badge)
        self._peer.draw(view.peer)
        self._people.draw(view.people)
        self._state.draw(view.state)
        self._answers.draw(view.answers)
        self._facts.draw(view.facts_heading, view.fact_rows, view.facts_first)
        self._buttons.draw(view.buttons)
        self._more.draw(view.menu)
