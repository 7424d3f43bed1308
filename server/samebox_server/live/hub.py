"""The shell: keeps the connections, puts every change into a unit of the writer, and sends what
was committed. A frame goes in at `receive`; after the commit `_dispatch` brings events out."""

import asyncio
import logging
import random
from collections.abc import Coroutine
from functools import partial
from typing import Any, assert_never

from samebox_shared.model.ids import PersonId, SessionId
from samebox_shared.protocol.codec import encode
from samebox_shared.protocol.errors import CloseCode
from samebox_shared.protocol.messages import (
    Ack,
    AgentFrame,
    ArticlesChanged,
    Away,
    Do,
    GoingDown,
    Hello,
    PeerPresence,
    PeerTyping,
    ServerFrame,
    Typing,
)

from samebox_server.live import keeping, questions, silence
from samebox_server.live.arrivals import Arrivals, Shell
from samebox_server.live.clock import Alarm, Clock
from samebox_server.live.connection import Connection, Feeds, Line, line_of
from samebox_server.live.conversation import Received
from samebox_server.live.desk import RETRY_SECONDS, Desk
from samebox_server.live.presence import Presence
from samebox_server.live.pulse import Pulse
from samebox_server.live.receipts import Receipts
from samebox_server.live.rooms import Rooms
from samebox_server.live.roster import Roster
from samebox_server.live.whereabouts import Whereabouts
from samebox_server.live.work import Rules, Written
from samebox_server.store import feeds, sessions, timers
from samebox_server.store.database import Database
from samebox_server.store.devices import Caller

FEED_PAGE = 500
SLICE = 100
"""Sockets that get a notice before anything else has its turn."""
BACK_AFTER = 1.0
"""Seconds a restart takes at least."""
BACK_PER_SECOND = 1250
"""Laptops told to come back in one second after a restart."""
LEAST_SPREAD = 2.0
DRAIN_SECONDS = 5.0

_log = logging.getLogger(__name__)


