"""The help page sends what is typed at every change, and Ctrl+Enter goes on to a colleague."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from samebox_agent.core.intents import StartAsking, TypeQuestion

from tests.agent.ui import help_scenes, scenes
from tests.agent.ui.company import Company


def test_each_letter_is_sent_and_the_cursor_stays(company: Company) -> None:
    company.show(scenes.screens())
    field = company.named(QLineEdit, "What is wrong?")
    QTest.keyClicks(field, "wif")
    company.show(scenes.screens(help_scenes.help_page(text="wi", sections=())))
    QTest.keyClicks(field, "i")
    assert company.intents == [TypeQuestion(t) for t in ("w", "wi", "wif", "wifi")]
    assert (field.text(), field.hasFocus()) == ("wifi", True)


def test_control_enter_starts_asking(company: Company) -> None:
    company.show(scenes.screens())
    field = company.named(QLineEdit, "What is wrong?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert company.intents == []
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert company.intents == [StartAsking()]
