"""The two engines over one SQLite file, and the lock that keeps a second server away.

Why it is set up this way (DEL-14): the driver's implicit BEGIN loses updates, so transactions of
the write engine begin with BEGIN IMMEDIATE; FULL makes a commit survive a power cut; readers may
not write or checkpoint, so that exactly one connection of one process does. That last point is
also what makes SQLite below 3.51.3 safe here: its WAL-reset bug needs two such connections.
"""

import logging
import sqlite3
from pathlib import Path
from sqlite3 import Connection as Sqlite

from filelock import FileLock, Timeout
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

DATABASE = "samebox.sqlite3"
LOCK = "samebox.lock"
_WAL_RESET_FIXED = (3, 51, 3)

_log = logging.getLogger(__name__)


class DataInUse(Exception):
    """Another server holds this data folder. The text is for the person at the console."""


def lock_data(data: Path) -> FileLock:
    """Holds the data folder for this process until it ends; raises DataInUse."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(data / LOCK, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise DataInUse(
            f"Another Samebox server already uses {data}. Nothing was changed. "
            "Stop that server first, or start this one with another --data folder."
        ) from None
    return lock


def writing_engine(data: Path) -> AsyncEngine:
    """One connection, which writes and checkpoints."""
    (data / DATABASE).touch(mode=0o600)  # the log beside it follows its mode
    engine = _engine(data, pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(dbapi_connection: Sqlite, _: object) -> None:
        _pragmas(dbapi_connection, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reading_engine(data: Path) -> AsyncEngine:
    """Connections that can only read; each transaction sees one snapshot (DEL-6)."""
    engine = _engine(data, pool_size=4, max_overflow=4)

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(dbapi_connection: Sqlite, _: object) -> None:
        _pragmas(dbapi_connection, "query_only=ON", "wal_autocheckpoint=0")

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def warn_if_old() -> None:
    """Says loudly that this SQLite has the WAL-reset bug, and why it does not bite."""
    if sqlite3.sqlite_version_info < _WAL_RESET_FIXED:
        _log.warning(
            "SQLite %s is older than 3.51.3 and has the WAL-reset bug. This server is safe from "
            "it, because one connection in one process writes and checkpoints; never open the "
            "database for writing with another program while the server runs.",
            sqlite3.sqlite_version,
        )


def _engine(data: Path, *, pool_size: int, max_overflow: int) -> AsyncEngine:
    return create_async_engine(
        f"sqlite+aiosqlite:///{data / DATABASE}",
        pool_size=pool_size,
        max_overflow=max_overflow,
        hide_parameters=True,  # an error's text must not carry people's words into the log
    )


def _pragmas(dbapi_connection: Sqlite, *pragmas: str) -> None:
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in ("busy_timeout=5000", *pragmas):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
