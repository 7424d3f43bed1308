"""Draws the list of everything that left this laptop."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from samebox_agent.presenters.views import LogEntry, SharedLogView
from samebox_agent.ui import labels
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.column import Column
from samebox_agent.ui.widgets.fields import ExactText
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.panel import Panel
from samebox_agent.ui.widgets.text import Words


class LogPanel(Panel):
    """One thing that was sent; the exact bytes unfold on a click."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, Space.TINY)
        self._view: LogEntry | None = None
        self._open = False
        self._what = Words(Role.STRONG)
        self._when = Words(Role.CAPTION)
        self._payload = ExactText(kit, labels.PREVIEW)
        self._toggle = QPushButton(labels.SHOW_ALL)
        self._toggle.setProperty("weight", "quiet")
        self._toggle.setProperty("scale", "small")
        self._toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._toggle.setAutoDefault(False)
        self._toggle.clicked.connect(self._flip)
        self.body.addWidget(self._what)
        self.body.addWidget(self._when)
        self.body.addWidget(self._payload)
        self.body.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)

    def draw(self, value: LogEntry) -> None:
        """Show an entry, folded when it is another one than before."""
        if value != self._view:
            self._view, self._open = value, False
            self._show()

    def _flip(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        if self._view is None:
            return
        self._what.draw(self._view.what)
        self._when.draw(self._view.when)
        self._payload.draw(self._view.payload if self._open else "")
        self._toggle.setVisible(bool(self._view.payload))
        self._toggle.setText(labels.HIDE_ALL if self._open else labels.SHOW_ALL)
        self._toggle.setAccessibleName(f"{self._toggle.text()}: {self._view.what}")


class SharedLogPage(PageFrame[SharedLogView]):
    """Newest first, as the view has them."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._intro = Words(Role.SOFT)
        self._entries = Column(lambda: LogPanel(kit), Space.GAP)
        self._empty = Words(Role.BODY)
        for widget in (self._intro, self._entries, self._empty):
            self.body.addWidget(widget)

    def draw(self, view: SharedLogView) -> None:
        """Show the list."""
        self._intro.draw(view.intro)
        self._entries.draw(view.entries)
        self._empty.draw("" if view.entries else view.empty)
