"""A field under its label, with what cannot be read."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samebox_agent.presenters.views import Field
from samebox_agent.ui.kit import Kit
from samebox_agent.ui.stage import texts_of
from samebox_agent.ui.theme import Theme
from samebox_agent.ui.widgets.labelled import LabelledField


def test_it_has_a_name_tells_what_is_typed_and_shows_a_complaint(
    qtbot: QtBot, qapp: QApplication
) -> None:
    typed: list[str] = []
    made = LabelledField(Kit(Theme(qapp.font()), lambda intent: None), typed.append)
    qtbot.addWidget(made)
    made.draw(Field("Model", "", "Galaxy S24", "As on its box", "Too short"))
    made.show()
    QTest.keyClicks(made.field, "S2")
    assert typed == ["S", "S2"]
    assert (made.field.accessibleName(), made.field.accessibleDescription()) == (
        "Model",
        "Too short",
    )
    assert {"Model", "As on its box", "Too short"} <= set(texts_of(made))
