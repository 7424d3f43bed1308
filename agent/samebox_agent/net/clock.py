"""How far the server's clock is from ours, from the times it tells. Pure.

A laptop's clock may be wrong by hours; what is shown and every countdown go by the server's. All
times here are seconds since the Unix epoch as a wall clock tells them.
"""

from dataclasses import dataclass

LATEST = 45.0
"""No message is later than this: the connection would be dead (DEL-7)."""


@dataclass(frozen=True)
class ClockOffset:
    """Server time minus ours lies between `low` and `high`, in seconds."""

    low: float
    high: float

    @property
    def seconds(self) -> float:
        """The best guess: add it to our clock to get the server's."""
        return (self.low + self.high) / 2

    @property
    def error(self) -> float:
        """How wrong the guess can be, either way."""
        return (self.high - self.low) / 2


def from_round_trip(sent_at: float, received_at: float, server_time: float) -> ClockOffset:
    """After `Hello` and `Welcome`, or a request: the server told its time between the two.

    A clock that was set back meanwhile makes the bounds swap; they are put in order.
    """
    bounds = (server_time - received_at, server_time - sent_at)
    return ClockOffset(min(bounds), max(bounds))


def after_heartbeat(offset: ClockOffset, received_at: float, server_time: float) -> ClockOffset:
    """A message one way can only be late, so it can only raise the lower bound.

    When it contradicts what we knew, a clock was set: the old width is kept around the new time.
    """
    low = server_time - received_at
    if low > offset.high or low < offset.low - LATEST:
        return ClockOffset(low, low + offset.high - offset.low)
    return ClockOffset(max(low, offset.low), offset.high)
