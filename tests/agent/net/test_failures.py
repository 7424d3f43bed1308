"""From the system's errors to what a person can act on."""

import errno
import socket
import ssl

import pytest
from samebox_agent.net.failures import (
    BadCertificate,
    CertificateFlaw,
    NotSamebox,
    TooOld,
    Unreachable,
    UnreachableReason,
    from_os_error,
)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), UnreachableReason.NAME_NOT_FOUND),
        (ConnectionRefusedError(errno.ECONNREFUSED, "no"), UnreachableReason.REFUSED),
        (TimeoutError("slow"), UnreachableReason.TIMED_OUT),
        (OSError(errno.ENETUNREACH, "no way"), UnreachableReason.NO_NETWORK),
        (OSError(errno.EHOSTUNREACH, "no way"), UnreachableReason.NO_NETWORK),
        (ConnectionResetError(errno.ECONNRESET, "cut"), UnreachableReason.CUT),
        (ssl.SSLEOFError(8, "cut"), UnreachableReason.CUT),
    ],
)
def test_why_nobody_answered(error: OSError, reason: UnreachableReason) -> None:
    found = from_os_error(error)
    assert isinstance(found, Unreachable)
    assert found.reason is reason
    assert found.detail


@pytest.mark.parametrize(
    ("verify_code", "flaw"),
    [
        (9, CertificateFlaw.NOT_YET_VALID),
        (10, CertificateFlaw.EXPIRED),
        (18, CertificateFlaw.SELF_SIGNED),
        (20, CertificateFlaw.UNKNOWN_ISSUER),
        (62, CertificateFlaw.WRONG_NAME),
        (1, CertificateFlaw.OTHER),
    ],
)
def test_what_is_wrong_with_a_certificate(verify_code: int, flaw: CertificateFlaw) -> None:
    error = ssl.SSLCertVerificationError()
    error.verify_code = verify_code
    found = from_os_error(error)
    assert isinstance(found, BadCertificate)
    assert found.reason is flaw
    assert found.sentence.endswith(" Nothing of yours was sent.")


def test_another_protocol_on_the_port_is_not_ours() -> None:
    assert isinstance(from_os_error(ssl.SSLError(1, "wrong version number")), NotSamebox)


def test_who_must_be_updated() -> None:
    assert TooOld(oldest=1, newest=2, ours=3).is_server_older
    assert not TooOld(oldest=4, newest=5, ours=3).is_server_older
