"""The way to the database and back: acts and jobs go into units of the writer; what was committed
is handed on, and whoever asked gets the answer after the commit (DEL-3)."""

import logging
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any, TypeVar

from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.acts import PostMessage
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import AnyEvent
from samebox_shared.protocol.messages import Do, Done, Refused, ServerFrame, TryLater

from samebox_server.live import acts, talk
from samebox_server.live.clock import Clock
from samebox_server.live.connection import Connection
from samebox_server.live.lanes import Answered, Lanes, Post
from samebox_server.live.talk import Said
from samebox_server.live.whereabouts import Whereabouts
from samebox_server.live.work import NOTHING, Rules, Work, Written
from samebox_server.logs import on_connection
from samebox_server.metrics import Metrics
from samebox_server.store.database import Connection as Sql
from samebox_server.store.database import Database
from samebox_server.store.sessions import StoredSession
from samebox_server.store.writer import Raised, StorageFailed

RETRY_SECONDS = 5.0

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Desk:
    """`dispatch` gets what each transaction wrote, in the order of commits."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        rules: Rules,
        whereabouts: Whereabouts,
        metrics: Metrics,
        dispatch: Callable[[Written], None],
        spawn: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._rules = rules
        self._whereabouts = whereabouts
        self._metrics = metrics
        self._dispatch = dispatch
        self._spawn = spawn
        self._lanes = Lanes(database, clock, self._submit, spawn) if database.lanes else None

    async def write(self, job: Callable[[Work], T]) -> T:
        """Runs a job in the next transaction; returns after the commit."""

        touched: set[PersonId] = set()

        def unit(connection: Sql) -> tuple[T, Written]:
            work = self._work(connection, touched)
            result = job(work)
            return result, work.finish()

        try:
            result, _ = await self._database.write(unit, lambda done: self._dispatch(done[1]))
        except BaseException:
            self._whereabouts.doubt(touched)
            raise
        return result

    def decide(self, connection: Connection, asked: Do) -> None:
        """Decides an act of this device; the answer is pushed to it after the commit."""
        connection.act_came()
        if not talk.is_talk(asked):
            self._spawn(self._do(connection, asked))
            return
        post = Post(connection.caller, asked, partial(self._said, connection, asked))
        if self._lanes is not None and isinstance(asked.act, PostMessage):
            self._lanes.put(post)
        else:
            self._submit(post)

    def remember(self, live: Iterable[StoredSession]) -> None:
        """Messages will be said in these sessions."""
        if self._lanes is not None:
            self._lanes.remember(live)

    def follow(self, events: Iterable[AnyEvent]) -> None:
        """These were committed."""
        if self._lanes is not None:
            self._lanes.follow(events)

    def _submit(self, post: Post) -> None:
        self._database.submit(self._talk, (post.caller, post.asked), post.then)

    def _talk(self, connection: Sql, said: list[Said]) -> list[Answered]:
        """What all of them wrote goes out with the first answer."""
        work = self._work(connection, set())
        first, *others = talk.decide_all(work, said)
        return [(first, work.finish()), *((answer, NOTHING) for answer in others)]

    def _said(self, connection: Connection, asked: Do, result: Answered | Raised) -> None:
        if isinstance(result, Raised):
            self._push(connection, asked, _later(connection, asked, result.error))
            return
        answer, written = result
        if written is not NOTHING:
            self._dispatch(written)
        self._push(connection, asked, answer)

    async def _do(self, connection: Connection, asked: Do) -> None:
        try:
            answer: ServerFrame = await self.write(partial(_decide, connection, asked))
        except Exception as error:
            answer = _later(connection, asked, error)
        self._push(connection, asked, answer)

    def _push(self, connection: Connection, asked: Do, answer: ServerFrame) -> None:
        connection.push(answer)
        connection.act_decided()
        self._metrics.answered(asked.act, answer)

    def _work(self, connection: Sql, touched: set[PersonId]) -> Work:
        now, is_shared = self._clock.now(), self._database.is_shared
        self._whereabouts.catch_up(connection, now)
        return Work(
            connection,
            now,
            self._whereabouts.presence,
            self._rules,
            self._whereabouts,
            is_shared,
            touched=touched,
        )


def _decide(connection: Connection, asked: Do, work: Work) -> Done | Refused:
    with on_connection(connection.wire.connection_id):
        return acts.decide(work, connection.caller, asked)


def _later(connection: Connection, asked: Do, error: Exception) -> TryLater:
    if isinstance(error, StorageFailed):
        return TryLater(txn_id=asked.txn_id, code=error.code, after_seconds=RETRY_SECONDS)
    with on_connection(connection.wire.connection_id):
        _log.error("an act failed", exc_info=error, extra={"act": type(asked.act).__name__})
    return TryLater(txn_id=asked.txn_id, code=ErrorCode.BUSY, after_seconds=6 * RETRY_SECONDS)
