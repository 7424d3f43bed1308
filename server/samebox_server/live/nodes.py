"""This server among others on the same database: its lease, who is connected where, and the look
around each second that finds whatever no hint told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.errors import CloseCode

from samebox_server.live import silence
from samebox_server.live.berths import Berths
from samebox_server.live.bus import Bus, NoBus
from samebox_server.live.clock import Clock
from samebox_server.live.news import News
from samebox_server.live.peers import Peers
from samebox_server.live.presence import Presence
from samebox_server.live.questions import sweep
from samebox_server.live.roster import Roster
from samebox_server.live.work import Work
from samebox_server.store import articles, leavers, nodes, questions, sessions
from samebox_server.store.database import Connection, Database
from samebox_server.store.nodes import Berth
from samebox_server.store.sessions import StoredSession
from samebox_server.store.writer import StorageFailed

LOOK_SECONDS = 1.0
"""How late somebody hears of what no hint told them."""
LEAST_SECONDS = 0.1
"""Between two looks, however much was missed."""
WHOLE_LOOKS = 5
"""Every so many looks, or when hints were missed, everything is compared."""
MOST_NEWCOMERS = 200
"""People of other servers who are asked in one look; the rest have their turn in the next."""
TOLD = 3.0
"""How many seconds back a look sees whom others told something, when no news comes."""
LEAVING = 5.0
"""How many seconds back each look sees who has left the organisation."""
LATE_SECONDS = 0.5
"""How long a timer is left to the server that set it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shell:
    """What a server that looks around needs of the hub."""

    write: Callable[[Callable[[Work], None]], Awaitable[None]]
    """Runs a unit of the writer and sends what it told."""
    fire: Callable[[float], Awaitable[None]]
    """Fires the timers that are so many seconds late."""
    forget: Callable[[Collection[PersonId] | None], None]
    """What is remembered of these people (None: of everybody) is old."""


@dataclass(frozen=True)
class _Quick:
    alive: list[str]
    heads: dict[PersonId, int]
    leavers: list[PersonId]


@dataclass(frozen=True)
class _Whole:
    has_dead: bool
    berths: list[Berth]
    live: list[StoredSession]
    articles: int


