"""Hours as people write them, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.core import hours
from samebox_shared.model.people import Hours


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("  ", []),
        ("9-12", [(540, 720)]),
        ("13:30-17, 9-12", [(540, 720), (810, 1020)]),
        ("9 - 12:15", [(540, 735)]),
        ("0-24", [(0, 1440)]),
        ("9-12,12-13", [(540, 720), (720, 780)]),
    ],
)
def test_what_people_write_is_read_in_its_order(text: str, spans: list[tuple[int, int]]) -> None:
    read = hours.parse_day(2, text)
    assert read is not None
    assert [(span.day, span.start, span.until) for span in read] == [(2, a, b) for a, b in spans]


@pytest.mark.parametrize(
    "text", ["9 to 12", "12-9", "9-9", "9-25", "9:60-12", "9-12:75", "9-12, 11-13", "9-12,", "x"]
)
def test_what_cannot_be_read_is_said_so(text: str) -> None:
    assert hours.parse_day(0, text) is None


def test_only_the_hours_of_the_day_are_told() -> None:
    spans = (Hours(day=0, start=540, until=720), Hours(day=1, start=0, until=1440))
    assert hours.in_words(spans, 0) == "9-12"
    assert hours.in_words(spans, 1) == "0-24"
    assert hours.in_words(spans, 2) == ""


@given(st.integers(0, 1439), st.integers(0, 1440), st.integers(0, 6))
def test_what_is_told_is_read_back(one: int, other: int, day: int) -> None:
    start, until = sorted((one, other))
    if start == until:
        return
    span = Hours(day=day, start=start, until=until)
    assert hours.parse_day(day, hours.in_words((span,), day)) == (span,)
