"""Fields keep what is typed and where the cursor stands while views change under them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Theme
from samebox_agent.ui.widgets.fields import ExactText, LineField, TextField


@pytest.fixture
def kit(qapp: QApplication) -> Kit:
    return Kit(Theme(qapp.font()), lambda intent: None)


Make = Callable[[Kit, list[str]], LineField | TextField]


def line_field(kit: Kit, sent: list[str]) -> LineField:
    return LineField(kit, "Field", sent.append)


def text_field(kit: Kit, sent: list[str]) -> TextField:
    return TextField(kit, "Field", sent.append)


def text_of(field: LineField | TextField) -> str:
    return field.text() if isinstance(field, LineField) else field.toPlainText()


@pytest.mark.parametrize("make", [line_field, text_field])
def test_late_echoes_leave_fast_typing_alone(qtbot: QtBot, kit: Kit, make: Make) -> None:
    sent: list[str] = []
    field = make(kit, sent)
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "wifi")
    field.draw("w", "")
    QTest.keyClicks(field, " drops")
    for echo in list(sent):
        field.draw(echo, "")
        assert text_of(field) == "wifi drops"
    assert sent[-1] == "wifi drops"
    field.draw("", "")
    assert text_of(field) == ""


@pytest.mark.parametrize("make", [line_field, text_field])
def test_a_rewritten_field_keeps_the_cursor(qtbot: QtBot, kit: Kit, make: Make) -> None:
    field = make(kit, [])
    qtbot.addWidget(field)
    field.draw("abcdef", "")
    move(field, 2)
    field.draw("abcdefgh", "")
    assert position(field) == 2
    move(field, 8)
    field.draw("ab", "")
    assert position(field) == 2


def move(field: LineField | TextField, at: int) -> None:
    if isinstance(field, LineField):
        field.setCursorPosition(at)
        return
    cursor = field.textCursor()
    cursor.setPosition(at, QTextCursor.MoveMode.MoveAnchor)
    field.setTextCursor(cursor)


def position(field: LineField | TextField) -> int:
    if isinstance(field, LineField):
        return field.cursorPosition()
    return field.textCursor().position()


def test_a_view_does_not_count_as_typing(qtbot: QtBot, kit: Kit) -> None:
    sent: list[str] = []
    field = text_field(kit, sent)
    qtbot.addWidget(field)
    field.draw("from the program", "")
    assert sent == []


def test_what_was_sent_does_not_come_back(qtbot: QtBot, kit: Kit) -> None:
    field = text_field(kit, [])
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "hi")
    field.draw("h", "")
    assert field.take() == "hi"
    for late in ("hi", ""):
        assert field.toPlainText() == ""
        field.draw(late, "")
    assert field.toPlainText() == ""


def test_what_is_typed_after_sending_is_not_cleared_by_the_echo(qtbot: QtBot, kit: Kit) -> None:
    field = text_field(kit, [])
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "hi")
    field.draw("hi", "")
    field.take()
    QTest.keyClicks(field, "y")
    field.draw("", "")
    assert field.toPlainText() == "y"


@pytest.mark.parametrize(
    ("on_enter", "key", "modifier", "submits"),
    [
        (True, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, True),
        (True, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, True),
        (True, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, False),
        (False, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, False),
        (False, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, True),
    ],
)
def test_which_enter_submits(
    qtbot: QtBot,
    kit: Kit,
    on_enter: bool,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    submits: bool,
) -> None:
    field = text_field(kit, [])
    qtbot.addWidget(field)
    field.on_enter = on_enter
    submitted: list[bool] = []
    field.submitted.connect(lambda: submitted.append(True))
    QTest.keyClick(field, key, modifier)
    assert (bool(submitted), field.toPlainText()) == (submits, "" if submits else "\n")


def test_a_text_field_grows_with_its_text_up_to_its_most(qtbot: QtBot, kit: Kit) -> None:
    field = TextField(kit, "Field", lambda text: None, least=1, most=4)
    qtbot.addWidget(field)
    field.resize(300, 40)
    field.show()
    heights = []
    for lines in (1, 2, 3, 9, 30):
        field.draw("\n".join(["line"] * lines), "")
        heights.append(field.height())
    assert heights[0] < heights[1] < heights[2] < heights[3] == heights[4]


def test_exact_text_can_be_read_but_not_changed(qtbot: QtBot, kit: Kit) -> None:
    exact = ExactText(kit, "Exactly what will be sent")
    qtbot.addWidget(exact)
    exact.draw('{"a": 1}')
    QTest.keyClicks(exact, "x")
    assert exact.toPlainText() == '{"a": 1}'
    exact.draw("")
    assert not exact.isVisible()


@pytest.mark.parametrize("make", [line_field, text_field])
def test_a_field_nobody_sees_shows_what_the_view_says(qtbot: QtBot, kit: Kit, make: Make) -> None:
    """Cleared, typed anew and sent from another page: the words must not stay behind."""
    field = make(kit, [])
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "a")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "a")
    field.hide()
    field.draw("a", "")
    field.draw("", "")
    assert text_of(field) == ""


@pytest.mark.parametrize("make", [line_field, text_field])
def test_words_sent_from_another_page_do_not_stay_behind(
    qtbot: QtBot, kit: Kit, make: Make
) -> None:
    """No view came back while they were typed, and the next one is as empty as the one before."""
    field = make(kit, [])
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "sound gone")
    field.hide()
    field.draw("", "")
    assert text_of(field) == ""
