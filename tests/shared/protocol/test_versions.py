"""Who can talk with whom."""

from samebox_shared.protocol.versions import OLDEST_PROTOCOL, PROTOCOL, is_spoken


def test_our_own_version_is_spoken_and_what_lies_outside_is_not() -> None:
    assert is_spoken(PROTOCOL)
    assert is_spoken(OLDEST_PROTOCOL)
    assert not is_spoken(PROTOCOL + 1)
    assert not is_spoken(OLDEST_PROTOCOL - 1)
    assert is_spoken(3, oldest=2, newest=4)
