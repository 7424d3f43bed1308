"""SQLite behind the writer: locks of others, a slow disk, and the log beside the database."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from samebox_server.store import sqlite as backend
from samebox_server.store import values
from samebox_server.store.database import Connection, Database
from samebox_server.store.engine import DATABASE
from samebox_server.store.writer import StorageFailed
from samebox_shared.protocol.errors import ErrorCode


def name_it(connection: Connection) -> None:
    values.name_organisation(connection, "Acme")


def somebody_else(folder: Path) -> sqlite3.Connection:
    """Another program that holds the write lock."""
    other = sqlite3.connect(folder / "data" / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


async def test_somebody_elses_lock_is_waited_for_without_holding_up_the_loop(
    sqlite: Database, tmp_path: Path
) -> None:
    other = somebody_else(tmp_path)
    writing = asyncio.create_task(sqlite.write(name_it))
    await asyncio.sleep(0.05)
    assert not writing.done()
    other.close()
    await writing
    assert await sqlite.read(values.organisation) == "Acme"


async def test_a_lock_that_stays_turns_the_write_away(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "BUSY_SECONDS", 0.0)
    other = somebody_else(tmp_path)
    with pytest.raises(StorageFailed) as failed:
        await sqlite.write(name_it)
    assert failed.value.code == ErrorCode.BUSY
    other.close()
    await sqlite.write(name_it)


async def test_the_loop_goes_on_while_the_disk_is_slow(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_synced, commit = threading.Event(), backend._commit

    def slow(driver: sqlite3.Connection) -> None:
        has_synced.wait(20)
        commit(driver)

    monkeypatch.setattr(backend, "_commit", slow)
    writing = asyncio.create_task(sqlite.write(name_it))
    await asyncio.sleep(0.01)
    assert await sqlite.read(values.organisation) == ""
    assert not writing.done()
    has_synced.set()
    await writing
    assert await sqlite.read(values.organisation) == "Acme"


async def test_a_commit_that_runs_is_waited_for_at_the_end(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_running, may_end, commit = threading.Event(), threading.Event(), backend._commit

    def slow(driver: sqlite3.Connection) -> None:
        is_running.set()
        may_end.wait(20)
        commit(driver)

    monkeypatch.setattr(backend, "_commit", slow)
    writing = asyncio.create_task(sqlite.write(name_it))
    await asyncio.to_thread(is_running.wait, 20)
    sqlite.serving.cancel()
    await asyncio.sleep(0.01)
    assert not sqlite.serving.done()
    may_end.set()
    with pytest.raises(StorageFailed):
        await writing
    assert await sqlite.read(values.organisation) == "Acme"


async def test_the_log_is_emptied_when_nothing_is_written(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "IDLE_SECONDS", 0.01)
    await sqlite.write(name_it)
    log = tmp_path / "data" / f"{DATABASE}-wal"
    async with asyncio.timeout(20):
        while log.stat().st_size:
            await asyncio.sleep(0.01)
    assert await sqlite.read(values.organisation) == "Acme"


@pytest.mark.parametrize("few_rows", [0, 100])
async def test_after_small_commits_the_log_is_copied_sooner(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few_rows: int
) -> None:
    monkeypatch.setattr(backend, "CHECKPOINT_SOON", 0)
    monkeypatch.setattr(backend, "FEW_ROWS", few_rows)
    monkeypatch.setattr(backend, "IDLE_SECONDS", 1_000.0)
    await sqlite.write(name_it)
    await sqlite.write(name_it)  # waits behind what the first one began
    is_copied = b"Acme" in (tmp_path / "data" / DATABASE).read_bytes()
    assert is_copied == (few_rows > 0)
