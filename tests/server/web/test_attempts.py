"""The counter of wrong invites."""

from samebox_server.web.attempts import MAX_ADDRESSES, WINDOW_SECONDS, Attempts


def test_after_too_many_failures_an_address_waits_for_the_window() -> None:
    attempts = Attempts(2)
    for _ in range(2):
        assert attempts.may_try("a", 0.0)
        attempts.failed("a", 0.0)
    assert not attempts.may_try("a", 1.0)
    assert attempts.may_try("b", 1.0)
    assert attempts.may_try("a", WINDOW_SECONDS + 1)


def test_memory_is_bounded() -> None:
    attempts = Attempts(1)
    for number in range(MAX_ADDRESSES + 1):
        attempts.failed(str(number), 0.0)
    assert attempts.may_try("0", 1.0)
    assert not attempts.may_try(str(MAX_ADDRESSES), 1.0)
