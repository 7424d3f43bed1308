"""Everything that can be refused, and why a socket is closed. One enum each, both ends."""

from enum import IntEnum, StrEnum


class ErrorCode(StrEnum):
    """Why the server refused an act or a request. The agent turns each into words."""

    INVITE_UNKNOWN = "invite_unknown"
    INVITE_USED = "invite_used"
    INVITE_EXPIRED = "invite_expired"
    NOT_SIGNED_IN = "not_signed_in"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    UNKNOWN_FACT = "unknown_fact"
    ALREADY_ASKING = "already_asking"
    ALREADY_TAKEN = "already_taken"
    OFFER_OVER = "offer_over"
    SESSION_OVER = "session_over"
    STALE_FENCE = "stale_fence"
    BUSY = "busy"
    STORAGE_FULL = "storage_full"
    PROTOCOL_TOO_OLD = "protocol_too_old"


class CloseCode(IntEnum):
    """Why the server closed a device's socket (RFC 6455 keeps 4000-4999 for applications)."""

    GOING_DOWN = 1012
    MALFORMED = 4400
    NOT_SIGNED_IN = 4401
    TOO_SLOW = 4408
    REPLACED = 4409
    TOO_LARGE = 4413
    PROTOCOL_TOO_OLD = 4426


class LocalProtocolError(Exception):
    """We were about to say something the protocol does not allow: our own bug."""


class RemoteProtocolError(Exception):
    """The peer said something the protocol does not allow."""

    def __init__(self, reason: str, close: CloseCode = CloseCode.MALFORMED) -> None:
        super().__init__(reason)
        self.close = close
