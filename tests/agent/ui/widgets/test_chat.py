"""The conversation is drawn by difference, stays where the person reads, and stays quick."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samebox_agent.presenters.views import Entry, Side
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Theme
from samebox_agent.ui.widgets.chat import PART, ChatList, Conversation, spoken

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
