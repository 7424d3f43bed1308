"""PostgreSQL behind the writer, through asyncpg. Several servers may share one database.

Transactions are read committed, and whatever a unit decides on is locked by the statement that
reads it (heads of feeds, the question, a timer): nothing that this process remembers decides.
asyncpg's trap: a statement that is prepared leaves an implicit transaction open with its locks;
SQLAlchemy executes what it prepares, and only inside a transaction that ends.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped]
from samebox_shared.protocol.errors import ErrorCode
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from samebox_server.store import feeds, migrate, saying
from samebox_server.store.engine import NoDatabase
from samebox_server.store.saying import Saying
from samebox_server.store.writer import StorageFailed, Unit

T = TypeVar("T")

_CONFLICTS = ("23505", "40001", "40P01", "55P03")
"""SQLSTATE: unique violation, serialization failure, deadlock, lock not available."""
_LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError)
"""asyncpg's own: it is closed, or it was told goodbye while it had nothing to do."""
_OUT_OF_ROOM = "53100"
_TROUBLE = ("08", "53", "57", "58")
"""Classes of SQLSTATE: connection, resources, operator, system. Worth trying again later."""
_MIGRATION_LOCK = 8470
_SESSION = {
    "application_name": "samebox-server",
    "jit": "off",  # no statement here is worth a compiler
    "lock_timeout": "5000",
    "idle_in_transaction_session_timeout": "60000",
}


_LANES = 2
"""Batches of messages that are on their way at once: while the database works on one, this process
works on the other."""
_ONE_PLAN = {
    "plan_cache_mode": "force_generic_plan",  # made once; for each batch it would cost most of all
    "enable_seqscan": "off",  # that plan is still there when the tables have grown
}


class PostgresStorage:
    """One writing connection and a few reading ones; a lost one is replaced by the next batch."""

    is_shared = True

    def __init__(self, url: str) -> None:
        """`url` is postgresql://user:password@host:port/database."""
        self._writing = _engine(url, 1, "READ COMMITTED", is_readonly=False)
        self._reading = _engine(url, 4, "REPEATABLE READ", is_readonly=True)
        self.speaker = PostgresSpeaker(url)

    async def prepare(self) -> None:
        """Migrates; servers that start together do it one after the other. Raises NoDatabase."""
        try:
            async with self._writing.begin() as connection:
                await connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK}
                )
                await connection.run_sync(migrate.to_newest)
            await self.speaker.prepare()
        except (DBAPIError, OSError, TimeoutError, asyncpg.PostgresError) as error:
            raise NoDatabase(
                f"The database of SAMEBOX_DATABASE_URL cannot be used: {_words(error)}. "
                "Nothing was changed. Check the address, the password and that PostgreSQL runs, "
                "then start again."
            ) from error

    async def commit(self, units: Sequence[Unit[Any]]) -> list[Any]:
        """See Storage."""
        try:
            async with self._writing.begin() as connection:
                return await connection.run_sync(partial(_carry_out, units))
        except Exception as error:
            raise _failure(error) from error

    async def read(self, query: Unit[T]) -> T:
        """See Storage."""
        try:
            async with self._reading.connect() as connection:
                return await connection.run_sync(query)
        except Exception as error:
            raise _failure(error) from error

    def is_conflict(self, error: Exception) -> bool:
        """See Storage. Another server was faster; the next look shows what it did."""
        return _state(error) in _CONFLICTS

    async def close(self) -> None:
        """Ends the connections."""
        await self.speaker.close()
        await self._reading.dispose()
        await self._writing.dispose()


class PostgresSpeaker:
    """One connection for each lane of messages; a lost one is replaced by the next batch."""

    lanes = _LANES

    def __init__(self, url: str) -> None:
        self._engine = _engine(url, self.lanes, "AUTOCOMMIT", is_readonly=False, **_ONE_PLAN)
        self._connections: dict[int, AsyncConnection] = {}

    async def prepare(self) -> None:
        """Connects. Raises what asyncpg and SQLAlchemy raise."""
        for lane in range(self.lanes):
            await saying.prepare(await self._driver(lane))

    async def say(self, lane: int, said: Sequence[Saying]) -> Sequence[Saying]:
        """See Speaker."""
        try:
            return await saying.say(await self._driver(lane), said)
        except Exception as error:
            if _state(error) in _CONFLICTS:
                return ()
            await self._give_up(lane)
            raise _failure(error) from error

    async def close(self) -> None:
        """Ends the connections."""
        for connection in self._connections.values():
            await connection.close()
        await self._engine.dispose()

    async def _driver(self, lane: int) -> Any:  # noqa: ANN401 -- asyncpg has no types
        if lane not in self._connections:
            self._connections[lane] = await self._engine.connect()
        return (await self._connections[lane].get_raw_connection()).driver_connection

    async def _give_up(self, lane: int) -> None:
        """At once: asyncpg cannot take leave in the middle of something."""
        connection = self._connections.pop(lane, None)
        if connection is not None:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            driver.terminate()
            await connection.invalidate()
            await connection.close()  # its place in the pool is free again


def _engine(
    url: str, connections: int, isolation: str, *, is_readonly: bool, **settings: str
) -> AsyncEngine:
    return create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        pool_size=connections,
        max_overflow=0,
        isolation_level=isolation,
        execution_options={"postgresql_readonly": is_readonly},
        connect_args={"server_settings": {**_SESSION, **settings}, "timeout": 5},
        hide_parameters=True,  # an error's text must not carry people's words into the log
    )


def _carry_out(units: Sequence[Unit[Any]], connection: Connection) -> list[Any]:
    feeds.forget(connection)
    results = [unit(connection) for unit in units]
    feeds.settle(connection)
    return results


def _state(error: BaseException) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(cause, "sqlstate", None) or "")


def _words(error: BaseException) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause) or type(cause).__name__


def _failure(error: Exception) -> Exception:
    """`StorageFailed` when the database is in trouble, otherwise what was raised."""
    state = _state(error)
    if state == _OUT_OF_ROOM:
        return StorageFailed(ErrorCode.STORAGE_FULL, "the database has no room left")
    is_lost = (
        error.connection_invalidated if isinstance(error, DBAPIError) else isinstance(error, _LOST)
    )
    if is_lost or state.startswith(_TROUBLE) or isinstance(error, OSError | asyncio.TimeoutError):
        return StorageFailed(ErrorCode.BUSY, f"the database cannot be used: {type(error).__name__}")
    return error
