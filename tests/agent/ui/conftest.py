"""A shell whose intents are written down, and the option that keeps the pictures of the screens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.agent.ui.company import Company


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest tests/agent/ui --save-screens` renews docs/screenshots/."""
    parser.addoption("--save-screens", action="store_true", help="renew docs/screenshots/")


@pytest.fixture(scope="session")
def gallery(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go: docs/screenshots/ with --save-screens, else a passing folder."""
    if request.config.getoption("--save-screens", default=False):
        return Path(__file__).parents[3] / "docs" / "screenshots"
    return tmp_path_factory.mktemp("screens")


@pytest.fixture
def company(qtbot: QtBot, qapp: QApplication) -> Iterator[Company]:
    """The user interface with nobody behind it."""
    company = Company(qapp)
    yield company
    company.leave()
