"""The database as the rest of the server sees it: `write` a unit, `read` a query."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection as Connection  # what units and queries get
from sqlalchemy.ext.asyncio import AsyncEngine

from samebox_server.store import migrate
from samebox_server.store.engine import lock_data, reading_engine, warn_if_old, writing_engine
from samebox_server.store.writer import Unit, Writer

T = TypeVar("T")


class Database:
    """One writer and many readers over the same file."""

    def __init__(self, writer: Writer, reading: AsyncEngine, serving: "asyncio.Task[None]") -> None:
        self._writer = writer
        self._reading = reading
        self.serving = serving
        """Ends only by a bug or by closing; whoever runs the process must then end it."""

    async def write(self, unit: Unit[T], after: Callable[[T], None] | None = None) -> T:
        """Runs `unit` in the next transaction; returns after the commit. See Writer.run."""
        return await self._writer.run(unit, after)

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Runs `query` on one snapshot of what is committed."""
        async with self._reading.connect() as connection:
            return await connection.run_sync(query)


@asynccontextmanager
async def open_database(data: Path) -> AsyncIterator[Database]:
    """Locks the folder, migrates, and serves until the end of the block. Raises DataInUse."""
    lock = lock_data(data)
    warn_if_old()
    writing, reading = writing_engine(data), reading_engine(data)
    try:
        async with writing.begin() as connection:
            await connection.run_sync(migrate.to_newest)
        writer = Writer(writing)
        serving = asyncio.create_task(writer.serve(), name="writer")
        try:
            yield Database(writer, reading, serving)
        finally:
            serving.cancel()
            await asyncio.wait([serving])
    finally:
        await reading.dispose()
        await writing.dispose()
        lock.release()
