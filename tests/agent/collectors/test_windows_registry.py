"""Typed values of a registry, and the real one where there is none."""

import sys

import pytest
from samebox_agent.collectors.windows_registry import SystemRegistry, number, text

from tests.agent.collectors.machine_fakes import FakeRegistry

KEY = r"HKLM\SOFTWARE\Example"


def test_values_have_their_type_or_are_nothing() -> None:
    registry = FakeRegistry({KEY: {"text": " HP ", "blank": "  ", "number": 7}})
    names = ("text", "blank", "number", "missing")
    assert [text(registry, KEY, name) for name in names] == ["HP", None, None, None]
    assert [number(registry, KEY, name) for name in names] == [None, None, 7, None]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a registry")
def test_elsewhere_it_is_empty() -> None:
    registry = SystemRegistry()
    assert registry.value(KEY, "text") is None
    assert registry.subkeys(KEY) == []
    assert not registry.has(KEY)


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows has a registry")
def test_the_real_one() -> None:
    registry = SystemRegistry()
    now = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
    assert text(registry, now, "CurrentBuild")
    assert registry.has(now)
    assert registry.subkeys(now)
    assert not registry.has(rf"{now}\Samebox has no such key")
