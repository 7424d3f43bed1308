"""What SQLite's error codes mean for a person. Apart from `trouble`, which every start loads."""

import sqlite3
from pathlib import Path

from samebox_agent.storage.trouble import StorageTrouble, busy, corrupt, disk_full, unwritable

_FULL = {sqlite3.SQLITE_FULL}
_CORRUPT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_AUTH,
}


def from_sqlite(error: sqlite3.Error, file: Path) -> StorageTrouble | None:
    """The trouble behind an error of SQLite, or None when the error is our own bug."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in _FULL:
        return disk_full(file)
    if code in _CORRUPT:
        return corrupt(file)
    if code in _BUSY:
        return busy(file)
    if code in _UNWRITABLE:
        return unwritable(file, str(error))
    return None
