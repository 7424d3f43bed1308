"""Whether the person can be interrupted: locked or asleep is away, and nothing more is told.

Each system tells by itself when that changes; nothing is polled, so an idle laptop stays idle. What
the person does is not looked at. A call or a presentation is not told by any system without
looking again and again: for those there is the pause in the tray menu (decision 0014).
"""

from collections.abc import Callable
from typing import Protocol

from samebox_shared.model.devices import System

Tell = Callable[[bool], None]
"""Called with True for away, on the thread that runs the watch, only when it changes."""


class Availability(Protocol):
    """How one system tells."""

    async def watch(self, tell: Tell) -> None:
        """Tell until cancelled; returns early where the system does not tell at all."""
        ...


class Reasons:
    """Why somebody is away. Away is told with the first reason, back with the end of the last."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._reasons: set[str] = set()

    def set(self, reason: str, holds: bool) -> None:
        """A reason began or ended; said twice it changes nothing."""
        before = bool(self._reasons)
        if holds:
            self._reasons.add(reason)
        else:
            self._reasons.discard(reason)
        if bool(self._reasons) is not before:
            self._tell(not before)


class Unknown:
    """A system that does not tell; the person is taken for available, and can pause."""

    async def watch(self, tell: Tell) -> None:
        """Nothing to tell."""


def availability_for(system: System) -> Availability:
    """What this system has. Imported only here, long after the icon is there."""
    match system:
        case System.LINUX:
            from samebox_agent.desktop.availability_linux import LinuxAvailability

            return LinuxAvailability()
        case _:
            return Unknown()