class Nodes:
    """`run` for as long as the hub does; `news` carries what can be told at once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        bus: Bus,
        lease_seconds: float,
        shell: Shell,
        peers: Peers,
        roster: Roster,
        presence: Presence,
    ) -> None:
        self._node_id = node_id = bus.node_id
        self._database = database
        self._clock = clock
        self._bus = bus
        self._shell = shell
        self._peers = peers
        self._roster = roster
        self._presence = presence
        self._berths = Berths(node_id, lease_seconds, clock.now)
        self.news = News(bus, clock, peers, roster, presence, self._berths, shell.forget)
        self._has_missed = asyncio.Event()
        self._looks = 0
        self._has_warned = False
        self._is_leaving = False
        self._alive: list[str] = []

    @property
    def others(self) -> int:
        """Other servers that were alive at the last look."""
        return sum(1 for each in self._alive if each != self._node_id)

    @property
    def bus(self) -> Bus:
        """How hints travel."""
        return self._bus

    async def start(self) -> None:
        """Registers this server and learns who is where, before anybody is let in."""
        await self._berths.write(self._database)
        await self._look()
        self._presence.forget_news()  # the others have seen to those

    async def run(self) -> None:
        """Until it is cancelled."""
        await asyncio.gather(
            self._bus.run(self.news.receive, self._has_missed.set),
            self._berths.keep(self._database),
            self._look_around(),
        )

    async def stop(self) -> None:
        """Leaves nothing behind that others would have to wait for."""
        self.news.flush()
        self._is_leaving = True
        try:
            await self._database.write(partial(_remove, node_id=self._node_id))
        except StorageFailed as failure:
            _log.warning("the others learn only from the lease that we have left: %s", failure)

    async def _look_around(self) -> None:
        while not self._is_leaving:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._has_missed.wait(), LOOK_SECONDS)
            try:
                await self._look()
                await self._ask_newcomers()
                await self._shell.fire(LATE_SECONDS)
            except Exception:
                _log.exception("what the other servers did could not be looked at")
            await asyncio.sleep(LEAST_SECONDS)

    async def _look(self) -> None:
        has_missed = self._has_missed.is_set()
        self._has_missed.clear()
        known = self._cursors() if self.others else {}
        quick = await self._database.read(partial(_quick, known=known, now=self._clock.now()))
        for person_id in quick.leavers:
            for connection in self._roster.of(person_id):
                connection.close(CloseCode.NOT_SIGNED_IN)
        for person_id, head in quick.heads.items():
            for connection in self._roster.of(person_id):
                connection.notice(head)
        is_due = self._looks % WHOLE_LOOKS == 0
        is_alone = not self.others
        self._note_alive(quick.alive)
        self._looks += 1
        if is_due or has_missed or is_alone != (not self.others) or self._is_unheard:
            await self._look_at_everything()
        if has_missed:
            self._shell.forget(None)
        elif self._is_unheard:
            await self._doubt_the_told()
        if self._berths.must_renew:
            await self._berths.write(self._database)

    async def _doubt_the_told(self) -> None:
        """Whoever was offered, claimed or freed something elsewhere was told of it in their feed.
        They are read again, and asked again if they can be."""
        told = await self._database.read(partial(nodes.told_since, since=self._clock.now() - TOLD))
        self._shell.forget(told)
        self._presence.note_news(told)

    @property
    def _is_unheard(self) -> bool:
        """Others are there, and nothing but looking tells what they do."""
        return self.others > 0 and not self._bus.is_up

    async def _ask_newcomers(self) -> None:
        """Somebody came to another server while somebody asked here: neither may have seen the
        other, so that it is looked at once more when both are known."""
        newcomers = self._presence.take_news(MOST_NEWCOMERS)
        if not newcomers:
            return
        try:
            if await self._database.read(questions.waiting):
                await self._shell.write(partial(_sweep, people=newcomers))
        except Exception:
            self._presence.note_news(newcomers)  # the next look tries again
            raise

    async def _look_at_everything(self) -> None:
        changes = self._peers.changes
        now = self._clock.now()
        whole = await self._database.read(_whole)
        for device_id in self._berths.compare(whole.berths):
            self.news.replaced(device_id)
        alive = frozenset(self._alive) - {self._node_id}
        elsewhere = [berth for berth in whole.berths if berth.node_id in alive]
        moved = self._presence.replace_elsewhere(elsewhere, now)
        self._shell.forget(moved)
        for person_id, is_here in moved.items():
            self._peers.tell(person_id, is_here)
        if changes == self._peers.changes:
            self._peers.refresh(whole.live)
        self.news.articles_reach(whole.articles)
        if whole.has_dead:
            await self._shell.write(_bury)

    def _cursors(self) -> dict[PersonId, int]:
        """How far everyone who is connected here is, the slowest of their devices."""
        known: dict[PersonId, int] = {}
        for connection in self._roster:
            person_id = connection.caller.person_id
            known[person_id] = min(connection.cursor, known.get(person_id, connection.cursor))
        return known

    def _note_alive(self, alive: list[str]) -> None:
        if alive != self._alive:
            self._alive = alive
            _log.info("%d other servers share the database", self.others)
        if self.others and isinstance(self._bus, NoBus) and not self._has_warned:
            self._has_warned = True
            _log.warning(
                "several servers share the database without Redis; messages between them take up "
                "to a second. Set SAMEBOX_REDIS_URL on each of them"
            )


def _quick(connection: Connection, known: dict[PersonId, int], now: float) -> _Quick:
    alive = nodes.alive(connection)
    return _Quick(alive, nodes.moved(connection, known), leavers.since(connection, now - LEAVING))


def _sweep(work: Work, people: Iterable[PersonId]) -> None:
    for person_id in people:
        sweep(work, person_id)


def _whole(connection: Connection) -> _Whole:
    return _Whole(
        nodes.has_dead(connection),
        nodes.berths(connection),
        sessions.live(connection),
        articles.head(connection),
    )


def _bury(work: Work) -> None:
    """Servers that are gone without a goodbye: their helpers' sessions are watched from now on."""
    silence.watch_all(work, nodes.bury(work.connection))


def _remove(connection: Connection, node_id: str) -> None:
    nodes.remove(connection, node_id)
