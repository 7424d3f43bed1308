"""The routing's Directory of this process: filled from the database, and kept in step.

Units of the writer are its only users, one at a time. What happens outside (somebody comes, a unit
fails) is noted and taken in when the next unit begins.
"""

from collections import deque
from collections.abc import Iterable

from samebox_shared.model.ids import PersonId

from samebox_server.core.routing import Directory, Helper, Routing
from samebox_server.core.routing.usual import UsualWaits
from samebox_server.live.presence import Presence
from samebox_server.store import profiles, waits
from samebox_server.store.database import Connection

MOST_AT_ONCE = 500
"""People read again in one unit, so that a company coming back does not hold up a message."""

MOST_STRANGERS = 15_000
"""People looked up at once, within what every database takes as parameters of one statement."""


class Whereabouts:
    """Who is where. It is a cache: a claim is decided by the database."""

    def __init__(self, settings: Routing, presence: Presence, *, is_shared: bool = False) -> None:
        self.directory = Directory(settings, counts=not is_shared)
        self._is_shared = is_shared
        self._must_reread = False
        self.usual = UsualWaits()
        self.presence = presence
        self._seen: deque[PersonId] = deque()
        self._doubted: deque[PersonId] = deque()
        presence.on_person = self.saw

    def saw(self, person_id: PersonId) -> None:
        """Somebody came, went, or gave a sign of life."""
        self._seen.append(person_id)

    def arrived(self, person_id: PersonId) -> None:
        """Somebody is here who was not: read again, because what they wish may have been told to
        another server, or they are new."""
        self._doubted.append(person_id)

    def doubt(self, people: Iterable[PersonId] | None) -> None:
        """What is known of these people (None: of everybody) may be wrong, because a unit failed or
        another server wrote; from any thread."""
        if people is not None:
            self._doubted.extend(people)
        else:
            self._must_reread = True

    def fill(self, connection: Connection, now: float) -> None:
        """Everybody, when the server starts."""
        for helper in profiles.load(connection, now):
            self._put(helper)
        for device_type, seconds in waits.last(connection):
            self.usual.note(device_type, seconds)

    def catch_up(self, connection: Connection, now: float) -> None:
        """Takes in what happened since the last unit."""
        if self._must_reread and not self._doubted:  # else the last round is not over yet
            self._must_reread = False
            self._doubted.extend({*self.directory.everybody(), *profiles.helping(connection)})
        if self._doubted:
            size = min(len(self._doubted), MOST_AT_ONCE)
            doubted = {self._doubted.popleft() for _ in range(size)}
            self.refresh(connection, doubted, now)
        for _ in range(len(self._seen)):
            self._look(self._seen.popleft())

    def refresh(self, connection: Connection, people: Iterable[PersonId], now: float) -> None:
        """Reads these people again; what only this process knows of them is kept."""
        wanted = sorted(set(people))
        found = {helper.person_id: helper for helper in profiles.load(connection, now, wanted)}
        for person_id in wanted:
            before, after = self.directory.get(person_id), found.get(person_id)
            if after is None:
                self.directory.remove(person_id)
                continue
            if before is not None:
                after.last_asked, after.missed = before.last_asked, before.missed
                after.parked_asks, after.parked_day = before.parked_asks, before.parked_day
                after.rest_until = max(before.rest_until, after.rest_until)
            self._put(after)

    def meet_strangers(self, connection: Connection, now: float) -> bool:
        """Reads people who are here and not known: another server may have been told that they
        help. Whether there was anybody."""
        strangers = [one for one in self.presence.everyone() if self.directory.get(one) is None]
        helping = profiles.helping(connection, strangers[:MOST_STRANGERS])
        self.refresh(connection, helping[:MOST_AT_ONCE], now)
        return bool(helping)

    def _put(self, helper: Helper) -> None:
        if self._is_shared:
            helper.sessions = helper.offers = 0
        self.directory.put(helper)
        if not helper.missed:  # whoever does not answer waits for their own sign of life
            self._look(helper.person_id)

    def _look(self, person_id: PersonId) -> None:
        if self.presence.may_be_asked(person_id):
            self.directory.came(person_id)
        else:
            self.directory.went(person_id)
