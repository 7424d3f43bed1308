"""The one writer of this process: everything queued while the last commit ran goes into the next.

A unit is a function of the open connection. A batch is one transaction; `run` comes back only
after its commit (DEL-3). When a unit raises, the batch is rolled back and each of its units runs
again in a transaction of its own, so that only the one that raises is hurt: a unit may run more
than once and must change nothing but the database. When the storage itself fails (disk full, file
locked, database gone) every unit of the batch fails with `StorageFailed`, nothing of it is kept,
and the writer goes on with the next batch.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from samebox_shared.protocol.errors import ErrorCode
from sqlalchemy import Connection

T = TypeVar("T")
Unit = Callable[[Connection], T]

MAX_BATCH = 256
ATTEMPTS = 3
"""How often a unit that another transaction got in the way of is tried alone."""

_log = logging.getLogger(__name__)


class StorageFailed(Exception):
    """The storage could not take the write; nothing of it was kept. Worth trying again."""

    def __init__(self, code: ErrorCode, what: str) -> None:
        super().__init__(what)
        self.code = code


class Storage(Protocol):
    """What a database must offer: sqlite.py and postgresql.py do."""

    @property
    def is_shared(self) -> bool:
        """Whether other servers may write to it too."""
        ...

    async def commit(self, units: Sequence[Unit[Any]]) -> list[Any]:
        """Runs all in one transaction. Raises what a unit raised, or StorageFailed, with nothing
        kept."""
        ...

    async def read(self, query: Unit[T]) -> T:
        """Runs `query` on one snapshot of what is committed."""
        ...

    def is_conflict(self, error: Exception) -> bool:
        """Whether a unit raised this only because another transaction got in its way."""
        ...

    async def close(self) -> None:
        """Lets go of the database."""
        ...


@dataclass(frozen=True)
class _Queued:
    unit: Unit[Any]
    after: Callable[[Any], None] | None
    answer: "asyncio.Future[Any]"


@dataclass(frozen=True)
class _Raised:
    error: Exception


class Writer:
    """Queues and commits. `serve` must run as a task for as long as anyone calls `run`."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._queue: asyncio.Queue[_Queued] = asyncio.Queue()
        self._is_serving = True

    async def run(self, unit: Unit[T], after: Callable[[T], None] | None = None) -> T:
        """What `unit` returned, once it is committed. Raises what it raised, or StorageFailed.

        `after` gets the result right after the commit, in the order of commits, even when the
        caller is no longer waiting.
        """
        if not self._is_serving:
            raise _stopped()
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Queued(unit, after, answer))
        return await answer

    async def serve(self) -> None:
        """Commits batches until it is cancelled; an exception from here is a bug. Nobody is left
        waiting either way."""
        batch: list[_Queued] = []
        try:
            while True:
                batch = [await self._queue.get()]
                batch.extend(self._queued_meanwhile())
                _answer(batch, await self._results(batch))
        finally:
            self._is_serving = False
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            _answer(batch, [_Raised(_stopped())] * len(batch))

    def _queued_meanwhile(self) -> list[_Queued]:
        count = min(self._queue.qsize(), MAX_BATCH - 1)
        return [self._queue.get_nowait() for _ in range(count)]

    async def _results(self, batch: list[_Queued]) -> list[Any]:
        try:
            return await self._storage.commit([queued.unit for queued in batch])
        except StorageFailed as failed:
            _log.error("storage failed, %d writes turned away: %s", len(batch), failed)
            return [_Raised(failed)] * len(batch)
        except Exception as error:
            if len(batch) == 1 and not self._storage.is_conflict(error):
                return [_Raised(error)]
            return [await self._alone(queued.unit) for queued in batch]

    async def _alone(self, unit: Unit[Any]) -> object:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return (await self._storage.commit([unit]))[0]
            except Exception as error:
                if attempt == ATTEMPTS or not self._storage.is_conflict(error):
                    return _Raised(error)
        return None


def _answer(batch: list[_Queued], results: list[Any]) -> None:
    for queued, result in zip(batch, results, strict=True):
        if isinstance(result, _Raised):
            if not queued.answer.done():
                queued.answer.set_exception(result.error)
            continue
        if queued.after is not None:
            queued.after(result)
        if not queued.answer.done():
            queued.answer.set_result(result)


def _stopped() -> StorageFailed:
    return StorageFailed(ErrorCode.BUSY, "the writer has stopped")
