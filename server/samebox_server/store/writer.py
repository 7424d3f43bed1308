"""The one writer of this process: everything queued while the last commit ran goes into the next.

A unit is a function of the open connection. Items of the same group that follow each other are
given to the group's function together. A batch is one transaction; `run` comes back only after its
commit (DEL-3). When a unit raises, the batch is rolled back and each of its units runs
again in a transaction of its own, so that only the one that raises is hurt: a unit may run more
than once and must change nothing but the database. When the storage itself fails (disk full, file
locked, database gone) every unit of the batch fails with `StorageFailed`, nothing of it is kept,
and the writer goes on with the next batch.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol, TypeVar

from msgspec import Struct
from samebox_shared.protocol.errors import ErrorCode
from sqlalchemy import Connection

T = TypeVar("T")
Item = TypeVar("Item")
Unit = Callable[[Connection], T]
Group = Callable[[Connection, list[Item]], list[T]]
"""Decides several items together; as many results, in the same order."""

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


class Raised:
    """What a unit or the storage raised instead of a result."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error = error


class _Queued(Struct, frozen=True):
    """A unit, or an item of a group; `then` gets the result once it is committed."""

    unit: Unit[Any] | None
    group: Group[Any, Any] | None
    item: Any
    then: Callable[[Any], None]


Committed = Callable[[float, int], None]
"""Told how many seconds each transaction took, and of how many units it was."""


class Writer:
    """Queues and commits. `serve` must run as a task for as long as anyone calls `run`."""

    def __init__(self, storage: Storage, committed: Committed = lambda *_: None) -> None:
        self._storage = storage
        self._committed = committed
        self._queue: deque[_Queued] = deque()
        self._woken = asyncio.Event()
        self._is_serving = True

    @property
    def waiting(self) -> int:
        """Units that wait for the next transaction."""
        return len(self._queue)

    async def run(self, unit: Unit[T], after: Callable[[T], None] | None = None) -> T:
        """What `unit` returned, once it is committed. Raises what it raised, or StorageFailed.

        `after` gets the result right after the commit, in the order of commits, even when the
        caller is no longer waiting.
        """
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._put(_Queued(unit, None, None, partial(_answer, after, answer)))
        return await answer

    def submit(self, group: Group[Item, T], item: Item, then: Callable[[T | Raised], None]) -> None:
        """Puts an item of a group into the next batch, without waiting; `then` gets its result
        right after the commit, in the order of commits."""
        self._put(_Queued(None, group, item, then))

    async def serve(self) -> None:
        """Commits batches until it is cancelled; an exception from here is a bug. Nobody is left
        waiting either way."""
        batch: list[_Queued] = []
        try:
            while True:
                await self._woken.wait()
                count = min(len(self._queue), MAX_BATCH)
                batch = [self._queue.popleft() for _ in range(count)]
                if not self._queue:
                    self._woken.clear()
                started = time.perf_counter()
                results = await self._results(batch)
                self._committed(time.perf_counter() - started, count)
                for queued, result in zip(batch, results, strict=True):
                    queued.then(result)
        finally:
            self._is_serving = False
            for queued in (*batch, *self._queue):
                queued.then(Raised(_stopped()))
            self._queue.clear()

    def _put(self, queued: _Queued) -> None:
        if not self._is_serving:
            queued.then(Raised(_stopped()))
            return
        self._queue.append(queued)
        self._woken.set()

    async def _results(self, batch: list[_Queued]) -> list[Any]:
        units = _units(batch)
        try:
            results = await self._storage.commit([unit for unit, _ in units])
        except StorageFailed as failed:
            _log.error("storage failed, %d writes turned away: %s", len(batch), failed)
            return [Raised(failed)] * len(batch)
        except Exception as error:
            if len(batch) == 1 and not self._storage.is_conflict(error):
                return [Raised(error)]
            return [await self._alone(queued) for queued in batch]
        return [
            each
            for result, (_, is_group) in zip(results, units, strict=True)
            for each in (result if is_group else (result,))
        ]

    async def _alone(self, queued: _Queued) -> object:
        [(unit, is_group)] = _units([queued])
        for attempt in range(1, ATTEMPTS + 1):
            try:
                [result] = await self._storage.commit([unit])
                return result[0] if is_group else result
            except Exception as error:
                if attempt == ATTEMPTS or not self._storage.is_conflict(error):
                    return Raised(error)
        return None


def _units(batch: list[_Queued]) -> list[tuple[Unit[Any], bool]]:
    """The batch as functions of the connection; True for one that stands for several items."""
    units: list[tuple[Unit[Any], bool]] = []
    last: Group[Any, Any] | None = None
    items: list[Any] = []
    for queued in batch:
        if queued.unit is not None:
            units.append((queued.unit, False))
        elif queued.group == last:
            items.append(queued.item)
        elif queued.group is not None:
            items = [queued.item]
            units.append((_together(queued.group, items), True))
        last = queued.group
    return units


def _together(group: Group[Item, T], items: list[Item]) -> Unit[list[T]]:
    return lambda connection: group(connection, items)


def _answer(
    after: Callable[[T], None] | None, answer: "asyncio.Future[T]", result: T | Raised
) -> None:
    if isinstance(result, Raised):
        if not answer.done():
            answer.set_exception(result.error)
        return
    if after is not None:
        after(result)
    if not answer.done():
        answer.set_result(result)


def _stopped() -> StorageFailed:
    return StorageFailed(ErrorCode.BUSY, "the writer has stopped")
