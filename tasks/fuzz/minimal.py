"""The smallest input that still breaks the same promise, as far as a few seconds go."""

from collections.abc import Callable
from time import monotonic

SECONDS = 15.0


def minimal(data: bytes, breaks: Callable[[bytes], bool], seconds: float = SECONDS) -> bytes:
    """Takes away ever smaller parts for as long as the rest still breaks."""
    end = monotonic() + seconds
    size = max(1, len(data) // 2)
    while True:
        at, before = 0, len(data)
        while at < len(data):
            if monotonic() > end:
                return data
            less = data[:at] + data[at + size :]
            if breaks(less):
                data = less
            else:
                at += size
        if size == 1 and len(data) == before:
            return data
        size = max(1, size // 2) if len(data) == before else min(size, max(1, len(data) // 2))
