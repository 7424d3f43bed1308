"""The shell: keeps the connections, puts every change into a unit of the writer, and sends what
was committed. A frame goes in at `receive`; after the commit `_dispatch` brings events out."""

import asyncio
import logging
import random
from collections.abc import Coroutine
from functools import partial
from typing import Any, assert_never

from samebox_shared.model.ids import PersonId, SessionId
from samebox_shared.protocol.errors import CloseCode
from samebox_shared.protocol.messages import (
    Ack,
    AgentFrame,
    Away,
    Do,
    GoingDown,
    Hello,
    Typing,
)

from samebox_server.live import conversation, keeping, leavers, questions, silence
from samebox_server.live.arrivals import Arrivals, Shell
from samebox_server.live.bus import Bus
from samebox_server.live.clock import Clock
from samebox_server.live.connection import PATIENCE_SECONDS, Connection, Feeds
from samebox_server.live.conversation import Received
from samebox_server.live.desk import Desk
from samebox_server.live.due import Due
from samebox_server.live.lines import Line, line_of
from samebox_server.live.nodes import Nodes
from samebox_server.live.nodes import Shell as NodesShell
from samebox_server.live.peers import Peers
from samebox_server.live.presence import Presence
from samebox_server.live.pulse import Pulse
from samebox_server.live.receipts import Receipts
from samebox_server.live.roster import Roster
from samebox_server.live.whereabouts import Whereabouts
from samebox_server.live.work import Rules, Written
from samebox_server.metrics import Metrics
from samebox_server.store import feeds, sessions
from samebox_server.store.database import Database
from samebox_server.store.devices import Caller

FEED_PAGE = 500
BACK_AFTER = 1.0
"""Seconds a restart takes at least."""
BACK_PER_SECOND = 2000
"""Laptops told to come back in one second after a restart."""
LEAST_SPREAD = 2.0
HEARD_SECONDS = 0.1
"""How long laptops have to hear of a restart before they are not listened to any more."""
FINISH_SECONDS = 3.0
DRAIN_SECONDS = 5.0

_log = logging.getLogger(__name__)


