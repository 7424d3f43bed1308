"""Who is in which live session, in memory, so that typing and presence cost no query. Follows the
committed events; the database stays the truth."""

from collections.abc import Iterable, Mapping

from samebox_shared.model.ids import PersonId, SessionId
from samebox_shared.protocol.events import (
    AnyEvent,
    HelperChanged,
    PersonJoined,
    PersonLeft,
    SessionOpened,
    SessionReleased,
    SessionSolved,
)

People = tuple[PersonId, ...]


class Rooms:
    """Live sessions and their people: the asker first, then the helper, then who was brought in."""

    def __init__(self) -> None:
        self._people: dict[SessionId, People] = {}
        self._of: dict[PersonId, set[SessionId]] = {}
        self.changes = 0
        """Grows with every change, so that a look into the database can tell whether it is old."""

    def refresh(self, live: Mapping[SessionId, People]) -> None:
        """Takes over what the database says."""
        for session_id in [one for one in self._people if one not in live]:
            self.close(session_id)
        for session_id, people in live.items():
            if self._people.get(session_id) != people:
                self.open(session_id, people)

    def open(self, session_id: SessionId, people: People) -> None:
        """These people, and nobody else, are in this session from now on."""
        self.close(session_id)
        self._people[session_id] = people
        for person in people:
            self._of.setdefault(person, set()).add(session_id)

    def close(self, session_id: SessionId) -> None:
        """A session is over; closing it twice is fine, as everyone's feed tells it."""
        self.changes += 1
        for person in self._people.pop(session_id, ()):
            self._of[person].discard(session_id)
            if not self._of[person]:
                del self._of[person]

    def follow(self, events: Iterable[AnyEvent]) -> list[People]:
        """Takes in committed events; returns the people of each session that somebody came into."""
        brought_together: list[People] = []
        for event in events:
            if type(event) not in _FOLLOWED:
                continue
            match event:
                case SessionOpened() if event.session_id not in self._people:
                    self.open(event.session_id, _people_of(event))
                    brought_together.append(self._people[event.session_id])
                case PersonJoined():
                    if self._add(event.session_id, event.who.person.person_id):
                        brought_together.append(self._people[event.session_id])
                case PersonLeft():
                    self._remove(event.session_id, event.person_id)
                case HelperChanged():
                    self._change_helper(event.session_id, event.helper.person_id)
                case SessionReleased() | SessionSolved():
                    self.close(event.session_id)
                case _:
                    continue
        return brought_together

    def of(self, person_id: PersonId) -> list[tuple[SessionId, PersonId]]:
        """The live sessions of a person, each once for every other one in it."""
        return [
            (session_id, peer)
            for session_id in self._of.get(person_id, ())
            for peer in self.peers(session_id, person_id)
        ]

    def peers(self, session_id: SessionId, person_id: PersonId) -> People:
        """The others of this session, if the person is in it and it is live."""
        people = self._people.get(session_id, ())
        return tuple(one for one in people if one != person_id) if person_id in people else ()

    def _add(self, session_id: SessionId, person_id: PersonId) -> bool:
        people = self._people.get(session_id, ())
        if not people or person_id in people:
            return False
        self.open(session_id, (*people, person_id))
        return True

    def _remove(self, session_id: SessionId, person_id: PersonId) -> None:
        people = self._people.get(session_id, ())
        if person_id in people:
            self.open(session_id, tuple(one for one in people if one != person_id))

    def _change_helper(self, session_id: SessionId, helper: PersonId) -> None:
        asker, *helpers = self._people.get(session_id, ("",))
        if helper in helpers[1:]:
            others = (one for one in helpers[1:] if one != helper)
            self.open(session_id, (PersonId(asker), helper, *others))


_FOLLOWED = frozenset(
    {SessionOpened, PersonJoined, PersonLeft, HelperChanged, SessionReleased, SessionSolved}
)
"""Most events are something else, and there are many."""


def _people_of(event: SessionOpened) -> People:
    others = (one.person.person_id for one in event.others)
    return (event.asker.person_id, event.helper.person_id, *others)
