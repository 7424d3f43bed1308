"""What cannot be seen costs nothing: a hidden spinner wakes nobody."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Theme
from samebox_agent.ui.widgets.glyph import Spinner


def test_a_spinner_turns_only_while_it_is_on_the_screen(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    spinner = Spinner(Kit(Theme(qapp.font()), lambda intent: None))
    spinner.setParent(window)
    assert not spinner.is_turning()
    window.show()
    spinner.show()
    assert spinner.is_turning()
    window.hide()
    assert not spinner.is_turning()
