"""The names of this laptop and its user, as the system has them."""

import platform
from pathlib import Path

import pytest
from samebox_agent.runtime import own_names


def test_the_laptop_knows_what_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPUTERNAME", "KESTREL")
    assert own_names.hosts() == tuple(dict.fromkeys((platform.node(), "KESTREL")))


def test_the_user_is_known_by_every_name_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME"):
        monkeypatch.setenv(name, "aruiz")
    monkeypatch.delenv("USERNAME", raising=False)
    assert own_names.users() == tuple(dict.fromkeys(("aruiz", Path.home().name)))
