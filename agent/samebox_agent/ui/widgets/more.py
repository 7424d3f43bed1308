"""Menus whose lines are intents: behind the "more" button, and on a line of a conversation."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from samebox_agent.core.intents import Intent
from samebox_agent.presenters.tray_view import MenuItem
from samebox_agent.ui.icons import Icon
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.widgets.buttons import IconButton


class IntentMenu(QMenu):
    """Made when it is opened, gone when it is closed. Arrows walk, Enter chooses, Esc closes."""

    def __init__(
        self, send: Callable[[Intent], None], items: Sequence[MenuItem], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)
        for item in items:
            if item.separator_before:
                self.addSeparator()
            action = QAction(item.label.replace("&", "&&"), self)
            action.setEnabled(item.intent is not None)
            if item.intent is not None:
                action.triggered.connect(_Sender(send, item.intent))
            self.addAction(action)
        if self.actions():
            self.setActiveAction(self.actions()[0])


class _Sender:
    """Sends one intent, whatever Qt passes along."""

    def __init__(self, send: Callable[[Intent], None], intent: Intent) -> None:
        self._send = send
        self._intent = intent

    def __call__(self, *_: object) -> None:
        self._send(self._intent)


class MoreButton(IconButton):
    """Three dots; takes no room while there is nothing behind them."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__(kit, Icon.MORE, name)
        self._items: tuple[MenuItem, ...] = ()
        self.clicked.connect(self._open)

    def draw(self, items: tuple[MenuItem, ...]) -> None:
        """Take the lines of the menu."""
        self._items = items
        self.setVisible(bool(items))

    def items(self) -> tuple[MenuItem, ...]:
        """What is behind it."""
        return self._items

    def choose(self, label: str) -> bool:
        """Do what a click on a line does; false when there is no such line."""
        intent = next((item.intent for item in self._items if item.label == label), None)
        if intent is not None:
            self._kit.send(intent)
        return intent is not None

    def _open(self) -> None:
        menu = IntentMenu(self._kit.send, self._items, self)
        menu.popup(self.mapToGlobal(QPoint(self.width() - menu.sizeHint().width(), self.height())))
