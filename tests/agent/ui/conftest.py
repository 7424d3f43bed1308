"""A shell whose intents are written down."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.agent.ui.company import Company


@pytest.fixture
def company(qtbot: QtBot, qapp: QApplication) -> Iterator[Company]:
    """The user interface with nobody behind it."""
    company = Company(qapp)
    yield company
    company.leave()
