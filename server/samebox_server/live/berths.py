"""Writes down which devices are connected to this server, many at a time, for the other servers
to read."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import partial

from samebox_shared.model.ids import DeviceId, PersonId

from samebox_server.store import nodes
from samebox_server.store.database import Connection, Database
from samebox_server.store.nodes import Berth

GATHER_SECONDS = 0.02
"""How long a change waits for others to be written with it."""
AGAIN_SECONDS = 1.0

_log = logging.getLogger(__name__)


class Berths:
    """The berths of this server's devices, as they are and as the database is to know them."""

    def __init__(self, node_id: str, lease_seconds: float, now: Callable[[], float]) -> None:
        self._node_id = node_id
        self._lease_seconds = lease_seconds
        self._now = now
        self._taken: dict[DeviceId, Berth] = {}
        self._unwritten: dict[DeviceId, Berth | None] = {}
        self._woken = asyncio.Event()
        self._renew_at = 0.0

    @property
    def must_renew(self) -> bool:
        """Whether a third of the lease has passed."""
        return self._now() >= self._renew_at

    def changed(self, device_id: DeviceId, person_id: PersonId, away: bool, gone: bool) -> None:
        """See presence.py."""
        before = self._taken.pop(device_id, None)
        if gone:
            self._note(device_id, None)
            return
        since = self._now() if before is None else before.since
        berth = self._taken[device_id] = Berth(device_id, person_id, self._node_id, away, since)
        self._note(device_id, berth)

    def of(self, device_id: DeviceId) -> Berth | None:
        """The berth of a device that is connected here."""
        return self._taken.get(device_id)

    def compare(self, known: Iterable[Berth]) -> list[DeviceId]:
        """Writes again what the database has forgotten of us, and takes back what it should have.
        Devices that are connected here and have come to another server since."""
        known_here = {berth.device_id: berth for berth in known}
        for device_id, berth in self._taken.items():
            if device_id not in known_here:
                self._note(device_id, berth)
        for device_id, berth in known_here.items():
            if berth.node_id == self._node_id and device_id not in self._taken:
                self._note(device_id, None)
        return [
            device_id
            for device_id, berth in known_here.items()
            if device_id in self._taken and self.is_newer(berth)
        ]

    def is_newer(self, other: Berth) -> bool:
        """Whether this berth, on another server, came after the one the device has here."""
        mine = self._taken.get(other.device_id)
        return mine is not None and other.node_id != self._node_id and other.since >= mine.since

    async def keep(self, database: Database) -> None:
        """Writes changes down until it is cancelled."""
        while True:
            await self._woken.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._woken.clear()
            await self.write(database)

    async def write(self, database: Database) -> None:
        """Writes down what has changed, and that this server is alive."""
        changes, self._unwritten = self._unwritten, {}
        self._renew_at = self._now() + self._lease_seconds / 3
        try:
            await database.write(partial(self._write, changes=changes))
        except Exception as error:  # whatever it was, the others must not lose sight of us
            _log.warning("who is here could not be written down", exc_info=error)
            self._unwritten = changes | self._unwritten
            self._renew_at = 0.0
            asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._woken.set)

    def _write(self, connection: Connection, changes: dict[DeviceId, Berth | None]) -> None:
        nodes.renew(connection, self._node_id, self._lease_seconds)
        gone = [device_id for device_id, berth in changes.items() if berth is None]
        nodes.leave_berths(connection, self._node_id, gone)
        nodes.take_berths(connection, [berth for berth in changes.values() if berth is not None])

    def _note(self, device_id: DeviceId, berth: Berth | None) -> None:
        self._unwritten[device_id] = berth
        self._woken.set()
