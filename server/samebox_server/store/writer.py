"""The one writer of this process: everything queued while the last commit ran goes into the next.

A unit is a function of the open connection. Each runs in its own savepoint, so one that raises
does not hurt the others; `run` comes back only after the commit (DEL-3). When the storage itself
fails (disk full, file locked) every unit of the batch fails with `StorageFailed`, nothing of it
is kept, and the writer goes on with the next batch.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from samebox_shared.protocol.errors import ErrorCode
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")
Unit = Callable[[Connection], T]

MAX_BATCH = 256
_BUSY_WORDS = ("locked", "busy")

_log = logging.getLogger(__name__)


class StorageFailed(Exception):
    """The storage could not take the write; nothing of it was kept. Worth trying again."""

    def __init__(self, code: ErrorCode, what: str) -> None:
        super().__init__(what)
        self.code = code


@dataclass(frozen=True)
class _Queued:
    unit: Unit[Any]
    after: Callable[[Any], None] | None
    answer: "asyncio.Future[Any]"


@dataclass(frozen=True)
class _Raised:
    error: Exception


class Writer:
    """Owns the writing engine. `serve` must run as a task for as long as anyone calls `run`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
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
            async with self._engine.connect() as connection:
                while True:
                    batch = [await self._queue.get()]
                    batch.extend(self._queued_meanwhile())
                    _answer(batch, await _results(connection, batch))
        finally:
            self._is_serving = False
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            _answer(batch, [_Raised(_stopped())] * len(batch))

    def _queued_meanwhile(self) -> list[_Queued]:
        count = min(self._queue.qsize(), MAX_BATCH - 1)
        return [self._queue.get_nowait() for _ in range(count)]


async def _results(connection: AsyncConnection, batch: list[_Queued]) -> list[Any]:
    try:
        return await _commit(connection, batch)
    except DBAPIError as error:
        failed = _failure(error)
        _log.error("storage failed, %d writes turned away: %s", len(batch), failed)
        return [_Raised(failed)] * len(batch)


async def _commit(connection: AsyncConnection, batch: list[_Queued]) -> list[Any]:
    try:
        async with connection.begin():
            return await connection.run_sync(_carry_out, batch)
    finally:
        if connection.in_transaction():
            await connection.rollback()


def _carry_out(connection: Connection, batch: list[_Queued]) -> list[Any]:
    return [_carry_out_one(connection, queued.unit) for queued in batch]


def _carry_out_one(connection: Connection, unit: Unit[Any]) -> object:
    try:
        with connection.begin_nested():
            return unit(connection)
    except DBAPIError as error:
        if not isinstance(error, IntegrityError):
            raise
        return _Raised(error)
    except Exception as error:
        return _Raised(error)


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


def _failure(error: DBAPIError) -> StorageFailed:
    what = str(error.orig)
    is_busy = any(word in what for word in _BUSY_WORDS)
    return StorageFailed(ErrorCode.BUSY if is_busy else ErrorCode.STORAGE_FULL, what)
