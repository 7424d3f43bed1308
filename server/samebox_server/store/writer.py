"""The one writer of this process: everything queued while the last commit ran goes into the next.

A unit is a function of the open connection. All items of one group in a batch are given to the
group's function together, where the first of them stands: so what they lock is locked once and in
one order, and two servers do not wait for each other. A batch is one transaction; `run` comes back
only after its commit (DEL-3). When a unit raises, the batch is rolled back and each half of it runs
again, until only the one that raises is hurt: a unit may run more than once and must change nothing
but the database. When the storage itself fails (disk full, file locked, database gone) every unit
of the batch fails with `StorageFailed`, nothing of it is kept, and the writer goes on.
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

from samebox_server.store.saying import Saying

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


class Speaker(Protocol):
    """Keeps messages in transactions of their own, several at once."""

    @property
    def lanes(self) -> int:
        """How many."""
        ...

    async def say(self, lane: int, said: Sequence[Saying]) -> Sequence[Saying]:
        """Those that are kept; the others need a unit that looks closer. One call at a time for
        each lane, counted from 0. Raises StorageFailed."""
        ...


class Storage(Protocol):
    """What a database must offer: sqlite.py and postgresql.py do."""

    @property
    def is_shared(self) -> bool:
        """Whether other servers may write to it too."""
        ...

    @property
    def speaker(self) -> Speaker | None:
        """The quicker way for messages, where there is one."""
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

    async def _results(self, batch: list[_Queued], attempt: int = 1) -> list[Any]:
        try:
            return await self._commit(batch)
        except StorageFailed as failed:
            _log.error("storage failed, %d writes turned away: %s", len(batch), failed)
            return [Raised(failed)] * len(batch)
        except Exception as error:
            if attempt == 1 and self._storage.is_conflict(error):
                return await self._results(batch, attempt + 1)
            middle = len(batch) // 2
            if middle:
                first = await self._results(batch[:middle])
                return first + await self._results(batch[middle:])
            if attempt < ATTEMPTS and self._storage.is_conflict(error):
                return await self._results(batch, attempt + 1)
            return [Raised(error)]

    async def _commit(self, batch: list[_Queued]) -> list[Any]:
        units = _units(batch)
        results: list[Any] = [None] * len(batch)
        done = await self._storage.commit([each.unit for each in units])
        for result, each in zip(done, units, strict=True):
            found = result if each.is_group else (result,)
            for place, one in zip(each.places, found, strict=True):
                results[place] = one
        return results


class _Together(Struct):
    """A unit of the batch, or all items of a group; `places` are theirs in the batch."""

    unit: Unit[Any]
    places: list[int]
    is_group: bool = False


def _units(batch: list[_Queued]) -> list[_Together]:
    """The batch as functions of the connection."""
    units: list[_Together] = []
    groups: dict[Group[Any, Any], tuple[_Together, list[Any]]] = {}
    for place, queued in enumerate(batch):
        if queued.group is None:
            assert queued.unit is not None
            units.append(_Together(queued.unit, [place]))
            continue
        if queued.group not in groups:
            items: list[Any] = []
            together = _Together(_together(queued.group, items), [], is_group=True)
            groups[queued.group] = together, items
            units.append(together)
        together, items = groups[queued.group]
        together.places.append(place)
        items.append(queued.item)
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
