"""The shell: keeps the connections, puts every change into a unit of the writer, and sends what
was committed. A frame goes in at `receive`; after the commit `_dispatch` brings events out."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar, assert_never

from samebox_shared.model.ids import DeviceId, PersonId, SessionId
from samebox_shared.protocol.errors import CloseCode, ErrorCode
from samebox_shared.protocol.messages import (
    Ack,
    AgentFrame,
    ArticlesChanged,
    Away,
    Do,
    Event,
    GoingDown,
    Heartbeat,
    Hello,
    PeerPresence,
    PeerTyping,
    ServerFrame,
    TryLater,
    Typing,
)

from samebox_server.live import acts, greeting, keeping, questions, silence
from samebox_server.live.clock import Alarm, Clock
from samebox_server.live.connection import Connection
from samebox_server.live.presence import Presence
from samebox_server.live.rooms import Rooms
from samebox_server.live.work import Rules, Work, Written
from samebox_server.metrics import Metrics
from samebox_server.store import devices, feeds, sessions, timers
from samebox_server.store.database import Connection as Sql
from samebox_server.store.database import Database
from samebox_server.store.devices import Caller
from samebox_server.store.writer import StorageFailed

RETRY_SECONDS = 5.0
FEED_PAGE = 100
RECEIPT_SECONDS = 0.05

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Hub:
    """All sockets of this process and the one way from a frame to the database and back."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        rules: Rules,
        metrics: Metrics,
        *,
        heartbeat_seconds: float,
        grace_seconds: float,
        queue_limit: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._rules = rules
        self._metrics = metrics
        self._heartbeat_seconds = heartbeat_seconds
        self._grace_seconds = grace_seconds
        self._queue_limit = queue_limit
        self._presence = Presence(clock.now())
        self._rooms = Rooms()
        self._alarm = Alarm(clock, self._fire_due)
        self._devices: dict[DeviceId, Connection] = {}
        self._people: dict[PersonId, set[Connection]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._not_before = 0.0
        """Timers of the last process wait until everyone had time to come back."""
        self.is_going_down = False
        metrics.watch("sockets", "Connected devices.", lambda: len(self._devices))
        metrics.watch("people_here", "People with a connected device.", lambda: len(self._people))

    async def start(self) -> None:
        """Picks up where the last process stopped: live sessions and waiting timers."""
        for live in await self._database.read(sessions.live):
            self._rooms.open(live.session_id, live.people)
        await self._write(silence.watch_all)
        waiting = await self._database.read(partial(timers.waiting, limit=100_000))
        for timer in waiting:
            self._alarm.set(timer.due_at)
        if waiting:
            self._not_before = self._clock.now() + self._grace_seconds
        self._spawn(self._alarm.run())
        self._spawn(self._beat())

    async def stop(self, retry_after: float) -> None:
        """Tells everyone to come back and closes their sockets (OP-9)."""
        self.is_going_down = True
        connections = list(self._devices.values())
        for connection in connections:
            connection.push(GoingDown(retry_after=retry_after))
        await asyncio.sleep(0.1)
        for connection in connections:
            connection.close(CloseCode.GOING_DOWN)
        for _ in range(30):
            if not self._devices:
                break
            await asyncio.sleep(0.05)
        for task in self._tasks:
            task.cancel()

    async def identify(self, authorization: str) -> Caller | None:
        """Who is at the other end."""
        return await self._database.read(partial(devices.identify, authorization=authorization))

    async def greet(self, caller: Caller, hello: Hello) -> Connection:
        """Takes a device in. An older socket of the same device is closed."""
        connection = Connection(caller, partial(self._feed_page, caller), self._queue_limit)
        older = self._devices.get(caller.device_id)
        if older is not None:
            self._forget(older)
            older.close(CloseCode.REPLACED)
        self._devices[caller.device_id] = connection
        self._people.setdefault(caller.person_id, set()).add(connection)
        has_come = self._presence.arrive(caller.person_id, caller.device_id)
        try:
            found = await self._write(partial(greeting.greet, caller=caller, hello=hello))
        except BaseException:
            await self.leave(connection)
            raise
        welcome = found.welcome(caller, self._heartbeat_seconds, self._clock.now())
        connection.start(welcome, found.cursor)
        if has_come:
            self._tell_peers(caller.person_id, is_here=True)
            self._spawn(self._sweep(caller.person_id))
        return connection

    def peers_now(self, caller: Caller) -> list[ServerFrame]:
        """Whether the others of this person's sessions are here, for a device that just came."""
        return [
            PeerPresence(session_id=session, person_id=peer, here=self._presence.is_here(peer))
            for session, peer in self._rooms.of(caller.person_id)
        ]

    async def leave(self, connection: Connection) -> None:
        """The socket is gone."""
        if self._devices.get(connection.caller.device_id) is not connection:
            return
        is_gone = self._forget(connection)
        if is_gone:
            self._tell_peers(connection.caller.person_id, is_here=False)
        try:
            await self._write(partial(keeping.keep_leaving, connection=connection, is_gone=is_gone))
        except StorageFailed as failure:
            _log.warning("a leaving device was not written down: %s", failure)

    async def receive(self, connection: Connection, frame: AgentFrame) -> None:
        """One frame of a device that has said hello."""
        match frame:
            case Hello():
                connection.close(CloseCode.MALFORMED)
            case Ack(seq=seq):
                self._acked(connection, seq)
            case Do():
                await self._do(connection, frame)
            case Typing(session_id=session_id):
                self._typing(connection.caller, session_id)
            case Away(away=away):
                caller = connection.caller
                if self._presence.set_away(caller.person_id, caller.device_id, away):
                    self._spawn(self._sweep(caller.person_id))
            case _:
                assert_never(frame)

    def articles_changed(self, head: int) -> None:
        """Every laptop may fetch the new articles."""
        for connection in self._devices.values():
            connection.hint(ArticlesChanged(head=head))

    async def _do(self, connection: Connection, asked: Do) -> None:
        try:
            answer: ServerFrame = await self._write(
                partial(acts.decide, caller=connection.caller, asked=asked)
            )
        except StorageFailed as failure:
            answer = TryLater(txn_id=asked.txn_id, code=failure.code, after_seconds=RETRY_SECONDS)
        except Exception:
            _log.exception("an act failed", extra={"act": type(asked.act).__name__})
            answer = TryLater(
                txn_id=asked.txn_id, code=ErrorCode.BUSY, after_seconds=6 * RETRY_SECONDS
            )
        connection.push(answer)
        self._metrics.answered(asked.act, answer)

    def _acked(self, connection: Connection, seq: int) -> None:
        if not connection.ack(seq):
            connection.close(CloseCode.MALFORMED)
        elif connection.has_received and not connection.is_keeping:
            connection.is_keeping = True
            self._spawn(self._keep_received(connection))

    async def _keep_received(self, connection: Connection) -> None:
        """ "Delivered" may be a moment late, so that it does not compete with the messages."""
        await asyncio.sleep(RECEIPT_SECONDS)
        connection.is_keeping = False
        received = connection.take_received()
        await self._write(partial(keeping.keep_received, connection=connection, received=received))

    def _typing(self, caller: Caller, session_id: SessionId) -> None:
        peer = self._rooms.peer(session_id, caller.person_id)
        if peer is not None:
            frame = PeerTyping(session_id=session_id, person_id=caller.person_id)
            for connection in self._people.get(peer, ()):
                connection.hint(frame)

    def _tell_peers(self, person_id: PersonId, *, is_here: bool) -> None:
        for session, peer in self._rooms.of(person_id):
            frame = PeerPresence(session_id=session, person_id=person_id, here=is_here)
            for connection in self._people.get(peer, ()):
                connection.hint(frame)

    def _forget(self, connection: Connection) -> bool:
        caller = connection.caller
        del self._devices[caller.device_id]
        sockets = self._people[caller.person_id]
        sockets.discard(connection)
        if not sockets:
            del self._people[caller.person_id]
        return self._presence.leave(caller.person_id, caller.device_id, self._clock.now())

    async def _feed_page(self, caller: Caller, after: int) -> list[Event]:
        return await self._database.read(
            partial(feeds.page, person_id=caller.person_id, after=after, limit=FEED_PAGE)
        )

    async def _sweep(self, person_id: PersonId) -> None:
        await self._write(partial(questions.sweep, person_id=person_id))

    async def _fire_due(self) -> None:
        """Each timer in its own unit, so that one that fails holds up no other."""
        now = self._clock.now()
        if now < self._not_before:
            self._alarm.set(self._not_before)
            return
        due = await self._database.read(partial(timers.waiting, until=now))
        if len(due) == timers.PAGE:  # there may be more
            self._alarm.set(now + RETRY_SECONDS)
        for timer in due:
            try:
                await self._write(partial(keeping.fire, timer=timer))
            except Exception:
                _log.exception("a timer failed", extra={"kind": timer.kind})
                self._alarm.set(now + RETRY_SECONDS)

    async def _beat(self) -> None:
        """Heartbeats, which also find whatever a lost wake-up left behind."""
        while True:
            await asyncio.sleep(self._heartbeat_seconds)
            try:
                await self._beat_once()
            except Exception:
                _log.exception("a heartbeat failed")

    async def _beat_once(self) -> None:
        heads = await self._database.read(partial(feeds.heads, people=list(self._people)))
        moved: list[Connection] = []
        for connection in list(self._devices.values()):
            connection.notice(heads.get(connection.caller.person_id, 0))
            connection.push(Heartbeat(head_seq=connection.cursor, server_time=self._clock.now()))
            if connection.acked != connection.kept_cursor:
                moved.append(connection)
        if moved:
            await self._write(partial(keeping.keep_cursors, connections=moved))

    async def _write(self, job: Callable[[Work], T]) -> T:
        def unit(connection: Sql) -> tuple[T, Written]:
            work = Work(connection, self._clock.now(), self._presence, self._rules)
            result = job(work)
            return result, work.finish()

        result, _ = await self._database.write(unit, self._dispatch)
        return result

    def _dispatch(self, done: tuple[Any, Written]) -> None:
        written = done[1]
        self._metrics.told([entry.frame.body for entry in written.entries])
        for entry in written.entries:
            for connection in self._people.get(entry.person_id, ()):
                connection.deliver(entry.frame)
        for due_at in written.due:
            self._alarm.set(due_at)
        for people in self._rooms.follow(entry.frame.body for entry in written.entries):
            for person_id in people:
                self._tell_peers(person_id, is_here=self._presence.is_here(person_id))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("work in the background failed", exc_info=task.exception())
