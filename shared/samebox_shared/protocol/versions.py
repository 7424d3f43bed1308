"""The protocol's version and who can talk with whom (OP-5)."""

PROTOCOL = 1
OLDEST_PROTOCOL = 1


def is_spoken(protocol: int, *, oldest: int = OLDEST_PROTOCOL, newest: int = PROTOCOL) -> bool:
    """Whether this build can talk to a peer that speaks `protocol`."""
    return oldest <= protocol <= newest
