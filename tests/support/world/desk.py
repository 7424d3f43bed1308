"""The server of the world: one unit at a time on an in-memory SQLite, and the sockets it serves."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from samebox_server.app import rules_of
from samebox_server.live import acts, greeting, keeping, leavers, questions, silence
from samebox_server.live.presence import GAP_SECONDS, Presence
from samebox_server.live.whereabouts import Whereabouts
from samebox_server.live.work import Work
from samebox_server.settings import Settings
from samebox_server.store import devices, feeds, people, timers, values
from samebox_server.store.devices import Caller
from samebox_server.store.tables import metadata
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.model.people import Role
from samebox_shared.protocol.messages import Do, Event, Heartbeat, Hello, ServerFrame
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, text

T = TypeVar("T")

RULES = rules_of(Settings(wave_size=2))


class ProcessDied(Exception):
    """The server was killed before its commit."""


class Stranger(Exception):
    """The server does not know this device any more."""


@dataclass
class Socket:
    """One device's connection as the server sees it: what it has queued, and what lies on the
    wire in both directions."""

    caller: Caller
    cursor: int
    to_laptop: list[ServerFrame] = field(default_factory=list)
    to_server: list[object] = field(default_factory=list)


def _engine() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def set_up(dbapi_connection: object, _: object) -> None:
        dbapi_connection.isolation_level = None  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class Desk:
    """The server. `die_before_commit` and `drop_pushes` are what a test breaks."""

    def __init__(self) -> None:
        self._engine = _engine()
        self.now = 0.0
        self.sockets: dict[DeviceId, Socket] = {}
        self.presence = Presence(0.0)
        self.whereabouts = Whereabouts(RULES.routing, self.presence)
        self.die_before_commit = False
        self.drop_pushes = False
        self._copy = sqlite3.connect(":memory:")
        self._connection = self._engine.connect()  # one for all, as the real writer has
        with self._connection.begin():
            metadata.create_all(self._connection)

    def open(self, now: float) -> None:
        """A new, empty company."""
        self.now = now
        self.die_before_commit = self.drop_pushes = False
        with self._connection.begin():
            for table in reversed(metadata.sorted_tables):
                self._connection.exec_driver_sql(f'DELETE FROM "{table.name}"')
            values.ensure_epoch(self._connection)
        self.start()

    def start(self) -> None:
        """A fresh process on what is stored: nobody is connected."""
        self.sockets = {}
        self.presence = Presence(self.now)
        self._whereabouts = Whereabouts(RULES.routing, self.presence)
        with self._connection.begin():
            self._whereabouts.fill(self._connection, self.now)

    def enrol(self, name: str, token: str, kind: DeviceType, roles: tuple[Role, ...]) -> Caller:
        """Somebody who has joined and wants to help."""

        def job(work: Work) -> Caller:
            person = people.add(work.connection, name, roles, work.now)
            device = devices.add(work.connection, person, token, kind, "0", work.now)
            people.set_helping(work.connection, person, True)
            return Caller(person, device)

        caller = self.unit(job)
        self._whereabouts.arrived(caller.person_id)
        return caller

    def go_by(self, seconds: float) -> None:
        """Time goes by as it does for everybody."""
        until = self.now + seconds
        while self.now < until:
            self.now = min(until, self.now + GAP_SECONDS)
            self.presence.look(self.now)

    def jump(self, seconds: float) -> None:
        """The clock is set ahead, or the server sleeps: nobody has this time."""
        self.now += seconds

    def unit(self, job: Callable[[Work], T]) -> T:
        """One transaction, and what follows from it on the sockets."""
        feeds.forget(self._connection)
        with self._connection.begin():
            self._whereabouts.catch_up(self._connection, self.now)
            work = Work(self._connection, self.now, self.presence, RULES, self._whereabouts)
            result = job(work)
            written = work.finish()
            feeds.settle(self._connection)
            if self.die_before_commit:
                self.whereabouts.doubt(work.touched)
                raise ProcessDied
        for entry in written.entries:
            self._push(entry.person_id, entry.frame)
        return result

    def read(self, query: Callable[[Connection], T]) -> T:
        with self._connection.begin():
            return query(self._connection)

    def greet(self, caller: Caller, hello: Hello) -> Socket:
        """A device says hello on a new socket."""
        self.sockets.pop(caller.device_id, None)
        has_come = self.presence.arrive(caller.person_id, caller.device_id)
        (found,) = self.read(lambda connection: greeting.greet_all(connection, [(caller, hello)]))
        if found is None:
            self.presence.leave(caller.person_id, caller.device_id, self.now)
            raise Stranger
        socket = Socket(caller, found.cursor)
        socket.to_laptop.append(found.welcome(20.0, self.now))
        self.sockets[caller.device_id] = socket
        self._catch_up(socket)
        if found.is_news:
            self.unit(lambda work: greeting.note(work, found))
        if has_come:
            self.whereabouts.arrived(caller.person_id)
            self.unit(lambda work: questions.sweep(work, caller.person_id))
        return socket

    def leave(self, socket: Socket) -> None:
        """The socket is gone."""
        device = socket.caller.device_id
        if self.sockets.get(device) is not socket:
            return
        del self.sockets[device]
        person = socket.caller.person_id
        is_gone = self.presence.leave(person, device, self.now)
        self._whereabouts.saw(person)
        if is_gone:
            self.unit(lambda work: silence.watch_all(work, {person}))

    def dismiss(self, person: PersonId) -> None:
        """Somebody leaves the organisation; their sockets are closed when it is written down."""
        self.unit(lambda work: leavers.leave(work, person))
        for socket in list(self.sockets.values()):
            if socket.caller.person_id == person:
                self.leave(socket)

    def receive(self, socket: Socket, frame: object) -> None:
        """One frame of a device."""
        if isinstance(frame, Do):
            self._whereabouts.saw(socket.caller.person_id)
            answer = self.unit(lambda work: acts.decide(work, socket.caller, frame))
            socket.to_laptop.append(answer)

    def beat(self) -> None:
        """A heartbeat to everyone, which also finds what a lost push left behind (DEL-7)."""
        for socket in list(self.sockets.values()):
            self._catch_up(socket)
            socket.to_laptop.append(Heartbeat(head_seq=socket.cursor, server_time=self.now))

    def due(self) -> list[timers.Due]:
        return self.read(lambda connection: timers.waiting(connection, self.now, 1000))

    def fire(self, timer: timers.Due) -> None:
        self.unit(lambda work: keeping.fire(work, timer))

    def feed(self, person: PersonId) -> list[Event]:
        return self._page(person, 0)

    def epoch(self) -> str:
        return self.read(values.epoch)

    def back_up(self) -> None:
        """Copies the whole database, as docs/operations.md says."""
        self._sqlite.backup(self._copy)

    def restore(self) -> None:
        """The copy is put back, as docs/operations.md says, under a new epoch."""
        self._copy.backup(self._sqlite)
        self.start()
        with self._connection.begin():
            self._connection.execute(text("DELETE FROM setting WHERE name = 'epoch'"))
            values.ensure_epoch(self._connection)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """A look into the tables, for the invariants."""
        return self._sqlite.execute(query).fetchall()

    @property
    def _sqlite(self) -> sqlite3.Connection:
        driver = self._connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return driver

    def _push(self, person: PersonId, frame: Event) -> None:
        for socket in self.sockets.values():
            is_next = frame.seq == socket.cursor + 1
            if socket.caller.person_id == person and is_next and not self.drop_pushes:
                socket.to_laptop.append(frame)
                socket.cursor = frame.seq

    def _catch_up(self, socket: Socket) -> None:
        person = socket.caller.person_id
        ((head,),) = self._sqlite.execute(
            "SELECT head FROM feed_head WHERE person_id = ?", (person,)
        ).fetchall()
        if head == socket.cursor:
            return
        for frame in self._page(person, socket.cursor):
            socket.to_laptop.append(frame)
            socket.cursor = frame.seq

    def _page(self, person: PersonId, after: int) -> list[Event]:
        return self.read(lambda connection: feeds.page(connection, person, after, 100_000))
