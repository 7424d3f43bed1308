"""A switch asks for its other position, and stands where the view says."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samebox_agent.core.intents import Intent, SetReading
from samebox_agent.presenters.views import Switch
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Theme
from samebox_agent.ui.widgets.switch import SwitchRow

LEFT = Qt.MouseButton.LeftButton


def view(on: bool, enabled: bool = True) -> Switch:
    return Switch("Read facts", on, SetReading(True), SetReading(False), "On this laptop", enabled)


def row(qtbot: QtBot, qapp: QApplication, sent: list[Intent]) -> SwitchRow:
    made = SwitchRow(Kit(Theme(qapp.font()), sent.append))
    qtbot.addWidget(made)
    made.resize(300, 60)
    made.show()
    return made


def test_the_knob_moves_when_the_view_says_so(qtbot: QtBot, qapp: QApplication) -> None:
    sent: list[Intent] = []
    switch = row(qtbot, qapp, sent)
    switch.draw(view(on=False))
    QTest.mouseClick(switch.switch, LEFT)
    assert (sent, switch.switch.isChecked()) == ([SetReading(True)], False)
    switch.draw(view(on=True))
    assert switch.switch.isChecked()
    QTest.keyClick(switch.switch, Qt.Key.Key_Space)
    assert sent == [SetReading(True), SetReading(False)]


def test_the_words_can_be_clicked_too(qtbot: QtBot, qapp: QApplication) -> None:
    sent: list[Intent] = []
    switch = row(qtbot, qapp, sent)
    switch.draw(view(on=True))
    QTest.mouseClick(switch, LEFT, pos=switch.rect().topLeft())
    assert sent == [SetReading(False)]


def test_a_disabled_switch_asks_for_nothing(qtbot: QtBot, qapp: QApplication) -> None:
    sent: list[Intent] = []
    switch = row(qtbot, qapp, sent)
    switch.draw(view(on=True, enabled=False))
    QTest.mouseClick(switch, LEFT, pos=switch.rect().topLeft())
    assert sent == []


def test_a_screen_reader_hears_name_and_detail(qtbot: QtBot, qapp: QApplication) -> None:
    switch = row(qtbot, qapp, [])
    switch.draw(view(on=True))
    box = switch.switch
    assert (box.accessibleName(), box.accessibleDescription()) == ("Read facts", "On this laptop")
