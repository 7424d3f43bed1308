"""How long it usually takes until somebody comes, told to the asker (B12, B19)."""

from collections import deque
from statistics import median

from samebox_shared.model.devices import DeviceType

from samebox_server.core.routing.closeness import keys

FEWEST = 3
"""Below so many waits no number is told: one lucky minute is not what is usual."""
REMEMBERED = 20
"""So many waits are kept for each ring of each type; older ones say little about today."""


class UsualWaits:
    """The last waits of askers, by the keys of their device type."""

    def __init__(self) -> None:
        self._waits: dict[str, deque[float]] = {}

    def note(self, device_type: DeviceType, seconds: float) -> None:
        """A question on this device type found a helper after so many seconds."""
        for key in filter(None, keys(device_type)):
            self._waits.setdefault(key, deque(maxlen=REMEMBERED)).append(seconds)

    def seconds(self, device_type: DeviceType) -> float:
        """The median of the nearest ring with enough of them; 0 for not known."""
        for key in filter(None, keys(device_type)):
            waits = self._waits.get(key, ())
            if len(waits) >= FEWEST:
                return median(waits)
        return 0.0
