"""The two engines over one SQLite file, and the lock that keeps a second server away.

Why it is set up this way (DEL-14): the driver's implicit BEGIN loses updates, so the writer begins
with BEGIN IMMEDIATE (sqlite.py); FULL makes a commit survive a power cut; readers may not write or
checkpoint, so that exactly one connection of one process does. That last point is also what makes
SQLite below 3.51.3 safe here: its WAL-reset bug needs two such connections.
"""

import logging
import sqlite3
from pathlib import Path
from sqlite3 import Connection as Sqlite

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

DATABASE = "samebox.sqlite3"
LOCK = "samebox.lock"
CHECKPOINT_PAGES = 50_000
"""Pages (200 MiB) in the log after which a commit copies them into the database: only when those of
sqlite.py, which do so earlier and between two commits, do not get to it."""
_WAL_RESET_FIXED = (3, 51, 3)

_log = logging.getLogger(__name__)


class DataInUse(Exception):
    """Another server holds this data folder. The text is for the person at the console."""


class NoDatabase(Exception):
    """The database of the settings cannot be used. The text is for the person at the console."""


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


def writing_engine(data: Path) -> Engine:
    """One connection, which writes and checkpoints; who uses it begins and ends transactions.

    It never waits for a lock by itself, because it would do so on the event loop."""
    (data / DATABASE).touch(mode=0o600)  # the log beside it follows its mode
    return _engine(
        data,
        "busy_timeout=0",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"wal_autocheckpoint={CHECKPOINT_PAGES}",
    )


def reading_engine(data: Path) -> Engine:
    """One connection that can only read."""
    return _engine(data, "busy_timeout=1000", "query_only=ON", "wal_autocheckpoint=0")


def warn_if_old() -> None:
    """Says loudly that this SQLite has the WAL-reset bug, and why it does not bite."""
    if sqlite3.sqlite_version_info < _WAL_RESET_FIXED:
        _log.warning(
            "SQLite %s is older than 3.51.3 and has the WAL-reset bug. This server is safe from "
            "it, because one connection in one process writes and checkpoints; never open the "
            "database for writing with another program while the server runs.",
            sqlite3.sqlite_version,
        )


def _engine(data: Path, *pragmas: str) -> Engine:
    engine = create_engine(
        f"sqlite+pysqlite:///{data / DATABASE}",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "cached_statements": 512},
        hide_parameters=True,  # an error's text must not carry people's words into the log
    )

    @event.listens_for(engine, "connect")
    def set_up(dbapi_connection: Sqlite, _: object) -> None:
        dbapi_connection.isolation_level = None
        for pragma in pragmas:
            dbapi_connection.execute(f"PRAGMA {pragma}")

    return engine
