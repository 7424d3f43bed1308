"""A button means what its view says, and never what it did not say when it was pressed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot
from samebox_agent.core.intents import GoBack, Intent, OpenHelp, Quit
from samebox_agent.presenters.views import Button, Choice, Weight
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.theme import Theme
from samebox_agent.ui.widgets.buttons import ButtonRow, Chips, IntentButton

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sent() -> list[Intent]:
    return []


@pytest.fixture
def kit(qapp: QApplication, sent: list[Intent]) -> Kit:
    return Kit(Theme(qapp.font()), sent.append)


def test_a_click_and_a_space_send_the_intent(qtbot: QtBot, kit: Kit, sent: list[Intent]) -> None:
    button = IntentButton(kit)
    qtbot.addWidget(button)
    button.draw(Button("R&D", OpenHelp(), Weight.PRIMARY, hint="Opens help"))
    button.show()
    QTest.mouseClick(button, LEFT)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert sent == [OpenHelp(), OpenHelp()]
    assert (button.accessibleName(), button.toolTip()) == ("R&D", "Opens help")


def test_a_tip_with_the_words_of_others_reads_no_markup(qtbot: QtBot, kit: Kit) -> None:
    button = IntentButton(kit)
    qtbot.addWidget(button)
    button.draw(Button("Answer", OpenHelp(), hint='<img src="//elsewhere.example/x.png">'))
    assert "<img" not in button.toolTip()
    assert "&lt;img" in button.toolTip()


def test_a_meaning_that_changes_under_the_finger_is_not_sent(
    qtbot: QtBot, kit: Kit, sent: list[Intent]
) -> None:
    button = IntentButton(kit)
    qtbot.addWidget(button)
    button.draw(Button("Back", GoBack()))
    button.show()
    QTest.mousePress(button, LEFT)
    button.draw(Button("Help", OpenHelp()))
    QTest.mouseRelease(button, LEFT)
    assert sent == []


def test_a_disabled_button_sends_nothing(qtbot: QtBot, kit: Kit, sent: list[Intent]) -> None:
    button = IntentButton(kit)
    qtbot.addWidget(button)
    button.draw(Button("Back", GoBack(), enabled=False))
    button.show()
    QTest.mouseClick(button, LEFT)
    assert sent == []


def test_a_narrow_row_wraps(qtbot: QtBot, kit: Kit) -> None:
    row = ButtonRow(kit)
    qtbot.addWidget(row)
    row.draw(tuple(Button(f"Button {n}", GoBack()) for n in range(4)))
    assert row.heightForWidth(140) > row.heightForWidth(2000)


def test_an_option_is_chosen_by_the_view_alone(qtbot: QtBot, kit: Kit, sent: list[Intent]) -> None:
    chips = Chips(kit, "Appearance")
    qtbot.addWidget(chips)
    chips.draw((Choice("Light", True, GoBack()), Choice("Dark", False, OpenHelp())))
    chips.show()
    light, dark = chips.pool.widgets
    QTest.mouseClick(dark, LEFT)  # type: ignore[call-overload]
    assert sent == [OpenHelp()]
    assert (light.isChecked(), dark.isChecked()) == (True, False)  # type: ignore[attr-defined]


def test_several_chips_can_be_chosen_and_are_check_boxes(qtbot: QtBot, qapp: QApplication) -> None:
    sent: list[Intent] = []
    chips = Chips(Kit(Theme(qapp.font()), sent.append), "Topics", many=True)
    qtbot.addWidget(chips)
    chips.draw((Choice("Wi-Fi", True, Quit()), Choice("Printing", True, OpenHelp())))
    chips.show()
    boxes = chips.findChildren(QCheckBox)
    assert [(box.text(), box.isChecked()) for box in boxes] == [("Wi-Fi", True), ("Printing", True)]
    boxes[0].click()
    assert (sent, boxes[0].isChecked()) == ([Quit()], True)
