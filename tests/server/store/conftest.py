"""Every store test runs on a real SQLite file, through the real writer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from samebox_server.store.database import Database, open_database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "data") as database:
        yield database
