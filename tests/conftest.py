"""What every test stands on: Qt without a screen, asyncio as the only event loop."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.postgres import WHY_NOT, PrivatePostgres, private_postgres, programs

if TYPE_CHECKING:
    from samebox_agent.matching.encoder import Encoder

# Before anything imports Qt. The tests that need a real screen start their own and say so.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgresql",
        choices=["auto", "must", "never"],
        default="auto",
        help="the store's tests on a private PostgreSQL: where its programs are, must, or never",
    )
    parser.addoption("--save-screens", action="store_true", help="renew docs/screenshots/")


@pytest.fixture(scope="session")
def gallery(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of screens and pages go: docs/screenshots/ with --save-screens, else a passing
    folder."""
    if request.config.getoption("--save-screens"):
        return Path(__file__).parents[1] / "docs" / "screenshots"
    return tmp_path_factory.mktemp("screens")


@pytest.fixture
def anyio_backend() -> str:
    """The loop under every `async def test_...`."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[PrivatePostgres]:
    """One private server for the whole run; each test makes a database of its own in it."""
    wanted = request.config.getoption("--postgresql")
    if wanted == "never" or (wanted == "auto" and programs() is None):
        pytest.skip(WHY_NOT if wanted == "auto" else "left out with --postgresql=never")
    with private_postgres() as running:
        yield running


@pytest.fixture(scope="session")
def encoder() -> "Encoder":
    """The real one, which `dev.py setup` made; loaded once for the whole run."""
    from samebox_agent.matching.encoder import Encoder

    return Encoder()
