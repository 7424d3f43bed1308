"""SQLite behind the writer: statements run on the event loop, the disk sync in a thread.

A statement only touches memory and takes microseconds, less than handing it to a thread would; the
COMMIT waits for the disk, so it runs in the one worker thread while the loop takes in what will be
the next batch (docs/decisions/0009). The same thread checkpoints, between two commits.
"""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from samebox_shared.protocol.errors import ErrorCode
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from samebox_server.store import feeds, migrate
from samebox_server.store.engine import reading_engine, warn_if_old, writing_engine
from samebox_server.store.writer import StorageFailed, Unit

T = TypeVar("T")

BUSY_SECONDS = 5.0
"""How long a batch waits for somebody else's lock on the file."""
IDLE_SECONDS = 1.0
"""How long nothing must be written before the log is emptied into the database."""
CHECKPOINT_ROWS = 8_000
"""Changed rows after which the log is copied into the database, between two commits. A row is about
a page of the log: 32 MiB. Rarely, so that a page which changes with every message is copied once
for thousands of them."""
CHECKPOINT_SOON, FEW_ROWS = 500, 100
"""The same after a commit of few rows: while there is time it is copied in small pieces."""
_PATIENCE = 0.005
_SLICE_SECONDS = 0.003
"""How long a batch may hold up the event loop at a time."""
_BUSY_WORDS = ("locked", "busy")

_log = logging.getLogger(__name__)


class SqliteStorage:
    """The one writing and the one reading connection; made and used on the event loop."""

    is_shared = False
    speaker = None

    def __init__(self, data: Path) -> None:
        warn_if_old()
        self._engines = writing, reading = writing_engine(data), reading_engine(data)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._turn = asyncio.Lock()
        self._writing = writing.connect()
        self._driver = _driver(self._writing)
        with self._writing.begin():
            self._driver.execute("BEGIN IMMEDIATE")
            migrate.to_newest(self._writing)
        self._reading = reading.connect()
        self._reading_driver = _driver(self._reading)
        self._idle: asyncio.TimerHandle | None = None
        self._tidying: asyncio.Task[None] | None = None
        self._changes = self._copied_at = self._driver.total_changes

    async def commit(self, units: Sequence[Unit[Any]]) -> list[Any]:
        """See Storage. A whole batch takes one disk sync."""
        async with self._turn:
            await self._begin()
            try:
                with self._writing.begin():
                    results = await self._carry_out(units)
                    feeds.settle(self._writing)
                    await self._in_thread(_commit)
                return results
            except (IntegrityError, sqlite3.IntegrityError):
                raise
            except (DBAPIError, sqlite3.Error) as error:
                raise _failure(error) from error
            finally:
                feeds.forget(self._writing)
                if self._driver.in_transaction:
                    self._driver.rollback()
                self._tidy_later()
                self._copy_if_it_is_time()

    async def read(self, query: Unit[T]) -> T:
        """See Storage. Runs on the loop at once: a page of a feed is read sooner than a thread
        would have woken up."""
        self._reading_driver.execute("BEGIN")
        with self._reading.begin() as snapshot:
            try:
                return query(self._reading)
            finally:
                snapshot.rollback()

    def is_conflict(self, error: Exception) -> bool:
        """See Storage. Nobody else writes."""
        return False

    async def close(self) -> None:
        """Waits for the commit or the checkpoint that runs."""
        if self._idle is not None:
            self._idle.cancel()
        if self._tidying is not None:
            await asyncio.wait([self._tidying])
        async with self._turn:
            await asyncio.to_thread(self._thread.shutdown)
            self._reading.close()
            self._writing.close()
            for engine in self._engines:
                engine.dispose()

    async def _begin(self) -> None:
        give_up = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.Error as error:
                if not _is_busy(error) or time.monotonic() >= give_up:
                    raise _failure(error) from error
            await asyncio.sleep(_PATIENCE)

    async def _carry_out(self, units: Sequence[Unit[Any]]) -> list[Any]:
        results = []
        until = time.monotonic() + _SLICE_SECONDS
        for unit in units:
            if time.monotonic() > until:
                await asyncio.sleep(0)
                until = time.monotonic() + _SLICE_SECONDS
            results.append(unit(self._writing))
        return results

    async def _in_thread(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Whoever is cancelled meanwhile still waits: nobody else may touch the connection."""
        loop = asyncio.get_running_loop()
        working = loop.run_in_executor(self._thread, work, self._driver)
        try:
            await asyncio.shield(working)
        except asyncio.CancelledError:
            await asyncio.wait([working])
            raise

    def _copy_if_it_is_time(self) -> None:
        changes, before = self._driver.total_changes, self._changes
        self._changes = changes
        enough = CHECKPOINT_SOON if changes - before < FEW_ROWS else CHECKPOINT_ROWS
        if changes - self._copied_at > enough:
            self._copied_at = changes
            self._tidy_soon(_copy_log)

    def _tidy_later(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        loop = asyncio.get_running_loop()
        self._idle = loop.call_later(IDLE_SECONDS, self._tidy_soon, _empty_log)

    def _tidy_soon(self, tidy: Callable[[sqlite3.Connection], None]) -> None:
        self._tidying = asyncio.get_running_loop().create_task(self._tidy(tidy))

    async def _tidy(self, tidy: Callable[[sqlite3.Connection], None]) -> None:
        async with self._turn:
            try:
                await self._in_thread(tidy)
            except sqlite3.Error as error:
                _log.warning("the log could not be emptied into the database: %s", error)


def _commit(driver: sqlite3.Connection) -> None:
    driver.execute("COMMIT")


def _copy_log(driver: sqlite3.Connection) -> None:
    driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _empty_log(driver: sqlite3.Connection) -> None:
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _is_busy(error: Exception) -> bool:
    return any(word in str(error) for word in _BUSY_WORDS)


def _failure(error: DBAPIError | sqlite3.Error) -> StorageFailed:
    what = error.orig if isinstance(error, DBAPIError) else error
    assert what is not None
    code = ErrorCode.BUSY if _is_busy(what) else ErrorCode.STORAGE_FULL
    return StorageFailed(code, str(what))
