"""The main window: going back, closing, and where the cursor is."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from samebox_agent.core.intents import ComeBack, GoBack, HideWindow

from tests.agent.ui import scenes, sheet_scenes
from tests.agent.ui.company import Company


def test_escape_goes_back_where_there_is_a_way_back(company: Company) -> None:
    company.show(scenes.screens(sheet_scenes.settings()))
    QTest.keyClick(company.window("Settings"), Qt.Key.Key_Escape)
    assert company.intents == [GoBack()]


def test_escape_closes_where_there_is_none(company: Company) -> None:
    company.show(scenes.screens())
    QTest.keyClick(company.window("How can we help?"), Qt.Key.Key_Escape)
    assert company.intents == [HideWindow()]


def test_control_w_closes(company: Company) -> None:
    company.show(scenes.screens(sheet_scenes.settings()))
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(company.window("Settings"), Qt.Key.Key_W, control)
    assert company.intents == [HideWindow()]


def test_coming_back_to_the_window_is_told_and_opening_it_is_not(company: Company) -> None:
    company.show(scenes.screens())
    other = QLineEdit()
    other.show()
    other.activateWindow()
    company.settle()
    assert company.intents == []
    company.window("How can we help?").activateWindow()
    company.settle()
    assert company.intents == [ComeBack()]
    other.close()


def test_the_cursor_is_in_the_field_and_leaves_it_with_the_window(company: Company) -> None:
    company.show(scenes.screens())
    window = company.window("How can we help?")
    field = company.named(QLineEdit, "What is wrong?")
    assert window.focusWidget() is field
    window.hide()
    assert window.focusWidget() is None
