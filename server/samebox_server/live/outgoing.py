"""Gathers what one turn of the loop leaves for the other servers, and publishes it once: after a
commit of many units that is one message."""

import asyncio
from collections.abc import Iterable

from samebox_shared.model.ids import PersonId, SessionId

from samebox_server.live.bus import Bus, Fed, Here, Hints, Typed, small

MOST_FOR_ONE = 16 * 1024
MOST_FOR_ALL = 256 * 1024
"""Bytes of frames that travel for one person and in one message; larger ones are read."""


class Outgoing:
    """Everything goes out in the order it came in."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._fed: dict[PersonId, tuple[int, list[bytes] | None]] = {}
        self._size = 0
        self._here: list[Here] = []
        self._typing: list[Typed] = []
        self._events: dict[bytes, None] = {}
        self._people: dict[PersonId, None] = {}
        self._articles = 0
        self._is_due = False

    def fed(self, person_id: PersonId, head: int, frame: bytes | None) -> None:
        """A person's feed has a new line; without `frame` it is only told that it has."""
        _, frames = self._fed.get(person_id, (0, []))
        if frame is None or frames is None or self._size + len(frame) > MOST_FOR_ALL:
            frames = None
        else:
            frames.append(frame)
            self._size += len(frame)
        self._fed[person_id] = (head, frames)
        self._soon()

    def here(self, here: Here) -> None:
        """A device of this server came, went, or was left alone."""
        self._here.append(here)
        self._soon()

    def typing(self, session_id: SessionId, person_id: PersonId) -> None:
        """Somebody here is typing."""
        self._typing.append(Typed(session_id, person_id))
        self._soon()

    def event(self, event: bytes) -> None:
        """Something that opens, changes or closes a session; told once, whoever is told of it."""
        self._events[event] = None
        self._soon()

    def people(self, people: Iterable[PersonId]) -> None:
        """What the routing knows of these people is old."""
        self._people.update(dict.fromkeys(people))
        self._soon()

    def articles(self, head: int) -> None:
        """There are new articles."""
        self._articles = head
        self._soon()

    def flush(self) -> None:
        """Publishes now."""
        self._is_due = False
        hints = Hints(
            feeds=tuple(
                Fed(person, head, small(frames or (), MOST_FOR_ONE))
                for person, (head, frames) in self._fed.items()
            ),
            here=tuple(self._here),
            typing=tuple(self._typing),
            events=tuple(self._events),
            people=tuple(self._people),
            articles=self._articles,
        )
        self._fed, self._size, self._articles = {}, 0, 0
        self._here, self._typing, self._events, self._people = [], [], {}, {}
        if hints != _NOTHING:
            self._bus.publish(hints)

    def _soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self.flush)


_NOTHING = Hints()
