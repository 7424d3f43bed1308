"""The database as the rest of the server sees it: `write` a unit, `read` a query."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection as Connection  # what units and queries get

from samebox_server.store.engine import lock_data
from samebox_server.store.saying import Saying
from samebox_server.store.sqlite import SqliteStorage
from samebox_server.store.writer import Committed, Group, Raised, Storage, Unit, Writer

T = TypeVar("T")
Item = TypeVar("Item")


class Database:
    """One writer and many readers over the same storage."""

    def __init__(
        self,
        writer: Writer,
        storage: Storage,
        serving: "asyncio.Task[None]",
        committed: Committed = lambda *_: None,
    ) -> None:
        self._writer = writer
        self._committed = committed
        self._storage = storage
        self.serving = serving
        """Ends only by a bug or by closing; whoever runs the process must then end it."""

    @property
    def is_shared(self) -> bool:
        """Whether other servers may write to it too, so that nothing remembered may decide."""
        return self._storage.is_shared

    @property
    def waiting(self) -> int:
        """Writes that wait for the next transaction."""
        return self._writer.waiting

    async def write(self, unit: Unit[T], after: Callable[[T], None] | None = None) -> T:
        """Runs `unit` in the next transaction; returns after the commit. See Writer.run."""
        return await self._writer.run(unit, after)

    def submit(self, group: Group[Item, T], item: Item, then: Callable[[T | Raised], None]) -> None:
        """Decides `item` together with others of its group, in the next transaction. See
        Writer.submit."""
        self._writer.submit(group, item, then)

    @property
    def lanes(self) -> int:
        """How many batches of messages `say` takes at once; 0: messages go the way of all else."""
        return 0 if self._storage.speaker is None else self._storage.speaker.lanes

    async def say(self, lane: int, said: Sequence[Saying]) -> Sequence[Saying]:
        """Keeps messages past the writer and returns what is kept. See Speaker.say."""
        assert self._storage.speaker is not None
        began = time.perf_counter()
        kept = await self._storage.speaker.say(lane, said)
        self._committed(time.perf_counter() - began, sum(len(one.messages) for one in kept))
        return kept

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Runs `query` on one snapshot of what is committed (DEL-6)."""
        return await self._storage.read(query)


@asynccontextmanager
async def open_database(
    data: Path, url: str = "", committed: Committed = lambda *_: None
) -> AsyncIterator[Database]:
    """Locks the folder, migrates, and serves until the end of the block: the SQLite file in
    `data`, or the PostgreSQL database at `url`. Raises DataInUse and NoDatabase."""
    lock = lock_data(data)
    try:
        storage = await _storage(data, url)
        try:
            writer = Writer(storage, committed)
            serving = asyncio.create_task(writer.serve(), name="writer")
            try:
                yield Database(writer, storage, serving, committed)
            finally:
                serving.cancel()
                await asyncio.wait([serving])
        finally:
            await storage.close()
    finally:
        lock.release()


async def _storage(data: Path, url: str) -> Storage:
    if not url:
        return SqliteStorage(data)
    from samebox_server.store.postgresql import PostgresStorage  # a laptop's trial needs no driver

    storage = PostgresStorage(url)
    try:
        await storage.prepare()
    except BaseException:
        await storage.close()
        raise
    return storage
