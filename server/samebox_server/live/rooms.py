"""Which two people are in which live session, in memory, so that typing and presence cost no
query. Follows the committed events; the database stays the truth."""

from collections.abc import Iterable, Mapping

from samebox_shared.model.ids import PersonId, SessionId
from samebox_shared.protocol.events import (
    AnyEvent,
    SessionOpened,
    SessionReleased,
    SessionSolved,
)

Pair = tuple[PersonId, PersonId]


class Rooms:
    """Live sessions and their two people."""

    def __init__(self) -> None:
        self._pairs: dict[SessionId, Pair] = {}
        self._of: dict[PersonId, set[SessionId]] = {}
        self.changes = 0
        """Grows with every change, so that a look into the database can tell whether it is old."""

    def refresh(self, live: Mapping[SessionId, Pair]) -> list[SessionId]:
        """Takes over what the database says; the sessions that were not known here."""
        for session_id in [one for one in self._pairs if one not in live]:
            self.close(session_id)
        opened = [one for one in live if one not in self._pairs]
        for session_id in opened:
            self.open(session_id, live[session_id])
        return opened

    def open(self, session_id: SessionId, pair: Pair) -> None:
        """A session is live."""
        self.changes += 1
        self._pairs[session_id] = pair
        for person in pair:
            self._of.setdefault(person, set()).add(session_id)

    def close(self, session_id: SessionId) -> None:
        """A session is over; closing it twice is fine, as both people's feeds tell it."""
        self.changes += 1
        for person in self._pairs.pop(session_id, ()):
            self._of[person].discard(session_id)
            if not self._of[person]:
                del self._of[person]

    def follow(self, events: Iterable[AnyEvent]) -> list[Pair]:
        """Takes in committed events; returns the pairs that were brought together."""
        opened: list[Pair] = []
        for event in events:
            match event:
                case SessionOpened() if event.session_id not in self._pairs:
                    pair = (event.asker.person_id, event.helper.person_id)
                    self.open(event.session_id, pair)
                    opened.append(pair)
                case SessionReleased() | SessionSolved():
                    self.close(event.session_id)
                case _:
                    continue
        return opened

    def of(self, person_id: PersonId) -> list[tuple[SessionId, PersonId]]:
        """The live sessions of a person, with the other one of each."""
        return [
            (session_id, _other(self._pairs[session_id], person_id))
            for session_id in self._of.get(person_id, ())
        ]

    def peer(self, session_id: SessionId, person_id: PersonId) -> PersonId | None:
        """The other one of this session, if the person is in it and it is live."""
        pair = self._pairs.get(session_id)
        return None if pair is None or person_id not in pair else _other(pair, person_id)


def _other(pair: Pair, person_id: PersonId) -> PersonId:
    return pair[1] if pair[0] == person_id else pair[0]
