"""Who is here, in memory only: it is lost at a restart and nobody is misled.

Devices of this server are here because their sockets are; those of other servers because the
database says so (nodes.py brings it). For the rules it makes no difference.
"""

import asyncio
from collections.abc import Callable, Iterable

from samebox_shared.model.ids import DeviceId, PersonId

from samebox_server.store.nodes import Berth

LOOK_SECONDS = 1.0
"""Between two looks at the time."""
GAP_SECONDS = 5.0
"""A longer step from one look to the next was no time in which anybody could have come."""

Changed = Callable[[DeviceId, PersonId, bool, bool], None]
"""Gets a device of this server, its person, whether it is away, and whether it has gone."""


class Presence:
    """A person is here while one of their devices is connected, and can be asked unless every
    connected device says Away. The start of the server counts as a sign of life of everyone, and so
    does the end of a gap: the clock was set ahead, or the server or its machine slept (DEL-13)."""

    def __init__(self, started_at: float) -> None:
        self._started_at = self._looked_at = started_at
        self._here: dict[PersonId, tuple[DeviceId, ...]] = {}
        self._away: set[DeviceId] = set()
        self._last_seen: dict[PersonId, float] = {}
        self._elsewhere: dict[DeviceId, Berth] = {}
        self._berths: dict[PersonId, tuple[DeviceId, ...]] = {}
        self._news: set[PersonId] = set()
        self.on_change: Changed = lambda *_: None
        """Told of every change of this server's own devices."""
        self.on_person: Callable[[PersonId], None] = lambda _: None
        """Told of everyone of whom anything changed, on whichever server."""

    def arrive(self, person_id: PersonId, device_id: DeviceId) -> bool:
        """A device connected; whether its person was not here before."""
        was_here = self.is_here(person_id)
        self.left_elsewhere(device_id)
        before = self._here.get(person_id, ())
        self._away.discard(device_id)
        if device_id not in before:
            self._here[person_id] = (*before, device_id)
        self.on_person(person_id)
        self.on_change(device_id, person_id, False, False)
        return not was_here

    def leave(self, person_id: PersonId, device_id: DeviceId, now: float) -> bool:
        """A device is gone; whether its person is gone with it."""
        self._away.discard(device_id)
        self._last_seen[person_id] = now
        left = tuple(one for one in self._here.get(person_id, ()) if one != device_id)
        if left:
            self._here[person_id] = left
        else:
            self._here.pop(person_id, None)
        self.on_person(person_id)
        self.on_change(device_id, person_id, False, True)
        return not self.is_here(person_id)

    def set_away(self, person_id: PersonId, device_id: DeviceId, away: bool) -> bool:
        """Whether the person can be asked now and could not before."""
        before = self.may_be_asked(person_id)
        if device_id in self._here.get(person_id, ()):
            (self._away.add if away else self._away.discard)(device_id)
            self.on_person(person_id)
            self.on_change(device_id, person_id, away, False)
        return self.may_be_asked(person_id) and not before

    def is_here(self, person_id: PersonId) -> bool:
        """Whether any of their devices is connected."""
        return person_id in self._here or person_id in self._berths

    def may_be_asked(self, person_id: PersonId) -> bool:
        """Whether they are here and not away."""
        return any(device not in self._away for device in self._here.get(person_id, ())) or any(
            not self._elsewhere[device].away for device in self._berths.get(person_id, ())
        )

    def everyone(self) -> list[PersonId]:
        """Everyone who is here, on whichever server."""
        return [*self._here, *(one for one in self._berths if one not in self._here)]

    def look(self, now: float) -> None:
        """Each second, so that time that went by is told from time that nobody had."""
        if now > self._looked_at + GAP_SECONDS:
            self._started_at = now
            self._last_seen.clear()
        self._looked_at = max(now, self._looked_at)

    async def watch(self, now: Callable[[], float]) -> None:
        """Looks until it is cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.look(now())

    def last_seen(self, person_id: PersonId, now: float) -> float:
        """The last sign of life of somebody who is not here."""
        self.look(now)
        return self._last_seen.get(person_id, self._started_at)

    # Devices of other servers.

    def is_elsewhere(self, person_id: PersonId) -> bool:
        """Whether a device of theirs is connected to another server."""
        return person_id in self._berths

    def came_elsewhere(self, berth: Berth) -> None:
        """A device is connected to another server, or its keyboard was left or come back to."""
        could_be_asked = self.may_be_asked(berth.person_id)
        if berth.device_id not in self._elsewhere:
            before = self._berths.get(berth.person_id, ())
            self._berths[berth.person_id] = (*before, berth.device_id)
        self._elsewhere[berth.device_id] = berth
        self.on_person(berth.person_id)
        if not could_be_asked and self.may_be_asked(berth.person_id):
            self._news.add(berth.person_id)

    def left_elsewhere(self, device_id: DeviceId, node_id: str = "", now: float = 0.0) -> None:
        """A device is gone from another server (from `node_id` and no other, if it is given)."""
        berth = self._elsewhere.get(device_id)
        if berth is None or (node_id and berth.node_id != node_id):
            return
        del self._elsewhere[device_id]
        left = tuple(one for one in self._berths[berth.person_id] if one != device_id)
        if left:
            self._berths[berth.person_id] = left
        else:
            del self._berths[berth.person_id]
        before = self._last_seen.get(berth.person_id, self._started_at)
        self._last_seen[berth.person_id] = max(now, before)
        self.on_person(berth.person_id)

    def replace_elsewhere(self, berths: Iterable[Berth], now: float) -> dict[PersonId, bool]:
        """What the database says of other servers, whole. Everyone who is here now and was not,
        and the other way round (False)."""
        wanted = {berth.device_id: berth for berth in berths}
        differing = self._elsewhere.items() ^ wanted.items()
        before = {berth.person_id: self.is_here(berth.person_id) for _, berth in differing}
        for device in [each for each in self._elsewhere if each not in wanted]:
            self.left_elsewhere(device, now=now)
        for device, berth in differing:
            if wanted.get(device) == berth:
                self.came_elsewhere(berth)
        after = {person: self.is_here(person) for person in before}
        return {person: is_here for person, is_here in after.items() if is_here != before[person]}

    def note_news(self, people: Iterable[PersonId]) -> None:
        """Something about these people may be news; whoever cannot be asked is left out."""
        self._news.update(person for person in people if self.may_be_asked(person))

    def forget_news(self) -> None:
        """Whatever there was."""
        self._news.clear()

    def take_news(self, most: int) -> list[PersonId]:
        """People of other servers who can be asked and could not before; each is told once."""
        taken = list(self._news)[:most]
        self._news.difference_update(taken)
        return taken