class Hub:
    """All sockets of this process and the one way from a frame to the database and back."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        rules: Rules,
        metrics: Metrics,
        bus: Bus,
        *,
        heartbeat_seconds: float,
        gone_seconds: float,
        grace_seconds: float,
        queue_limit: int,
        lease_seconds: float,
    ) -> None:
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._bus = bus
        self._grace_seconds = grace_seconds
        self.queue_limit = queue_limit
        self._presence = Presence(clock.now())
        self._roster = Roster()
        self._peers = Peers(self._roster, self._presence, self._spawn)
        self._whereabouts = Whereabouts(rules.routing, self._presence, is_shared=database.is_shared)
        self._desk = Desk(
            database, clock, rules, self._whereabouts, metrics, self._dispatch, self._spawn
        )
        self._write = self._desk.write
        self.carry_out = self._desk.write
        self._receipts = Receipts(self._keep_received, self._spawn)
        self._due = Due(database, clock, self._write, metrics)
        self.nodes = self._among_others(bus, lease_seconds) if database.is_shared else None
        self._pulse = Pulse(
            database,
            clock,
            self._roster,
            beat_seconds=heartbeat_seconds,
            gone_seconds=gone_seconds,
            keep=lambda moved: self._write(partial(keeping.keep_cursors, connections=moved)),
        )
        self._arrivals = self._door()
        self.identify = self._arrivals.identify
        self.greet = self._arrivals.greet
        self.leave = self._arrivals.leave
        self._tasks: set[asyncio.Task[None]] = set()
        self.is_going_down = False
        metrics.watch("sockets", "Connected devices.", lambda: len(self._roster))
        metrics.watch("people_here", "People with a device.", lambda: self._roster.people)

    @property
    def connected(self) -> int:
        """Devices that are here."""
        return len(self._roster)

    async def start(self) -> None:
        """Picks up where the last process stopped: live sessions and waiting timers."""
        await self._write(lambda work: self._whereabouts.fill(work.connection, work.now))
        live = await self._database.read(sessions.live)
        self._peers.refresh(live)
        self._desk.remember(live)
        if self.nodes is not None:
            await self.nodes.start()
            self._spawn(self.nodes.run())
        await self._write(silence.watch_all)
        await self._due.start(0.0 if self.nodes and self.nodes.others else self._grace_seconds)
        self._spawn(self._due.run())
        self._spawn(self._presence.watch(self._clock.now))
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
        await asyncio.sleep(HEARD_SECONDS)
        await self._finish_acts(connections)
        for connection in connections:
            connection.close(CloseCode.GOING_DOWN)
        await self._arrivals.all_gone(DRAIN_SECONDS)
        if self.nodes is not None:
            await self.nodes.stop()
        for task in self._tasks:
            task.cancel()

    async def _finish_acts(self, connections: list[Connection]) -> None:
        """No new acts are read, and those that were are answered, if that does not take long."""
        for connection in connections:
            connection.wire.hold(True)
        for _ in range(int(FINISH_SECONDS / 0.02)):
            if not any(connection.in_flight for connection in connections):
                break
            await asyncio.sleep(0.02)
        for connection in connections:
            connection.wire.hold(False)

    def _door(self) -> Arrivals:
        return Arrivals(
            self._database,
            self._clock,
            Shell(self._write, self._spawn, self._peers.now, self._came, self._went),
            self._roster,
            self._presence,
            self._pulse,
            Feeds(
                self._read_feed,
                self._spawn,
                self.queue_limit,
                self._metrics.closed,
                lambda: PATIENCE_SECONDS if self._bus.is_up else 0.0,
            ),
        )

    def _among_others(self, bus: Bus, lease_seconds: float) -> Nodes:
        return Nodes(
            self._database,
            self._clock,
            bus,
            lease_seconds,
            NodesShell(self._write, self._due.fire, self._whereabouts.doubt),
            self._peers,
            self._roster,
            self._presence,
        )

    def _came(self, person_id: PersonId, is_anyone_asking: bool) -> None:
        """Somebody is here who was not: their peers see it, and questions that wait find them."""
        if self._database.is_shared:  # what they wish may have been told to another server
            self._whereabouts.arrived(person_id)
        self._peers.tell(person_id, is_here=True)
        if is_anyone_asking:
            self._spawn(self._sweep(person_id))

    def _went(self, person_id: PersonId) -> None:
        """Somebody is gone."""
        self._peers.tell(person_id, is_here=False)

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
                if self._presence.set_away(caller.person_id, caller.device_id, away):
                    self._spawn(self._sweep(caller.person_id))
            case _:
                assert_never(frame)

    def joined(self, person_id: PersonId) -> None:
        """Somebody new: the routing reads who they are."""
        self._whereabouts.arrived(person_id)

    async def dismiss(self, person_id: PersonId) -> None:
        """This person has left the organisation: their sockets are closed when it is written
        down, here at once, on other servers at their next look (ID-8)."""
        await self._write(partial(leavers.leave, person_id=person_id))
        for connection in self._roster.of(person_id):
            connection.close(CloseCode.NOT_SIGNED_IN)

    def articles_changed(self, head: int) -> None:
        """Every laptop may fetch the new articles."""
        self._peers.articles(head)
        if self.nodes is not None:
            self.nodes.news.articles_changed(head)

    def _acked(self, connection: Connection, seq: int) -> None:
        if not connection.ack(seq):
            connection.close(CloseCode.MALFORMED)
        elif connection.has_received:
            self._receipts.note(connection)

    async def _keep_received(self, received: list[Received]) -> None:
        await self._write(partial(conversation.deliver_all, received=received))

    def _typing(self, caller: Caller, session_id: SessionId) -> None:
        self._peers.typing(caller.person_id, session_id)
        if self.nodes is not None:
            self.nodes.news.typed(caller.person_id, session_id)

    async def _read_feed(self, person_id: PersonId, after: int) -> list[Line]:
        page = await self._database.read(
            partial(feeds.lines, person_id=person_id, after=after, limit=FEED_PAGE)
        )
        return [line_of(stored, person_id) for stored in page]

    async def _sweep(self, person_id: PersonId) -> None:
        await self._write(partial(questions.sweep, person_id=person_id))

    def _dispatch(self, written: Written) -> None:
        for entry in written.entries:
            line = None
            connections = self._roster.of(entry.person_id)
            if connections:
                line = line_of(entry.line, entry.person_id, entry.body)
                for connection in connections:
                    connection.deliver(line)
            if self.nodes is not None:
                self.nodes.news.committed(entry, line)
        for due_at in written.due:
            self._due.set(due_at)
        events = [entry.body for entry in written.entries]
        self._peers.follow(events)
        self._desk.follow(events)
        self._metrics.told(events)
        if self.nodes is not None and written.touched:
            self.nodes.news.people_changed(written.touched)
        if written.articles_head:
            self.articles_changed(written.articles_head)
        for seconds in written.claimed:
            self._metrics.claimed(seconds)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("work in the background failed", exc_info=task.exception())
