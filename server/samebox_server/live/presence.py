"""Who is here, in memory only: it is lost at a restart and nobody is misled."""

from samebox_shared.model.ids import DeviceId, PersonId


class Presence:
    """A person is here while one of their devices is connected, and can be asked unless every
    connected device says Away. The start of the server counts as a sign of life of everyone."""

    def __init__(self, started_at: float) -> None:
        self._started_at = started_at
        self._here: dict[PersonId, tuple[DeviceId, ...]] = {}
        self._away: set[DeviceId] = set()
        self._last_seen: dict[PersonId, float] = {}

    def arrive(self, person_id: PersonId, device_id: DeviceId) -> bool:
        """A device connected; whether its person was not here before."""
        before = self._here.get(person_id, ())
        self._away.discard(device_id)
        if device_id not in before:
            self._here[person_id] = (*before, device_id)
        return not before

    def leave(self, person_id: PersonId, device_id: DeviceId, now: float) -> bool:
        """A device is gone; whether its person is gone with it."""
        self._away.discard(device_id)
        self._last_seen[person_id] = now
        left = tuple(one for one in self._here.get(person_id, ()) if one != device_id)
        if left:
            self._here[person_id] = left
            return False
        self._here.pop(person_id, None)
        return True

    def set_away(self, person_id: PersonId, device_id: DeviceId, away: bool) -> bool:
        """Whether the person can be asked now and could not before."""
        before = self.may_be_asked(person_id)
        if device_id in self._here.get(person_id, ()):
            (self._away.add if away else self._away.discard)(device_id)
        return self.may_be_asked(person_id) and not before

    def is_here(self, person_id: PersonId) -> bool:
        """Whether any of their devices is connected."""
        return person_id in self._here

    def may_be_asked(self, person_id: PersonId) -> bool:
        """Whether they are here and not away."""
        return any(device not in self._away for device in self._here.get(person_id, ()))

    def last_seen(self, person_id: PersonId) -> float:
        """The last sign of life of somebody who is not here."""
        return self._last_seen.get(person_id, self._started_at)
