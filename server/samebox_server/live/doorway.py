"""Those who have connected and not yet said who they are. Their number is bounded, and it is
always the one who has waited longest that has to go: an honest laptop needs milliseconds, so a
thousand silent connections never stand in its way."""

from typing import Protocol

ALL_TO_ONE = 4
"""How many times more may wait in all than from one address."""


class Guest(Protocol):
    """A connection that nobody has vouched for."""

    def turn_away(self) -> None:
        """Ends it, at once."""
        ...


class Doorway:
    """`most` is how many may wait from one address."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._addresses: dict[Guest, str] = {}
        self._guests: dict[str, dict[Guest, None]] = {}

    def __len__(self) -> int:
        return len(self._addresses)

    def enter(self, guest: Guest, address: str) -> None:
        """Somebody connected; somebody else may have to go for it."""
        self._addresses[guest] = address
        of_address = self._guests.setdefault(address, {})
        of_address[guest] = None
        if len(of_address) > self._most:
            self._turn_away(next(iter(of_address)))
        elif len(self._addresses) > ALL_TO_ONE * self._most:
            self._turn_away(next(iter(self._addresses)))

    def leave(self, guest: Guest) -> str:
        """It is known now, or gone; its address."""
        address = self._addresses.pop(guest, "")
        of_address = self._guests.get(address, {})
        of_address.pop(guest, None)
        if address and not of_address:
            del self._guests[address]
        return address

    def pass_on(self, guest: Guest, successor: Guest) -> None:
        """The same connection, looked after by somebody else from now on."""
        address = self.leave(guest)
        if address:
            self.enter(successor, address)

    def _turn_away(self, guest: Guest) -> None:
        self.leave(guest)
        guest.turn_away()
