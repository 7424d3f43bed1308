"""The calls exist and do no harm, also where the C library is another."""

import sys

import pytest
from samebox_agent.desktop import heap


def test_the_calls_do_no_harm() -> None:
    heap.one_arena()
    heap.give_back()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc only")
def test_elsewhere_nothing_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert heap._glibc() is None
