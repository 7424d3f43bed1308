"""Refusals and close codes."""

from samebox_shared.protocol.errors import CloseCode, RemoteProtocolError


def test_a_broken_protocol_says_how_to_close() -> None:
    assert RemoteProtocolError("what").close is CloseCode.MALFORMED
    too_large = RemoteProtocolError("what", CloseCode.TOO_LARGE)
    assert (str(too_large), too_large.close) == ("what", CloseCode.TOO_LARGE)


def test_our_own_close_codes_lie_where_applications_may_have_them() -> None:
    own = set(CloseCode) - {CloseCode.GOING_DOWN}
    assert all(4000 <= code <= 4999 for code in own)
