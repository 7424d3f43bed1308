"""When to try the server again, so that a thousand laptops do not come at once (DEL-8).

The formula is "full jitter" of Marc Brooker, "Exponential Backoff and Jitter" (AWS Architecture
Blog, 2015).
"""

FIRST = 0.5
"""Seconds the first wait may last at most."""
CAP = 15.0
"""Seconds a wait may last at most while the server may be back at any moment."""
LONG_CAP = 60.0
"""The same once the server has been gone for a long time, to spare the battery."""
LONG_AFTER = 40
"""Attempts, about five minutes, after which the server counts as gone for a long time."""
LEAST = 0.05
"""Never spin: the shortest wait."""


def wait(attempt: int, chance: float) -> float:
    """Seconds to wait before attempt `attempt`; the first retry is 1; `chance` is in [0, 1)."""
    cap = LONG_CAP if attempt > LONG_AFTER else CAP
    doublings = min(attempt - 1, 16)
    ceiling = min(cap, FIRST * (1 << doublings))
    return max(LEAST, ceiling * chance)
