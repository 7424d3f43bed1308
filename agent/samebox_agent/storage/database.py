"""The SQLite file: opened, migrated, and written in transactions.

Durability: WAL with synchronous=FULL, so what a call has written is on the disk when it returns.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from samebox_agent.storage import trouble
from samebox_agent.storage.migrations import MIGRATIONS
from samebox_agent.storage.sqlite_codes import from_sqlite

APPLICATION_ID = 0x53414D45
"""Says in the file's header that it is ours ("SAME")."""
BUSY_SECONDS = 2.0


class Database:
    """A thin wrapper of one connection; only the thread that opened it may use it.

    Every method raises StorageTrouble when the disk fails; other errors of SQLite are our bugs
    and pass through.
    """

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._depth = 0
        self.file = file

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._naming_trouble():
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        with self._naming_trouble():
            found: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
            return found

    def execute(self, sql: str, values: Sequence[object] = ()) -> int:
        """Carry out one statement; how many rows it changed."""
        with self._naming_trouble():
            return self._connection.execute(sql, values).rowcount

    def execute_many(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Carry out one statement for each set of values, all or none."""
        with self.transaction(), self._naming_trouble():
            self._connection.executemany(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. One inside another joins the outer, so that steps can be bundled."""
        if self._depth:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._depth = 0

    def close(self) -> None:
        """Write the log back into the file and let go of it."""
        with self._naming_trouble():
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:  # SQLite itself rolls back when the disk is full
            self._connection.execute("ROLLBACK")

    @contextmanager
    def _naming_trouble(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            named = from_sqlite(error, self.file)
            if named is None:
                raise
            raise named from error


def open_database(file: Path) -> Database:
    """Open or create the file, mode 0600, and bring it to this version's shape.

    Raises StorageTrouble (CORRUPT, NEWER, BUSY, UNWRITABLE, FULL); the file is then as it was.
    """
    _create_private(file)
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    database = Database(connection, file)
    try:
        _refuse_foreign(database)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            database.execute(f"PRAGMA {pragma}")
        _migrate(database)
    except BaseException:
        connection.close()
        raise
    return database


def set_aside(file: Path) -> Path:
    """Rename a damaged file, with its log, so that a new one can be started; the new name.

    Nothing is deleted. Call with the database closed.
    """
    number = 1
    while (aside := file.with_name(f"{file.name}.damaged-{number}")).exists():
        number += 1
    try:
        for ending in ("", "-wal", "-shm"):
            part = file.with_name(file.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise trouble.unwritable(file, error.strerror or str(error)) from error
    return aside


def _create_private(file: Path) -> None:
    try:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise trouble.unwritable(file, error.strerror or str(error)) from error


def _refuse_foreign(database: Database) -> None:
    (version,) = database.row("PRAGMA user_version") or (0,)
    (application,) = database.row("PRAGMA application_id") or (0,)
    (tables,) = database.row("SELECT count(*) FROM sqlite_master") or (0,)
    if tables and application != APPLICATION_ID:
        raise trouble.corrupt(database.file)
    if version > len(MIGRATIONS):
        raise trouble.newer(database.file)


def _migrate(database: Database) -> None:
    with database.transaction():
        (version,) = database.row("PRAGMA user_version") or (0,)
        if version == len(MIGRATIONS):
            return
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
