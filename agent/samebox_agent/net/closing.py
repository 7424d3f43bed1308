"""Why a WebSocket ended, or never began: from the library's errors to one enum."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from samebox_shared.protocol.errors import CloseCode

from samebox_agent.net.failures import (
    BadCertificate,
    Failure,
    NotSamebox,
    ServerTrouble,
    Unreachable,
    UnreachableReason,
    from_os_error,
)

if TYPE_CHECKING:
    from websockets.exceptions import ConnectionClosed


class Why(StrEnum):
    """Why a connection ended, or never began."""

    CLOSED_HERE = "closed_here"
    UNREACHABLE = "unreachable"
    BAD_CERTIFICATE = "bad_certificate"
    NOT_SAMEBOX = "not_samebox"
    NOT_SIGNED_IN = "not_signed_in"
    NOT_ALLOWED = "not_allowed"
    TOO_OLD = "too_old"
    SERVER_TROUBLE = "server_trouble"
    GOING_DOWN = "going_down"
    REPLACED = "replaced"
    TOO_SLOW = "too_slow"
    SILENT = "silent"
    LOST = "lost"
    MALFORMED = "malformed"
    """The server sent what is not in the protocol."""
    REJECTED = "rejected"
    """The server found what we sent malformed or too large: our bug."""


@dataclass(frozen=True)
class Closed:
    """The end of a connection. `code` is the WebSocket's close code or the HTTP status, if any;
    `failure` says more about a connection that never began."""

    why: Why
    code: int | None = None
    reason: str = ""
    failure: Failure | None = None


_BY_CLOSE_CODE = {
    1001: Why.GOING_DOWN,
    CloseCode.GOING_DOWN: Why.GOING_DOWN,
    1002: Why.REJECTED,
    1003: Why.REJECTED,
    1007: Why.REJECTED,
    1008: Why.REJECTED,
    1009: Why.REJECTED,
    1011: Why.SERVER_TROUBLE,
    1013: Why.SERVER_TROUBLE,
    CloseCode.MALFORMED: Why.REJECTED,
    CloseCode.NOT_SIGNED_IN: Why.NOT_SIGNED_IN,
    CloseCode.TOO_SLOW: Why.TOO_SLOW,
    CloseCode.REPLACED: Why.REPLACED,
    CloseCode.TOO_LARGE: Why.REJECTED,
    CloseCode.PROTOCOL_TOO_OLD: Why.TOO_OLD,
}

_BY_STATUS = {401: Why.NOT_SIGNED_IN, 403: Why.NOT_ALLOWED, 426: Why.TOO_OLD}


def closed_by(error: "ConnectionClosed", ended_here: Why | None) -> Closed:
    """The end of a connection that was open; `ended_here` is set when we ended it on purpose."""
    said = error.rcvd or error.sent
    code, reason = (said.code, said.reason) if said else (None, "")
    if ended_here is not None:
        return Closed(ended_here, code, reason)
    if error.rcvd is not None:
        return Closed(_BY_CLOSE_CODE.get(error.rcvd.code, Why.LOST), code, reason)
    if error.sent is not None:  # the library refused what came: too large, not text, not framed
        return Closed(Why.MALFORMED, code, reason)
    return Closed(Why.LOST)


def failed_to_open(error: Exception) -> Closed:
    """A connection that never began; any error that `websockets` raises while it opens one."""
    from websockets.exceptions import InvalidStatus

    if isinstance(error, OSError):
        return _from_failure(from_os_error(error))
    if isinstance(error, InvalidStatus):
        return _from_status(error.response.status_code)
    if isinstance(error.__cause__, EOFError):  # killed in the middle of the handshake
        return _from_failure(Unreachable(UnreachableReason.CUT))
    return _from_failure(NotSamebox(str(error)))


def _from_status(status: int) -> Closed:
    if status in _BY_STATUS:
        return Closed(_BY_STATUS[status], status)
    if status >= 500 or status == 429:
        return Closed(Why.SERVER_TROUBLE, status, failure=ServerTrouble(status))
    return Closed(Why.NOT_SAMEBOX, status, failure=NotSamebox(f"answered {status}"))


def _from_failure(failure: Unreachable | BadCertificate | NotSamebox) -> Closed:
    match failure:
        case Unreachable(detail=detail):
            return Closed(Why.UNREACHABLE, reason=detail, failure=failure)
        case BadCertificate(sentence=sentence):
            return Closed(Why.BAD_CERTIFICATE, reason=sentence, failure=failure)
        case NotSamebox(detail=detail):
            return Closed(Why.NOT_SAMEBOX, reason=detail, failure=failure)
