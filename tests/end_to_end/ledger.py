"""Looks into the server's database without touching it, to count what really arrived."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from tasks.stage.server import Server


def rows(server: Server, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """What a query finds; the server may be running or not."""
    file = (server.data / "samebox.sqlite3").as_uri()
    with closing(sqlite3.connect(f"{file}?mode=ro", uri=True)) as database:
        return database.execute(sql, values).fetchall()


def questions(server: Server) -> list[str]:
    """The text of every question ever asked, in order."""
    return [text for (text,) in rows(server, "SELECT text FROM question ORDER BY asked_at")]
