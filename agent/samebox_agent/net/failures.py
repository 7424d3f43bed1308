"""Everything that can go wrong on the way to the server, as values."""

import errno
import socket
import ssl
from dataclasses import dataclass
from enum import StrEnum

from samebox_shared.protocol.errors import ErrorCode

_NO_NETWORK = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})


class UnreachableReason(StrEnum):
    """Why nobody answered."""

    NAME_NOT_FOUND = "name_not_found"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    NO_NETWORK = "no_network"
    CUT = "cut"


class CertificateFlaw(StrEnum):
    """What is wrong with the server's certificate."""

    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    WRONG_NAME = "wrong_name"
    SELF_SIGNED = "self_signed"
    UNKNOWN_ISSUER = "unknown_issuer"
    OTHER = "other"


@dataclass(frozen=True)
class Unreachable:
    """Nobody answered at this address."""

    reason: UnreachableReason
    detail: str = ""


@dataclass(frozen=True)
class BadCertificate:
    """Somebody answered, and could not prove to be this address. Nothing was sent to them."""

    reason: CertificateFlaw
    sentence: str


@dataclass(frozen=True)
class NotSamebox:
    """Somebody answered, and it is not a Samebox server."""

    detail: str = ""


@dataclass(frozen=True)
class TooOld:
    """No protocol that both speak: the server speaks `oldest` to `newest`, we speak `ours`."""

    oldest: int
    newest: int
    ours: int

    @property
    def is_server_older(self) -> bool:
        """Whether the server must be updated; otherwise this agent must be."""
        return self.newest < self.ours


@dataclass(frozen=True)
class Refused:
    """The server said no; `message` is its sentence for people."""

    code: ErrorCode
    message: str


@dataclass(frozen=True)
class ServerTrouble:
    """The server failed (5xx)."""

    status: int


@dataclass(frozen=True)
class NotSigned:
    """Articles came without the signature of the server that this laptop joined."""

    why: str


Failure = Unreachable | BadCertificate | NotSamebox | TooOld | Refused | ServerTrouble | NotSigned


_BY_VERIFY_CODE = {
    9: CertificateFlaw.NOT_YET_VALID,
    10: CertificateFlaw.EXPIRED,
    18: CertificateFlaw.SELF_SIGNED,
    19: CertificateFlaw.UNKNOWN_ISSUER,
    20: CertificateFlaw.UNKNOWN_ISSUER,
    21: CertificateFlaw.UNKNOWN_ISSUER,
    62: CertificateFlaw.WRONG_NAME,
    64: CertificateFlaw.WRONG_NAME,
}
"""OpenSSL's X509_V_ERR_ numbers."""

_CERTIFICATE_SENTENCES = {
    CertificateFlaw.EXPIRED: "The server's certificate has expired. Check that this laptop's date"
    " is right; if it is, tell whoever runs the server.",
    CertificateFlaw.NOT_YET_VALID: "The server's certificate is not valid yet. Check that this"
    " laptop's date is right; if it is, tell whoever runs the server.",
    CertificateFlaw.WRONG_NAME: "The server's certificate is for another address. Check the"
    " address; if it is right, tell whoever runs the server.",
    CertificateFlaw.SELF_SIGNED: "The server's certificate vouches only for itself, so this laptop"
    " cannot tell who is there. Tell whoever runs the server.",
    CertificateFlaw.UNKNOWN_ISSUER: "The server's certificate comes from an issuer this laptop does"
    " not know. On a guest network, sign in to it first; otherwise tell whoever runs the server.",
    CertificateFlaw.OTHER: "The server could not prove who it is. Tell whoever runs the server.",
}
_NOTHING_SENT = " Nothing of yours was sent."


def bad_certificate(error: ssl.SSLCertVerificationError) -> BadCertificate:
    """What OpenSSL found wrong, in words."""
    flaw = _BY_VERIFY_CODE.get(error.verify_code, CertificateFlaw.OTHER)
    return BadCertificate(flaw, _CERTIFICATE_SENTENCES[flaw] + _NOTHING_SENT)


def from_os_error(error: OSError) -> Unreachable | BadCertificate | NotSamebox:
    """What the operating system or TLS said while we were connecting or talking."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return bad_certificate(error)
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Unreachable(UnreachableReason.CUT, str(error))
    if isinstance(error, ssl.SSLError):
        return NotSamebox(f"no safe connection: {error}")
    return Unreachable(_unreachable_reason(error), error.strerror or str(error))


def _unreachable_reason(error: OSError) -> UnreachableReason:
    if isinstance(error, socket.gaierror):
        return UnreachableReason.NAME_NOT_FOUND
    if isinstance(error, ConnectionRefusedError):
        return UnreachableReason.REFUSED
    if isinstance(error, TimeoutError):
        return UnreachableReason.TIMED_OUT
    if error.errno in _NO_NETWORK:
        return UnreachableReason.NO_NETWORK
    return UnreachableReason.CUT
