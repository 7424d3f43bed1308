"""How SQLite is set up, and that a second server is turned away."""

import logging
from pathlib import Path

import pytest
from samebox_server.store import engine
from samebox_server.store.database import Database, open_database
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError


def pragmas(connection: Connection) -> dict[str, object]:
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only")
    return {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names}


async def test_a_commit_survives_a_power_cut(sqlite: Database) -> None:
    found = await sqlite.write(pragmas)
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 0,  # it would wait on the event loop
        "query_only": 0,
    }


async def test_readers_cannot_write(sqlite: Database) -> None:
    assert (await sqlite.read(pragmas))["query_only"] == 1
    with pytest.raises(OperationalError):
        await sqlite.read(lambda connection: connection.execute(text("DELETE FROM setting")))


async def test_a_reader_sees_one_snapshot(sqlite: Database) -> None:
    def count(connection: Connection) -> int:
        return int(connection.execute(text("SELECT count(*) FROM setting")).scalar_one())

    assert await sqlite.read(count) == 0


async def test_a_second_server_on_the_same_data_is_refused(
    sqlite: Database, tmp_path: Path
) -> None:
    with pytest.raises(engine.DataInUse, match="Another Samebox server already uses"):
        async with open_database(tmp_path / "data"):
            pass
    assert sqlite is not None


def test_an_old_sqlite_is_named_with_the_reason_why_it_is_safe(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_WAL_RESET_FIXED", (99, 0, 0))
    with caplog.at_level(logging.WARNING):
        engine.warn_if_old()
    assert "one connection in one process" in caplog.text


def test_the_data_folder_is_for_the_server_alone(tmp_path: Path) -> None:
    engine.lock_data(tmp_path / "data").release()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
