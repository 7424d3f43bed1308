"""A pill stands where something was taken out, and a screen reader hears what is missing."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samebox_agent.presenters.views import Run, Tone
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import LIGHT, Role, Theme
from samebox_agent.ui.widgets.marked import MarkedText

RUNS = (Run("Ask "), Run("telephone number", gone=True), Run(" now & <b>then</b>."))


@pytest.fixture
def marked(qtbot: QtBot, qapp: QApplication) -> MarkedText:
    text = MarkedText(Kit(Theme(qapp.font()), lambda intent: None), Role.BODY)
    qtbot.addWidget(text)
    text.draw(RUNS)
    return text


def filled(text: MarkedText, tone: Tone) -> int:
    """How many pixels have the colour of a pill."""
    image = text.grab().toImage()
    wanted = QColor(LIGHT.tones[tone].fill)
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixelColor(x, y) == wanted for x, y in places)


def test_what_is_missing_is_said_and_markup_is_not_read(marked: MarkedText) -> None:
    assert marked.text() == "Ask [telephone number] now & <b>then</b>."
    assert marked.accessibleName() == marked.text()
    marked.draw(RUNS, kept=False)
    assert marked.accessibleName() == "Left out: Ask [telephone number] now & <b>then</b>."


def test_a_pill_is_drawn_for_it_and_nothing_without(marked: MarkedText) -> None:
    marked.resize(400, 40)
    assert filled(marked, Tone.ACCENT) > 200
    marked.draw((Run("Ask nobody."),))
    assert filled(marked, Tone.ACCENT) == 0
    marked.draw(RUNS, kept=False)
    assert filled(marked, Tone.NEUTRAL) > 200


def test_it_takes_the_height_that_it_needs(marked: MarkedText) -> None:
    assert marked.hasHeightForWidth()
    assert marked.heightForWidth(60) > 3 * marked.heightForWidth(600)
    marked.draw((Run("x" * 2_000),))
    assert marked.minimumSizeHint().width() < 100
    assert marked.heightForWidth(300) > 500


def test_a_pill_stays_on_one_line(marked: MarkedText) -> None:
    marked.draw((Run("Send a mail to "), Run("e-mail address", gone=True)))
    for width in range(180, 320, 10):
        assert len(marked._pills(marked._laid_out(width))) == 1


def test_without_words_it_takes_no_room(marked: MarkedText) -> None:
    marked.draw(())
    assert marked.isHidden()
