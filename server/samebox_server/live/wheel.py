"""The one wheel of heartbeats: every connection has a place on it, and a turn visits one place,
so that ten thousand heartbeats come spread over the interval and never as a burst."""

from samebox_server.live.connection import Connection

PLACES = 40
LEAST_SECONDS = 0.05


class Wheel:
    """Takes `interval` seconds to go round."""

    def __init__(self, interval: float) -> None:
        count = max(1, min(PLACES, int(interval / LEAST_SECONDS)))
        self.turn_seconds = interval / count
        self._places: list[set[Connection]] = [set() for _ in range(count)]
        self._at = 0
        self._next = 0

    def add(self, connection: Connection) -> None:
        """Gives a connection the next place, so that all places are equally full."""
        connection.slot = self._next
        self._places[self._next].add(connection)
        self._next = (self._next + 1) % len(self._places)

    def remove(self, connection: Connection) -> None:
        """The connection is gone."""
        self._places[connection.slot].discard(connection)

    def turn(self) -> list[Connection]:
        """Whose heartbeat it is now."""
        self._at = (self._at + 1) % len(self._places)
        return list(self._places[self._at])
