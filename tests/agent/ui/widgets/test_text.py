"""Text of others is shown as text, wraps everywhere, and is hidden when there is none."""

from PySide6.QtGui import QTextDocumentFragment
from pytestqt.qtbot import QtBot
from samebox_agent.ui.theme import Role
from samebox_agent.ui.widgets.text import LONGEST_WORD, ZERO_WIDTH_SPACE, Words, breakable, tip


def test_markup_is_not_read(qtbot: QtBot) -> None:
    words = Words(Role.BODY)
    qtbot.addWidget(words)
    words.draw("<b>bold</b> <a href='x'>y</a>")
    plain = words.sizeHint().width()
    words.draw("bold y")
    assert words.sizeHint().width() < plain


def test_a_very_long_word_does_not_make_the_window_wider(qtbot: QtBot) -> None:
    words = Words(Role.BODY)
    qtbot.addWidget(words)
    words.draw("x" * 2_000)
    assert words.minimumSizeHint().width() < 400
    assert words.heightForWidth(300) > 500
    assert words.plain() == words.accessibleName() == "x" * 2_000


def test_short_words_are_left_alone() -> None:
    assert breakable("a short sentence") == "a short sentence"
    assert breakable("y" * LONGEST_WORD) == "y" * LONGEST_WORD
    assert breakable("y" * (LONGEST_WORD + 1)) == "y" * LONGEST_WORD + ZERO_WIDTH_SPACE + "y"


def test_no_text_takes_no_room(qtbot: QtBot) -> None:
    words = Words(Role.BODY)
    qtbot.addWidget(words)
    words.draw("something")
    assert words.isVisible()
    words.draw("")
    assert not words.isVisible()


def test_a_tip_names_no_picture_on_another_computer() -> None:
    hostile = '<img src="//elsewhere.example/x.png"> & no sound'
    assert QTextDocumentFragment.fromHtml(tip(hostile)).toPlainText() == hostile
    assert tip("A & B") == "A & B"
