"""Hours of a weekday as people write them ("9-12, 13:30-17"), and as they travel."""

import re
from itertools import pairwise

from samebox_shared.model.people import Hours

DAY = 24 * 60
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?")


def parse_day(day: int, text: str) -> tuple[Hours, ...] | None:
    """The spans of a weekday in their order, none for an empty text; None when it cannot be read,
    a span ends before it begins, or two overlap."""
    if not text.strip():
        return ()
    found = tuple(_span(day, part.strip()) for part in text.split(","))
    spans = sorted((item for item in found if item is not None), key=lambda item: item.start)
    if len(spans) < len(found) or any(a.until > b.start for a, b in pairwise(spans)):
        return None
    return tuple(spans)


def _span(day: int, text: str) -> Hours | None:
    read = _SPAN.fullmatch(text)
    if read is None:
        return None
    start = int(read[1]) * 60 + int(read[2] or 0)
    until = int(read[3]) * 60 + int(read[4] or 0)
    minutes_fit = int(read[2] or 0) < 60 and int(read[4] or 0) < 60
    if not minutes_fit or not start < until <= DAY:
        return None
    return Hours(day=day, start=start, until=until)


def in_words(hours: tuple[Hours, ...], day: int) -> str:
    """The spans of a weekday as a person would write them."""
    return ", ".join(
        f"{_time(span.start)}-{_time(span.until)}" for span in hours if span.day == day
    )


def _time(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}" if minute else str(hour)
