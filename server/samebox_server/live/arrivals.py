"""Devices coming and going. Everyone who comes or goes at the same moment shares one read or
write, so that a whole company can come back at once."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.errors import CloseCode
from samebox_shared.protocol.messages import Hello, ServerFrame

from samebox_server.live import greeting, keeping
from samebox_server.live.clock import Clock
from samebox_server.live.connection import Connection, Feeds, Wire
from samebox_server.live.gathering import Gathering
from samebox_server.live.greeting import Coming, Greeting
from samebox_server.live.presence import Presence
from samebox_server.live.pulse import Pulse
from samebox_server.live.roster import Roster
from samebox_server.live.work import Work
from samebox_server.store import devices
from samebox_server.store.database import Database
from samebox_server.store.devices import Caller


@dataclass(frozen=True)
class Shell:
    """What coming and going needs of the hub."""

    write: Callable[[Callable[[Work], None]], Awaitable[None]]
    """Runs a unit of the writer and sends what it told."""
    spawn: Callable[[Coroutine[Any, Any, None]], None]
    """Runs something in the background."""
    peers_now: Callable[[Caller], list[ServerFrame]]
    """What a device is told last when it comes."""
    came: Callable[[PersonId, bool], None]
    """Somebody is here who was not; True says that somebody is asking."""
    went: Callable[[PersonId], None]
    """Somebody is gone."""


class Arrivals:
    """The only one to change who is on the roster."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        shell: Shell,
        roster: Roster,
        presence: Presence,
        pulse: Pulse,
        feeds: Feeds,
    ) -> None:
        self._database = database
        self._clock = clock
        self._shell = shell
        self._roster = roster
        self._presence = presence
        self._pulse = pulse
        self._feeds = feeds
        self._identities = Gathering(self._identify_all, shell.spawn)
        self._greetings = Gathering(self._greet_all, shell.spawn)
        self._leavings = Gathering(self._keep_leavings, shell.spawn)

    def identify(
        self, authorization: str, then: Callable[[Caller | Exception | None], None]
    ) -> None:
        """Who is at the other end."""
        self._identities.ask(authorization, then)

    def greet(
        self, caller: Caller, hello: Hello, wire: Wire, then: Callable[[], None]
    ) -> Connection:
        """Takes a device in; `then` is called once it is welcome. An older socket of the same
        device is closed. Whoever greets also calls `leave`."""
        connection = Connection(caller, wire, self._feeds)
        older = self._roster.at(caller.device_id)
        if older is not None:
            self._forget(older)
            older.close(CloseCode.REPLACED)
        # Here first and then the state: what is committed in between is noticed, never missed.
        self._roster.add(connection)
        self._pulse.add(connection)
        has_come = self._presence.arrive(caller.person_id, caller.device_id)
        self._greetings.ask((caller, hello), partial(self._greeted, connection, has_come, then))
        return connection

    def leave(self, connection: Connection) -> None:
        """The socket is gone."""
        if connection not in self._roster:
            return
        is_gone = self._forget(connection)
        if is_gone:
            self._shell.went(connection.caller.person_id)
        self._leavings.ask((connection, is_gone), lambda _: None)

    async def all_gone(self, seconds: float) -> None:
        """Returns when nobody is here and that is written down, or after so many seconds."""
        for _ in range(int(seconds / 0.05)):
            if not len(self._roster) and self._leavings.is_idle:
                return
            await asyncio.sleep(0.05)

    def _greeted(
        self,
        connection: Connection,
        has_come: bool,
        then: Callable[[], None],
        found: Greeting | Exception | None,
    ) -> None:
        if connection not in self._roster or connection.is_closing:
            return  # gone or replaced meanwhile
        if found is None or isinstance(found, Exception):
            connection.close(CloseCode.NOT_SIGNED_IN if found is None else CloseCode.GOING_DOWN)
            return
        welcome = found.welcome(self._pulse.beat_seconds, self._clock.now())
        connection.start(welcome, found.cursor, partial(self._shell.peers_now, found.caller))
        then()
        if found.is_news:
            self._shell.spawn(self._note(found))
        if has_come:
            self._shell.came(found.caller.person_id, found.organisation.is_anyone_asking)

    async def _note(self, found: Greeting) -> None:
        await self._shell.write(partial(greeting.note, greeting=found))

    def _forget(self, connection: Connection) -> bool:
        caller = connection.caller
        self._roster.remove(connection)
        self._pulse.remove(connection)
        return self._presence.leave(caller.person_id, caller.device_id, self._clock.now())

    async def _identify_all(self, authorizations: list[str]) -> Sequence[Caller | None]:
        return await self._database.read(
            partial(devices.identify_all, authorizations=authorizations)
        )

    async def _greet_all(self, coming: list[Coming]) -> Sequence[Greeting | None]:
        return await self._database.read(partial(greeting.greet_all, coming=coming))

    async def _keep_leavings(self, gone: list[tuple[Connection, bool]]) -> Sequence[None]:
        await self._shell.write(partial(keeping.keep_leaving, gone=gone))
        return [None] * len(gone)
