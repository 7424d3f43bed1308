"""The conversation is drawn by difference, stays where the person reads, and stays quick."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samebox_agent.core.intents import CopyText
from samebox_agent.presenters.views import Entry, MenuItem, Side
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Theme
from samebox_agent.ui.widgets.chat import PART, ChatList, Conversation, spoken
from samebox_agent.ui.widgets.more import IntentMenu

MANY = 2_000


def entries(count: int) -> tuple[Entry, ...]:
    sides = (Side.MINE, Side.THEIRS, Side.SYSTEM)
    return tuple(
        Entry(str(n), sides[n % 3], "word " * (n % 30 + 1), "10:42", "Seen") for n in range(count)
    )


@pytest.fixture
def chat(qtbot: QtBot, qapp: QApplication) -> ChatList:
    made = ChatList(Kit(Theme(qapp.font()), lambda intent: None))
    qtbot.addWidget(made)
    made.resize(460, 400)
    made.show()
    return made


class Changes:
    """Writes down what a model tells its view."""

    def __init__(self, model: Conversation) -> None:
        self.seen: list[tuple[str, int, int]] = []
        model.rowsInserted.connect(lambda _, a, b: self.seen.append(("inserted", a, b)))
        model.dataChanged.connect(lambda a, b: self.seen.append(("changed", a.row(), b.row())))
        model.modelReset.connect(lambda: self.seen.append(("reset", 0, 0)))


def test_only_the_difference_goes_out() -> None:
    model = Conversation()
    first = entries(3)
    model.draw(first)
    changes = Changes(model)
    model.draw(first)
    model.draw((*first, Entry("new", Side.MINE, "hello")))
    model.draw((*first, Entry("new", Side.MINE, "hello", state="Seen")))
    assert changes.seen == [("inserted", 3, 3), ("changed", 3, 3)]


def test_another_conversation_starts_afresh() -> None:
    model = Conversation()
    model.draw(entries(3))
    changes = Changes(model)
    model.draw((Entry("other", Side.MINE, "hello"),))
    assert (changes.seen, model.rowCount()) == ([("reset", 0, 0)], 1)


def test_only_the_newest_part_is_laid_out_until_one_scrolls_up(
    qtbot: QtBot, chat: ChatList
) -> None:
    chat.draw(entries(MANY))
    model = chat.conversation()
    assert model.rowCount() == PART
    bar = chat.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    bar.setValue(0)
    qtbot.waitUntil(lambda: model.rowCount() == 2 * PART)
    assert bar.value() > 0


def test_it_follows_the_newest_entry(qtbot: QtBot, chat: ChatList) -> None:
    chat.draw(entries(50))
    qtbot.waitUntil(chat.is_at_end)
    chat.draw(entries(52))
    qtbot.waitUntil(chat.is_at_end)


def test_it_stays_where_the_person_reads(qtbot: QtBot, chat: ChatList) -> None:
    chat.draw(entries(100))
    bar = chat.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 800 and chat.is_at_end())
    bar.setValue(500)
    chat.draw(entries(101))
    qtbot.waitUntil(lambda: chat.conversation().rowCount() == 101)
    assert bar.value() == 500


def test_a_changed_state_is_painted_without_moving(qtbot: QtBot, chat: ChatList) -> None:
    shown = entries(60)
    chat.draw(shown)
    qtbot.waitUntil(chat.is_at_end)
    chat.draw((*shown[:-1], replace(shown[-1], state="Delivered")))
    assert chat.is_at_end()
    assert "Delivered" in chat.texts()


def test_an_entry_can_be_copied_with_the_keyboard(qtbot: QtBot, chat: ChatList) -> None:
    chat.draw((Entry("1", Side.THEIRS, "sudo is not needed"),))
    chat.setCurrentIndex(chat.conversation().index(0))
    QTest.keyClick(chat, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "sudo is not needed"


def test_a_screen_reader_hears_who_said_it_and_whether_it_arrived() -> None:
    assert spoken(Entry("1", Side.MINE, "Hi", "10:42", "Seen")) == "You: Hi, 10:42, Seen"
    assert spoken(Entry("2", Side.SYSTEM, "Solved")) == "Solved"


COPY = MenuItem("Copy", CopyText("hello"))


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
def test_the_menu_of_a_message_opens_by_key_and_by_mouse(qtbot: QtBot, chat: ChatList) -> None:
    chat.draw((Entry("1", Side.MINE, "hello", menu=(COPY,)), Entry("2", Side.SYSTEM, "news")))
    index = chat.model().index(0, 0)
    chat.setCurrentIndex(index)
    QTest.keyClick(chat, Qt.Key.Key_Return)
    menu = open_menu(chat)
    assert [action.text() for action in menu.actions()] == ["Copy"]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    chat.setCurrentIndex(chat.model().index(1, 0))
    QTest.keyClick(chat, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: open_menu_or_none(chat) is None)
    for reason, at in (
        (QContextMenuEvent.Reason.Mouse, chat.visualRect(index).center()),
        (QContextMenuEvent.Reason.Keyboard, QPoint()),
    ):
        chat.setCurrentIndex(index)
        chat.contextMenuEvent(QContextMenuEvent(reason, at, chat.mapToGlobal(at)))
        menu = open_menu(chat)
        menu.close()
        qtbot.waitUntil(lambda: open_menu_or_none(chat) is None)


def open_menu_or_none(chat: ChatList) -> IntentMenu | None:
    menus = (child for child in chat.children() if isinstance(child, IntentMenu))
    return next((menu for menu in menus if menu.isVisible()), None)


def open_menu(chat: ChatList) -> IntentMenu:
    menu = open_menu_or_none(chat)
    assert menu is not None
    return menu


def test_a_message_that_gets_longer_gets_the_room(qtbot: QtBot, chat: ChatList) -> None:
    short, last = Entry("1", Side.MINE, "hi"), Entry("2", Side.MINE, "last")
    chat.draw((short, last))
    before = chat.visualRect(chat.model().index(1, 0)).top()
    chat.draw((replace(short, text="word " * 80), last))
    qtbot.waitUntil(lambda: chat.visualRect(chat.model().index(1, 0)).top() > before + 40)


def test_a_name_and_a_badge_are_said_and_stand_outside_the_text() -> None:
    entry = Entry("1", Side.THEIRS, "Trust me", "10:42", who="Iris", badge="IT")
    assert spoken(entry) == "Iris, IT: Trust me, 10:42"
    model = Conversation()
    model.draw((entry,))
    assert model.texts() == ["Iris", "IT", "Trust me", "10:42"]
