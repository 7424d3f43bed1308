"""Opening hours: is somebody's own clock inside the hours they gave? (B18, P19)"""

from bisect import bisect_right
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from samebox_shared.model.people import Hours

DAY_MINUTES = 24 * 60
WEEK_SECONDS = 7 * 24 * 60 * 60
_FIRST_MONDAY = 4 * 24 * 60 * 60
"""1970-01-05 was the first Monday of Unix time."""

Edges = tuple[int, ...]
"""Minutes of the week at which somebody opens, closes, opens…; none at all is always open."""


@lru_cache(maxsize=4_096)
def edges(hours: tuple[Hours, ...]) -> Edges:
    """The spans in order, those that touch or overlap joined. Remembered, because most people of a
    company keep the same few hours."""
    joined: list[int] = []
    for span in sorted(hours, key=lambda span: (span.day, span.start)):
        start, until = span.day * DAY_MINUTES + span.start, span.day * DAY_MINUTES + span.until
        if until <= start:
            continue
        if joined and start <= joined[-1]:
            joined[-1] = max(joined[-1], until)
        else:
            joined += (start, until)
    return tuple(joined)


def is_open(opening: Edges, minute_of_week: int) -> bool:
    """A span includes its start and not its end."""
    return not opening or bisect_right(opening, minute_of_week) % 2 == 1


def zone(name: str) -> tzinfo:
    """The time zone of this IANA name; UTC for none, or for one that this machine lacks."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def week(now: float) -> int:
    """Which week a budget belongs to: it begins on Monday, 00:00 UTC, for everybody alike."""
    return int(now - _FIRST_MONDAY) // WEEK_SECONDS


def day(now: float) -> int:
    """Which day (UTC) a daily limit belongs to."""
    return int(now // (DAY_MINUTES * 60))


class Clocks:
    """The minute of the week in any zone at one moment; each zone is worked out once."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.week = week(now)
        self._minutes: dict[str, int] = {}

    def minute(self, zone_name: str) -> int:
        """Minutes since Monday, 00:00, on the clocks of this zone."""
        known = self._minutes.get(zone_name)
        if known is None:
            there = datetime.fromtimestamp(self.now, zone(zone_name))
            known = there.weekday() * DAY_MINUTES + there.hour * 60 + there.minute
            self._minutes[zone_name] = known
        return known
