"""Many rows in one go, in each database's own quickest way.

A row costs SQLite some microseconds when the driver runs one prepared statement again and again,
and PostgreSQL when all rows travel as arrays in one statement. SQLAlchemy's own way costs several
times as much, so the few statements that every message needs are written out here and in their
own files; everything else goes through SQLAlchemy.
"""

import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

Row = tuple[Any, ...]


def is_sqlite(connection: Connection) -> bool:
    """Which of the two we are talking to."""
    return connection.dialect.name == "sqlite"


def driver(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection, inside the same transaction."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def listed(texts: Iterable[str]) -> str:
    """A list of any length as one parameter of SQLite's json_each."""
    return msgspec.json.encode(list(texts)).decode()


def new_ids(count: int) -> list[str]:
    """So many ids as `new_id` makes them, for one call to the system's source of chance."""
    digits = secrets.token_hex(16 * count)
    return [digits[start : start + 32] for start in range(0, 32 * count, 32)]


def arrays(rows: Sequence[Row]) -> Row:
    """The columns of these rows, one list each, as unnest takes them."""
    return tuple(list(column) for column in zip(*rows, strict=True))


def insert(
    connection: Connection, table: str, columns: dict[str, str], rows: Sequence[Row]
) -> None:
    """Adds rows; `columns` gives each column's type in PostgreSQL."""
    names = ", ".join(columns)
    if is_sqlite(connection):
        marks = ", ".join("?" * len(columns))
        driver(connection).executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    elif rows:
        connection.exec_driver_sql(
            f"INSERT INTO {table} ({names}) SELECT * FROM {unnested(columns.values())}",
            arrays(rows),
        )


def unnested(types: Iterable[str], first: int = 1) -> str:
    """`unnest` over the parameters from number `first` on."""
    lists = ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(types, first))
    return f"unnest({lists})"
