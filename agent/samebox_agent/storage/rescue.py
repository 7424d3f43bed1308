"""Starting afresh beside a damaged file, with everything of the person's that can still be read.

The feed and the articles are not rescued: the server has them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from samebox_agent.storage.database import Database, set_aside
from samebox_agent.storage.store import Store, open_store
from samebox_agent.storage.trouble import StorageTrouble

OURS_ALONE = ("setting", "sharing", "unsent_text", "outbox", "suggestion", "shared")
"""The tables that stand nowhere else."""


def start_afresh(file: Path) -> tuple[Store, Path]:
    """Put the damaged file aside, open a new one, and copy what can be read; the old one's name.

    Call with the damaged database closed. Raises StorageTrouble when even that fails.
    """
    aside = set_aside(file)
    store = open_store(file)
    try:
        with store.database.transaction():
            for table in OURS_ALONE:
                _copy(aside, store.database, table)
            _drop_acts_that_make_no_sense(store)
    except BaseException:
        store.close()
        raise
    return store, aside


def _copy(aside: Path, database: Database, table: str) -> None:
    columns = [name for (_, name, *_) in database.rows(f"PRAGMA table_info({table})")]
    sql = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(columns))})"
    for row in _readable_rows(aside, f"SELECT {', '.join(columns)} FROM {table}"):
        database.execute(sql, row)


def _readable_rows(aside: Path, sql: str) -> Iterator[tuple[Any, ...]]:
    """Rows until the damage; a table that is gone or of another shape has none."""
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{aside.as_uri()}?mode=ro", uri=True)) as damaged,
    ):
        yield from damaged.execute(sql)


def _drop_acts_that_make_no_sense(store: Store) -> None:
    try:
        store.outbox.waiting()
    except StorageTrouble:
        store.database.execute("DELETE FROM outbox")
