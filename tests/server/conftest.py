"""The store's tests, and those above it, stand on real SQLite and real PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from samebox_server.store.database import Database, open_database

from tests.support.postgres import PrivatePostgres


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Of an empty database: nothing for SQLite, otherwise where PostgreSQL has it."""
    if request.param == "sqlite":
        return ""
    server: PrivatePostgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
async def database(tmp_path: Path, address: str) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "data", address) as database:
        yield database


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    """For what only SQLite does."""
    async with open_database(tmp_path / "data") as database:
        yield database
