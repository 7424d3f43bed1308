"""The main window: a header, one page at a time, and a message over it when something is wrong."""

from importlib import import_module
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from samebox_agent.core.intents import ComeBack, HideWindow
from samebox_agent.presenters.views import (
    ArticleView,
    AskView,
    BoardView,
    DraftView,
    HelpView,
    InviteView,
    JoinView,
    MainView,
    PageView,
    PeopleView,
    SettingsView,
    SharedLogView,
    SharingView,
    VolunteeringView,
)
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Role, Space
from samebox_agent.ui.widgets.back import BackButton
from samebox_agent.ui.widgets.banner import BannerPanel
from samebox_agent.ui.widgets.front import rest, to_front
from samebox_agent.ui.widgets.order import TabOrder
from samebox_agent.ui.widgets.page import PageFrame
from samebox_agent.ui.widgets.pill import PillLabel
from samebox_agent.ui.widgets.text import Words

SIZE = (440, 720)
SMALLEST = (340, 420)


class MainWindow(QWidget):
    """Pages are imported and built when they are first shown, and kept."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._view: MainView | None = None
        self._left = False
        self._pages: dict[type[Any], PageFrame[Any]] = {}
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self._back = BackButton(kit)
        self._title = Words(Role.TITLE)
        self._pill = PillLabel(kit)
        self._trouble = BannerPanel(kit)
        self._stack = QStackedWidget()
        self._order = TabOrder(self)
        self._build()
        QShortcut(QKeySequence("Ctrl+W"), self, self.close)
        QShortcut(QKeySequence("Esc"), self, self._escape)

    def _build(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(Space.GAP)
        title.addWidget(self._title, 1)
        title.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignVCenter)
        head = QVBoxLayout()
        head.setContentsMargins(Space.PAGE, Space.PAGE - 4, Space.PAGE, Space.GAP)
        head.setSpacing(Space.SMALL + 2)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(title)
        head.addWidget(self._trouble)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    def draw(self, view: MainView) -> None:
        """Show the window's view; whether it is open is the shell's business."""
        before, self._view = self._view, view
        self.setWindowTitle(f"{view.page.title} – Samebox")
        self._title.draw(view.page.title)
        self._pill.draw(view.page.pill if isinstance(view.page, HelpView) else None)
        self._back.draw_or_hide(view.back)
        self._trouble.draw(view.trouble)
        if before is None or before.page != view.page:
            self._draw_page(view.page, turned=before is None or before.page.page != view.page.page)

    def present(self) -> None:
        """Come to the front, ready to type in."""
        to_front(self)
        self._focus_first()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._kit.send(HideWindow())
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.ActivationChange:
            if self._left and self.isActiveWindow():
                self._kit.send(ComeBack())
            self._left = not self.isActiveWindow()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        rest(self)
        super().hideEvent(event)

    def _draw_page(self, view: PageView, turned: bool) -> None:
        page = self._pages.get(type(view))
        if page is None:
            page = self._pages[type(view)] = make_page(view, self._kit)
            self._stack.addWidget(page)
        page.draw(view)
        if turned:
            self._stack.setCurrentWidget(page)
            page.to_top()
        self._order.renew()
        if turned and self.isVisible():
            self._focus_first()

    def _focus_first(self) -> None:
        current = self._stack.currentWidget()
        if isinstance(current, PageFrame):
            # Without a field the page itself has the focus: the arrow keys scroll it.
            field = current.first_field()
            (current.area if field is None else field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _escape(self) -> None:
        if self._view is not None and self._view.back is not None:
            self._kit.send(self._view.back.intent)
        else:
            self.close()


# One line for each kind of view: where its page lives. Imported when it is first shown.
PAGES: dict[type[Any], tuple[str, str]] = {
    HelpView: ("help", "HelpPage"),
    ArticleView: ("article", "ArticlePage"),
    AskView: ("ask", "AskPage"),
    SharingView: ("sharing", "SharingPage"),
    JoinView: ("join", "JoinPage"),
    SettingsView: ("settings", "SettingsPage"),
    SharedLogView: ("shared_log", "SharedLogPage"),
    DraftView: ("draft", "DraftPage"),
    InviteView: ("invite", "InvitePage"),
    VolunteeringView: ("volunteering", "VolunteeringPage"),
    PeopleView: ("people", "PeoplePage"),
    BoardView: ("board", "BoardPage"),
}


def make_page(view: PageView, kit: Kit) -> PageFrame[Any]:
    """The page that draws this kind of view."""
    module, name = PAGES[type(view)]
    made = getattr(import_module(f"samebox_agent.ui.{module}"), name)(kit)
    assert isinstance(made, PageFrame)
    return made
