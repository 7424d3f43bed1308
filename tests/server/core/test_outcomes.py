"""Counts are told when there are enough, and again when they have grown."""

from samebox_server.core.outcomes import is_news


def told(amount: int) -> list[int]:
    """At which counts laptops hear of an article that is tried so often."""
    return [now for now in range(1, amount + 1) if is_news(now - 1, now)]


def test_nothing_is_told_of_a_few() -> None:
    assert told(4) == []


def test_from_five_on_each_fifth_more_is_told() -> None:
    assert told(20) == [5, 6, 7, 8, 9, 10, 12, 14, 16, 19]


def test_a_thousand_outcomes_are_no_stream() -> None:
    assert len(told(1_000)) < 40
