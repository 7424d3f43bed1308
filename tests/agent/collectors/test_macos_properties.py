"""Property lists, whole and broken."""

import plistlib
from datetime import date, datetime
from pathlib import Path

import pytest
from samebox_agent.collectors.macos_properties import (
    day,
    flag,
    from_file,
    from_ioreg,
    list_from_file,
    number,
    text,
)

from tests.agent.collectors.machine_fakes import FakePrograms


@pytest.mark.parametrize("data", [b"", b"no list", b"<plist><dict><key>", b"bplist00\0\1"])
def test_what_is_no_property_list_is_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "some.plist"
    path.write_bytes(data)
    assert from_file(path) == {}
    assert from_file(tmp_path / "missing") == {}
    assert list_from_file(path) == []
    assert list_from_file(tmp_path / "missing") == []


def test_the_first_entry_counts() -> None:
    programs = FakePrograms({"battery": plistlib.dumps([{"a": 1}, {"a": 2}])})
    assert from_ioreg(programs, "-c", "battery") == {"a": 1}
    assert from_ioreg(FakePrograms({"battery": plistlib.dumps([])}), "-c", "battery") == {}


def test_values_have_their_type_or_are_nothing() -> None:
    told = {"text": "MacBook", "firmware": b"Mac14,2\0", "number": 3, "flag": True, "empty": ""}
    assert [text(told, name) for name in told] == ["MacBook", "Mac14,2", None, None, None]
    assert [number(told, name) for name in told] == [None, None, 3, None, None]
    assert [flag(told, name) for name in told] == [None, None, None, True, None]


def test_a_list_of_entries_with_their_days(tmp_path: Path) -> None:
    path = tmp_path / "history.plist"
    moment = datetime(2026, 11, 7, 23, 30)  # noqa: DTZ001 - property lists have no zones
    path.write_bytes(plistlib.dumps([{"date": moment, "name": "x"}, "odd", {}]))
    first, second = list_from_file(path)
    assert (day(first, "date"), day(first, "name"), day(second, "date")) == (
        date(2026, 11, 7),
        None,
        None,
    )
    path.write_bytes(plistlib.dumps({"date": moment}))
    assert list_from_file(path) == []
