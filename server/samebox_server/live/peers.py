"""What people who talk with each other are told of each other and nobody stores: typing, being
here. Also the notice of new articles, which is a hint as well."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from samebox_shared.model.ids import PersonId, SessionId
from samebox_shared.protocol.codec import encode
from samebox_shared.protocol.events import AnyEvent
from samebox_shared.protocol.messages import (
    ArticlesChanged,
    PeerPresence,
    PeerTyping,
    ServerFrame,
)

from samebox_server.live.presence import Presence
from samebox_server.live.rooms import Rooms
from samebox_server.live.roster import Roster
from samebox_server.store.devices import Caller
from samebox_server.store.sessions import StoredSession

SLICE = 100
"""Sockets that get a notice before anything else has its turn."""


class Peers:
    """Speaks to the sockets of this server only; news.py carries it to the others."""

    def __init__(
        self,
        roster: Roster,
        presence: Presence,
        spawn: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._roster = roster
        self._presence = presence
        self._spawn = spawn
        self._rooms = Rooms()

    @property
    def changes(self) -> int:
        """Grows with every session that opens or closes."""
        return self._rooms.changes

    def now(self, caller: Caller) -> list[ServerFrame]:
        """Whether the others of this person's sessions are here, for a device that just came."""
        return [
            PeerPresence(session_id=session, person_id=peer, here=self._presence.is_here(peer))
            for session, peer in self._rooms.of(caller.person_id)
        ]

    def tell(self, person_id: PersonId, is_here: bool) -> None:
        """Somebody came or went."""
        for session, peer in self._rooms.of(person_id):
            self._hint(peer, PeerPresence(session_id=session, person_id=person_id, here=is_here))

    def typing(self, person_id: PersonId, session_id: SessionId) -> None:
        """Somebody is typing."""
        frame = PeerTyping(session_id=session_id, person_id=person_id)
        for peer in self._rooms.peers(session_id, person_id):
            self._hint(peer, frame)

    def follow(self, events: Iterable[AnyEvent]) -> None:
        """These events were committed; whoever was brought together sees who is here."""
        for people in self._rooms.follow(events):
            for person_id in people:
                self.tell(person_id, self._presence.is_here(person_id))

    def refresh(self, live: Iterable[StoredSession]) -> None:
        """These sessions, and no others, are live."""
        self._rooms.refresh({one.session_id: one.people for one in live})

    def articles(self, head: int) -> None:
        """Every laptop may fetch the new articles."""
        self._spawn(self._hint_all(encode(ArticlesChanged(head=head))))

    async def _hint_all(self, data: bytes) -> None:
        """In slices, so that a chat goes on in between."""
        for number, connection in enumerate(self._roster, start=1):
            connection.hint(data)
            if number % SLICE == 0:
                await asyncio.sleep(0)

    def _hint(self, person_id: PersonId, frame: ServerFrame) -> None:
        for connection in self._roster.of(person_id):
            connection.hint(encode(frame))
