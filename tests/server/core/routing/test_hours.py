"""Opening hours on everybody's own clock."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_server.core.routing.hours import Clocks, day, edges, is_open, week, zone
from samebox_shared.model.people import Hours

MONDAY = datetime(2027, 1, 11, tzinfo=UTC).timestamp()
SPANS = st.builds(
    Hours, day=st.integers(0, 6), start=st.integers(0, 1440), until=st.integers(0, 1440)
)


def test_no_hours_is_always() -> None:
    assert is_open(edges(()), 0)


@pytest.mark.parametrize(
    ("minute", "open_"), [(539, False), (540, True), (1019, True), (1020, False)]
)
def test_a_span_includes_its_start_and_not_its_end(minute: int, open_: bool) -> None:
    assert is_open(edges((Hours(day=0, start=540, until=1020),)), minute) is open_


def test_spans_that_touch_or_overlap_are_one() -> None:
    spans = (
        Hours(day=1, start=0, until=60),
        Hours(day=0, start=1380, until=1440),
        Hours(day=0, start=1400, until=1430),
    )
    assert edges(spans) == (1380, 1500)
    assert edges((Hours(day=6, start=9, until=9),)) == ()


@given(st.lists(SPANS, min_size=1, max_size=6), st.integers(0, 7 * 1440 - 1))
def test_open_is_what_any_span_says(spans: list[Hours], minute: int) -> None:
    expected = any(
        span.day * 1440 + span.start <= minute < span.day * 1440 + span.until for span in spans
    )
    opening = edges(tuple(spans))
    assert is_open(opening, minute) is (expected or not opening)


@pytest.mark.parametrize(
    ("name", "minute"),
    [
        ("", 0),
        ("Europe/Amsterdam", 60),
        ("America/New_York", 6 * 1440 + 19 * 60),
        ("Asia/Kolkata", 330),
        ("Nowhere/Atlantis", 0),
        ("../etc/passwd", 0),
    ],
)
def test_each_zone_has_its_own_minute_of_the_week(name: str, minute: int) -> None:
    clocks = Clocks(MONDAY)
    assert [clocks.minute(name), clocks.minute(name)] == [minute, minute]


def test_the_hour_moves_with_summer_time() -> None:
    july = datetime(2027, 7, 12, tzinfo=UTC).timestamp()
    assert Clocks(july).minute("Europe/Amsterdam") == 120


def test_a_zone_that_is_not_known_is_utc() -> None:
    assert zone("Nowhere/Atlantis") is UTC


def test_a_day_begins_at_midnight_utc() -> None:
    assert day(MONDAY) == day(MONDAY - 1) + 1 == day(MONDAY + 86_399)


def test_a_week_begins_on_monday() -> None:
    assert week(MONDAY) == week(MONDAY - 1) + 1 == week(MONDAY + 6.9 * 86_400)
