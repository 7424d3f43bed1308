"""From the library's errors to one enum."""

import pytest
from samebox_agent.net.closing import Closed, Why, closed_by, failed_to_open
from samebox_agent.net.failures import NotSamebox, ServerTrouble, Unreachable, UnreachableReason
from samebox_shared.protocol.errors import CloseCode
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosedError, InvalidMessage, InvalidStatus
from websockets.frames import Close
from websockets.http11 import Response


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (1000, Why.LOST),
        (1001, Why.GOING_DOWN),
        (1009, Why.REJECTED),
        (1011, Why.SERVER_TROUBLE),
        (4999, Why.LOST),
        (CloseCode.GOING_DOWN, Why.GOING_DOWN),
        (CloseCode.MALFORMED, Why.REJECTED),
        (CloseCode.NOT_SIGNED_IN, Why.NOT_SIGNED_IN),
        (CloseCode.TOO_SLOW, Why.TOO_SLOW),
        (CloseCode.REPLACED, Why.REPLACED),
        (CloseCode.TOO_LARGE, Why.REJECTED),
        (CloseCode.PROTOCOL_TOO_OLD, Why.TOO_OLD),
    ],
)
def test_what_the_server_closed_with(code: int, why: Why) -> None:
    error = ConnectionClosedError(Close(code, "said"), None, None)
    assert closed_by(error, None) == Closed(why, code, "said")


def test_every_close_code_of_ours_has_a_meaning() -> None:
    found = {
        closed_by(ConnectionClosedError(Close(c, ""), None, None), None).why for c in CloseCode
    }
    assert Why.LOST not in found


def test_what_we_ended_ourselves_keeps_our_reason() -> None:
    error = ConnectionClosedError(None, None, None)
    assert closed_by(error, Why.SILENT) == Closed(Why.SILENT)


def test_a_cut_is_lost_and_a_broken_frame_is_malformed() -> None:
    assert closed_by(ConnectionClosedError(None, None, None), None) == Closed(Why.LOST)
    broken = ConnectionClosedError(None, Close(1009, "big"), None)
    assert closed_by(broken, None) == Closed(Why.MALFORMED, 1009, "big")


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, Why.NOT_SIGNED_IN),
        (403, Why.NOT_ALLOWED),
        (426, Why.TOO_OLD),
        (429, Why.SERVER_TROUBLE),
        (503, Why.SERVER_TROUBLE),
        (200, Why.NOT_SAMEBOX),
        (302, Why.NOT_SAMEBOX),
        (404, Why.NOT_SAMEBOX),
    ],
)
def test_what_the_handshake_was_answered(status: int, why: Why) -> None:
    closed = failed_to_open(InvalidStatus(Response(status, "", Headers())))
    assert (closed.why, closed.code) == (why, status)


def test_a_server_in_trouble_says_its_status() -> None:
    closed = failed_to_open(InvalidStatus(Response(502, "", Headers())))
    assert closed.failure == ServerTrouble(502)


def test_an_answer_cut_short_is_not_another_product() -> None:
    error = InvalidMessage("cut")
    error.__cause__ = EOFError()
    cut = Unreachable(UnreachableReason.CUT)
    assert failed_to_open(error) == Closed(Why.UNREACHABLE, failure=cut)
    other = InvalidMessage("not HTTP")
    assert failed_to_open(other) == Closed(
        Why.NOT_SAMEBOX, reason="not HTTP", failure=NotSamebox("not HTTP")
    )
