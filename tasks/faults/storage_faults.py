"""Faults of the server's disk, clock and backups, for a server on SQLite."""

import asyncio
import resource
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from samebox_shared.model.ids import new_id

from tasks.faults.scene import Scene

DATABASE = "samebox.sqlite3"
FULL_AT = 4096
"""Bytes over which no file of the server may grow while the disk is full."""
JUMPS = (300.0, -300.0, 3_600.0, 86_400.0, -86_400.0)
"""Seconds by which the wall clock is set, one after the other."""


@asynccontextmanager
async def full_disk(scene: Scene) -> AsyncIterator[None]:
    """The kernel lets no file of the server grow; after the block there is space again."""
    before = resource.prlimit(scene.server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(scene.server.pid, resource.RLIMIT_FSIZE, (FULL_AT, before[1]))
    scene.note("full", "disk", scene.people)
    try:
        yield
    finally:
        resource.prlimit(scene.server.pid, resource.RLIMIT_FSIZE, before)
        scene.note("freed", "disk", scene.people)


@asynccontextmanager
async def locked_database(scene: Scene) -> AsyncIterator[None]:
    """Another process holds the lock for writing."""
    connection = sqlite3.connect(
        scene.server.data / DATABASE, isolation_level=None, timeout=20, check_same_thread=False
    )
    await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
    scene.note("locked", "database", scene.people)
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()
        scene.note("unlocked", "database", scene.people)


def set_clock(scene: Scene, shift: float) -> None:
    """From now on the server's wall clock is wrong by so much."""
    fresh = scene.clock_file.with_suffix(".new")
    fresh.write_text(str(shift), encoding="ascii")
    fresh.replace(scene.clock_file)
    scene.note("clock", "server", seconds=scene.clock_offset + shift)


def back_up(scene: Scene) -> Path:
    """A copy of the database as it is at this moment, taken while the server runs."""
    backup = scene.folder / "backup.sqlite3"
    backup.unlink(missing_ok=True)
    scene.note("backup", "database")
    with sqlite3.connect(scene.server.data / DATABASE) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    source.close()
    target.close()
    return backup


def restore(scene: Scene, backup: Path, *, rotate: bool = True) -> None:
    """Put the copy in the place of the database of a server that does not run. Whoever restores
    begins a new epoch (DEL-5)."""
    database = scene.server.data / DATABASE
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    shutil.copyfile(backup, database)
    if rotate:
        connection = sqlite3.connect(database)
        with connection:
            connection.execute("UPDATE setting SET value = ? WHERE name = 'epoch'", (new_id(),))
        connection.close()
    scene.note("restored", "database", scene.people)
