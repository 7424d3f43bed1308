"""The conversation: a list drawn by difference, of which only the newest part is laid out.

A conversation of thousands of entries costs what its last few hundred cost; earlier ones come
when the person scrolls to the top.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from samebox_agent.presenters.views import Entry, Side
from samebox_agent.ui import labels
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.widgets.bubble import ENTRY, Bubbles
from samebox_agent.ui.widgets.more import IntentMenu

PART = 200
Index = QModelIndex | QPersistentModelIndex


class Conversation(QAbstractListModel):
    """The entries from `first` on; changes go out row by row."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Entry, ...] = ()
        self._first = 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._all) - self._first

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._all[self._first + index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(entry)
        return None

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        return self._all[self._first + row]

    def draw(self, entries: Sequence[Entry]) -> None:
        """Change what differs: rows that changed, rows that are new at the end."""
        fresh = tuple(entries)
        before, kept = self._all, len(self._all)
        if [e.key for e in fresh[:kept]] != [e.key for e in before]:
            self._reset(fresh)
            return
        self._all = fresh[:kept]
        for at in range(self._first, kept):
            if fresh[at] != before[at]:
                index = self.index(at - self._first)
                self.dataChanged.emit(index, index)
        if len(fresh) > kept:
            self._append(fresh)

    def _reset(self, fresh: tuple[Entry, ...]) -> None:
        self.beginResetModel()
        self._all = fresh
        self._first = max(len(fresh) - PART, 0)
        self.endResetModel()

    def _append(self, fresh: tuple[Entry, ...]) -> None:
        if not self._all and len(fresh) > PART:
            self._reset(fresh)
            return
        start = self.rowCount()
        self.beginInsertRows(QModelIndex(), start, start + len(fresh) - len(self._all) - 1)
        self._all = fresh
        self.endInsertRows()

    def reveal_earlier(self) -> int:
        """Lay out one more part at the top; answers how many rows came."""
        count = min(PART, self._first)
        if count:
            self.beginInsertRows(QModelIndex(), 0, count - 1)
            self._first -= count
            self.endInsertRows()
        return count

    def texts(self) -> list[str]:
        """Every text that is laid out, in order."""
        shown = self._all[self._first :]
        return [text for e in shown for text in (e.who, e.badge, e.text, e.at, e.state) if text]


def spoken(entry: Entry) -> str:
    """An entry as a screen reader says it."""
    name = ", ".join(part for part in (entry.who or "Colleague", entry.badge) if part)
    who = {Side.MINE: "You: ", Side.THEIRS: f"{name}: ", Side.SYSTEM: ""}[entry.side]
    return ", ".join(part for part in (who + entry.text, entry.at, entry.state) if part)


class ChatList(QListView):
    """Stays where the person reads; follows the newest entry when it was at the end."""

    newest_seen = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._model = Conversation()
        self._bubbles = Bubbles(kit, self)
        self._at_end = True
        self.setModel(self._model)
        self.setItemDelegate(self._bubbles)
        self.setAccessibleName(labels.MESSAGES)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # A message that is changed or taken back has another height than before.
        self._model.dataChanged.connect(lambda *_: self.scheduleDelayedItemsLayout())
        self.verticalScrollBar().setSingleStep(24)
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self.verticalScrollBar().rangeChanged.connect(self._ranged)

    def draw(self, entries: Sequence[Entry]) -> None:
        """Show these entries."""
        self._model.draw(entries)
        if self._at_end:
            self.scrollToBottom()

    def is_at_end(self) -> bool:
        """Whether the newest entry can be seen."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 4

    def texts(self) -> list[str]:
        """Every text that is laid out."""
        return self._model.texts()

    def conversation(self) -> Conversation:
        """The model, for tests and for copying."""
        return self._model

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse where it points, by the menu key at the entry that has the focus."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            at = event.globalPos() if by_mouse else self._beside(index)
            self._open_menu(index, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_menu(self.currentIndex(), self._beside(self.currentIndex()))
            return
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(self._model.entry(self.currentIndex().row()).text)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._bubbles.forget_sizes()
        super().resizeEvent(event)
        if self._at_end:
            self.scrollToBottom()

    def _beside(self, index: QModelIndex) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(index).center())

    def _open_menu(self, index: QModelIndex, at: QPoint) -> None:
        items = self._model.entry(index.row()).menu
        if items:
            IntentMenu(self._kit.send, items, self).popup(at)

    def _moved(self, value: int) -> None:
        self._at_end = self.is_at_end()
        if self._at_end:
            self.newest_seen.emit()
        elif value == self.verticalScrollBar().minimum():
            self._reveal_earlier()

    def _ranged(self) -> None:
        if self._at_end:
            self.scrollToBottom()

    def _reveal_earlier(self) -> None:
        bar = self.verticalScrollBar()
        below = bar.maximum() - bar.value()
        if self._model.reveal_earlier():
            self.doItemsLayout()
            bar.setValue(bar.maximum() - below)
