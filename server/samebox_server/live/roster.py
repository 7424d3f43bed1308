"""Which devices are connected, and whose they are."""

from collections.abc import Iterator

from samebox_shared.model.ids import DeviceId, PersonId

from samebox_server.live.connection import Connection


class Roster:
    """One connection for each device; a newer one takes the place of an older."""

    def __init__(self) -> None:
        self._devices: dict[DeviceId, Connection] = {}
        self._people: dict[PersonId, tuple[Connection, ...]] = {}

    def __len__(self) -> int:
        return len(self._devices)

    @property
    def people(self) -> int:
        """How many people are here."""
        return len(self._people)

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self._devices.values()))

    def __contains__(self, connection: Connection) -> bool:
        return self._devices.get(connection.caller.device_id) is connection

    def add(self, connection: Connection) -> None:
        """The device has no other connection."""
        caller = connection.caller
        self._devices[caller.device_id] = connection
        self._people[caller.person_id] = (*self.of(caller.person_id), connection)

    def remove(self, connection: Connection) -> None:
        """The device is gone."""
        caller = connection.caller
        del self._devices[caller.device_id]
        left = tuple(one for one in self.of(caller.person_id) if one is not connection)
        if left:
            self._people[caller.person_id] = left
        else:
            del self._people[caller.person_id]

    def at(self, device_id: DeviceId) -> Connection | None:
        """The connection of this device."""
        return self._devices.get(device_id)

    def of(self, person_id: PersonId) -> tuple[Connection, ...]:
        """The connections of this person."""
        return self._people.get(person_id, ())
