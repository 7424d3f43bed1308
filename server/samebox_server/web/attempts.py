"""Counts wrong invites per client address, in memory and bounded; no header changes the address."""

from collections import OrderedDict

WINDOW_SECONDS = 300.0
MAX_ADDRESSES = 10_000


class Attempts:
    """After `limit` failures within the window an address has to wait. The oldest address is
    forgotten first when there are too many, so memory stays bounded."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def may_try(self, address: str, now: float) -> bool:
        """Whether this address may try once more."""
        recent = [at for at in self._failures.get(address, ()) if at > now - WINDOW_SECONDS]
        if recent:
            self._failures[address] = recent
        else:
            self._failures.pop(address, None)
        return len(recent) < self._limit

    def failed(self, address: str, now: float) -> None:
        """A try was wrong."""
        self._failures.setdefault(address, []).append(now)
        self._failures.move_to_end(address)
        while len(self._failures) > MAX_ADDRESSES:
            self._failures.popitem(last=False)
