"""Tab walks as one reads, also through cards that came later."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.agent.ui import help_scenes, scenes
from tests.agent.ui.company import Company


def walk(company: Company, steps: int) -> list[str]:
    names = []
    for _ in range(steps):
        focused: QWidget | None = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return names


def test_cards_that_came_later_stand_before_the_foot(company: Company) -> None:
    company.show(scenes.screens(help_scenes.help_page(sections=())))
    company.show(scenes.screens(help_scenes.help_pages()["help"]))
    assert walk(company, 9) == [
        "What is wrong?",
        "Wi-Fi drops in meetings",
        "Show the steps",
        "Your disk is nearly full",
        "Show the steps",
        "Later",
        "Ask a colleague",
        "What was shared",
        "What Samebox sees",
    ]
