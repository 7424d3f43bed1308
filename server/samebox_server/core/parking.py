"""When a parked question is looked at again. Pure; nobody has to come for it to happen."""

from dataclasses import dataclass

HOUR = 3600.0


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds until the next look. The first is short enough for the same working day; later ones
    are rarer, because whoever comes meanwhile is asked at once anyway."""

    first: float = 4 * HOUR
    later: float = 24 * HOUR


def again_at(parked: int, now: float, patience: Patience) -> float:
    """When to look again, after nobody was there `parked` times before. It never ends: a question
    is closed by its asker and by nobody else (P18)."""
    return now + (patience.later if parked else patience.first)
