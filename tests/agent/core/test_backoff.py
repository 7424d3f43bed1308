"""Waits before a new try: full jitter under a ceiling that doubles (DEL-8)."""

from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.core.backoff import CAP, FIRST, LEAST, LONG_AFTER, LONG_CAP, wait

CHANCES = st.floats(0, 1, exclude_max=True)


def test_the_ceiling_doubles_until_it_is_capped() -> None:
    almost = 1 - 1e-12
    waits = [round(wait(attempt, almost), 3) for attempt in range(1, 8)]
    assert waits == [FIRST, 1, 2, 4, 8, CAP, CAP]
    assert round(wait(LONG_AFTER, almost), 3) == CAP
    assert round(wait(LONG_AFTER + 1, almost), 3) == LONG_CAP


@given(attempt=st.integers(1, 10_000), chance=CHANCES)
def test_every_wait_is_between_the_least_and_the_cap(attempt: int, chance: float) -> None:
    assert LEAST <= wait(attempt, chance) <= (LONG_CAP if attempt > LONG_AFTER else CAP)


@given(attempt=st.integers(2, 1_000), low=CHANCES, high=CHANCES)
def test_the_whole_span_is_used(attempt: int, low: float, high: float) -> None:
    if low <= high:
        assert wait(attempt, low) <= wait(attempt, high)
    assert wait(attempt, 0.0) == LEAST