class Hub:
    """All sockets of this process and the one way from a frame to the database and back."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        rules: Rules,
        *,
        heartbeat_seconds: float,
        gone_seconds: float,
        grace_seconds: float,
        queue_limit: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._grace_seconds = grace_seconds
        self._presence = Presence(clock.now())
        self._rooms = Rooms()
        self._roster = Roster()
        self._alarm = Alarm(clock, self._fire_due)
        self._whereabouts = Whereabouts(rules.routing, self._presence)
        self._desk = Desk(
            database,
            clock,
            self._presence,
            rules,
            self._whereabouts,
            self._dispatch,
            self._spawn,
        )
        self._write = self._desk.write
        self._receipts = Receipts(self._keep_received, self._spawn)
        self._pulse = Pulse(
            database,
            clock,
            self._roster,
            beat_seconds=heartbeat_seconds,
            gone_seconds=gone_seconds,
            keep=lambda moved: self._write(partial(keeping.keep_cursors, connections=moved)),
        )
        self._arrivals = Arrivals(
            database,
            clock,
            Shell(self._write, self._spawn, self._peers_now, self._came, self._went),
            self._roster,
            self._presence,
            self._pulse,
            Feeds(self._read_feed, self._spawn, queue_limit),
        )
        self.identify = self._arrivals.identify
        self.greet = self._arrivals.greet
        self.leave = self._arrivals.leave
        self._tasks: set[asyncio.Task[None]] = set()
        self._not_before = 0.0
        """Timers of the last process wait until everyone had time to come back."""
        self.is_going_down = False

    @property
    def connected(self) -> int:
        """Devices that are here."""
        return len(self._roster)

    async def start(self) -> None:
        """Picks up where the last process stopped: live sessions and waiting timers."""
        for live in await self._database.read(sessions.live):
            self._rooms.open(live.session_id, live.people)
        await self._write(lambda work: self._whereabouts.fill(work.connection, work.now))
        await self._write(silence.watch_all)
        waiting = await self._database.read(partial(timers.waiting, limit=100_000))
        for timer in waiting:
            self._alarm.set(timer.due_at)
        if waiting:
            self._not_before = self._clock.now() + self._grace_seconds
        self._spawn(self._alarm.run())
        self._spawn(self._pulse.beat())
        self._spawn(self._pulse.watch())

    async def stop(self) -> None:
        """Tells everyone when to come back and closes their sockets (OP-9). Each gets a moment of
        its own, so that they do not all return at once."""
        self.is_going_down = True
        spread = max(LEAST_SPREAD, len(self._roster) / BACK_PER_SECOND)
        connections = list(self._roster)
        for connection in connections:
            connection.push(GoingDown(retry_after=BACK_AFTER + spread * random.random()))
        await asyncio.sleep(0.1)
        for connection in connections:
            connection.close(CloseCode.GOING_DOWN)
        await self._arrivals.all_gone(DRAIN_SECONDS)
        for task in self._tasks:
            task.cancel()

    def _peers_now(self, caller: Caller) -> list[ServerFrame]:
        """Whether the others of this person's sessions are here, for a device that just came."""
        return [
            PeerPresence(session_id=session, person_id=peer, here=self._presence.is_here(peer))
            for session, peer in self._rooms.of(caller.person_id)
        ]

    def _came(self, person_id: PersonId, is_anyone_asking: bool) -> None:
        """Somebody is here who was not: their peers see it, and questions that wait find them."""
        self._whereabouts.arrived(person_id)
        self._tell_peers(person_id, is_here=True)
        if is_anyone_asking:
            self._spawn(self._sweep(person_id))

    def _went(self, person_id: PersonId) -> None:
        """Somebody is gone."""
        self._whereabouts.saw(person_id)
        self._tell_peers(person_id, is_here=False)

    def receive(self, connection: Connection, frame: AgentFrame) -> None:
        """One frame of a device that is welcome."""
        self._pulse.heard(connection)
        match frame:
            case Hello():
                connection.close(CloseCode.MALFORMED)
            case Ack(seq=seq):
                self._acked(connection, seq)
            case Do():
                self._whereabouts.saw(connection.caller.person_id)
                self._desk.decide(connection, frame)
            case Typing(session_id=session_id):
                self._typing(connection.caller, session_id)
            case Away(away=away):
                caller = connection.caller
                self._whereabouts.saw(caller.person_id)
                if self._presence.set_away(caller.person_id, caller.device_id, away):
                    self._spawn(self._sweep(caller.person_id))
            case _:
                assert_never(frame)

    def articles_changed(self, head: int) -> None:
        """Every laptop may fetch the new articles."""
        self._spawn(self._hint_all(encode(ArticlesChanged(head=head))))

    async def _hint_all(self, data: bytes) -> None:
        """In slices, so that a chat goes on in between."""
        for number, connection in enumerate(self._roster, start=1):
            connection.hint(data)
            if number % SLICE == 0:
                await asyncio.sleep(0)

    def _acked(self, connection: Connection, seq: int) -> None:
        if not connection.ack(seq):
            connection.close(CloseCode.MALFORMED)
        elif connection.has_received:
            self._receipts.note(connection)

    async def _keep_received(self, connections: list[Connection], received: list[Received]) -> None:
        await self._write(
            partial(keeping.keep_received, connections=connections, received=received)
        )

    def _typing(self, caller: Caller, session_id: SessionId) -> None:
        frame = PeerTyping(session_id=session_id, person_id=caller.person_id)
        for peer in self._rooms.peers(session_id, caller.person_id):
            self._hint(peer, frame)

    def _tell_peers(self, person_id: PersonId, *, is_here: bool) -> None:
        for session, peer in self._rooms.of(person_id):
            self._hint(peer, PeerPresence(session_id=session, person_id=person_id, here=is_here))

    def _hint(self, person_id: PersonId, frame: ServerFrame) -> None:
        for connection in self._roster.of(person_id):
            connection.hint(encode(frame))

    async def _read_feed(self, person_id: PersonId, after: int) -> list[Line]:
        page = await self._database.read(
            partial(feeds.lines, person_id=person_id, after=after, limit=FEED_PAGE)
        )
        return [line_of(stored, person_id) for stored in page]

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

    def _dispatch(self, written: Written) -> None:
        for entry in written.entries:
            connections = self._roster.of(entry.person_id)
            if connections:
                line = line_of(entry.line, entry.person_id, entry.body)
                for connection in connections:
                    connection.deliver(line)
        for due_at in written.due:
            self._alarm.set(due_at)
        for people in self._rooms.follow(entry.body for entry in written.entries):
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
