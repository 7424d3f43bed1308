"""A real database in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from samebox_agent.storage.database import Database, open_database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "samebox.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    with open_database(file) as opened:
        yield opened
