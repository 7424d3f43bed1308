"""From the network's own failures to the troubles the core knows."""

from samebox_shared.protocol.messages import Heartbeat, Welcome

from samebox_agent.core.state import Problem, Trouble
from samebox_agent.net.address import AddressFault, BadAddress
from samebox_agent.net.closing import Closed, Why
from samebox_agent.net.failures import (
    BadCertificate,
    Failure,
    NotSamebox,
    NotSigned,
    Refused,
    ServerTrouble,
    TooOld,
    Unreachable,
    UnreachableReason,
)

BEATS = (Heartbeat, Welcome)
"""Frames that are answered with an Ack at once."""

_UNREACHABLE = {
    UnreachableReason.NAME_NOT_FOUND: Problem.NAME_NOT_FOUND,
    UnreachableReason.REFUSED: Problem.CONNECTION_REFUSED,
    UnreachableReason.TIMED_OUT: Problem.TIMED_OUT,
    UnreachableReason.NO_NETWORK: Problem.UNREACHABLE,
    UnreachableReason.CUT: Problem.UNREACHABLE,
}

_CLOSED: dict[Why, tuple[Problem | None, bool]] = {
    Why.CLOSED_HERE: (None, False),
    Why.UNREACHABLE: (Problem.UNREACHABLE, False),
    Why.BAD_CERTIFICATE: (Problem.BAD_CERTIFICATE, False),
    Why.NOT_SAMEBOX: (Problem.NOT_SAMEBOX, False),
    Why.NOT_SIGNED_IN: (Problem.SIGNED_OUT, True),
    Why.NOT_ALLOWED: (Problem.SIGNED_OUT, True),
    Why.TOO_OLD: (Problem.AGENT_TOO_OLD, True),
    Why.SERVER_TROUBLE: (Problem.SERVER_TROUBLE, False),
    Why.GOING_DOWN: (None, False),
    Why.REPLACED: (Problem.REPLACED, True),
    Why.TOO_SLOW: (None, False),
    Why.SILENT: (Problem.TIMED_OUT, False),
    Why.LOST: (None, False),
    Why.MALFORMED: (Problem.NOT_SAMEBOX, False),
    Why.REJECTED: (Problem.SERVER_TROUBLE, False),
}


def of_address(bad: BadAddress) -> Trouble:
    """Why a pasted text is no invite."""
    if bad.reason is AddressFault.NOT_SAFE:
        return Trouble(Problem.UNSAFE_ADDRESS)
    return Trouble(Problem.BAD_ADDRESS, bad.sentence)


def of_request(failure: Failure) -> Trouble:
    """Why a request came to nothing."""
    match failure:
        case Unreachable(reason=reason):
            return Trouble(_UNREACHABLE[reason])
        case BadCertificate(sentence=sentence):
            return Trouble(Problem.BAD_CERTIFICATE, sentence)
        case NotSamebox():
            return Trouble(Problem.NOT_SAMEBOX)
        case TooOld(is_server_older=older):
            return Trouble(Problem.SERVER_TOO_OLD if older else Problem.AGENT_TOO_OLD)
        case Refused(code=code):
            return Trouble(code)
        case NotSigned():
            return Trouble(Problem.ARTICLES_NOT_SIGNED)
        case ServerTrouble(status=status):
            return Trouble(Problem.SERVER_TROUBLE, f"status {status}")


def of_closed(closed: Closed) -> tuple[Trouble | None, bool]:
    """Why the connection ended, and whether trying again cannot help."""
    problem, for_good = _CLOSED[closed.why]
    if closed.failure is not None and not for_good:
        return of_request(closed.failure), False
    return (Trouble(problem) if problem else None), for_good
