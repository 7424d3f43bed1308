"""The closed list of remedies: every row is complete, and no other key means anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from samebox_agent.core.remedy_list import (
    REMEDIES,
    Attempt,
    Confirm,
    Done,
    Failed,
    Found,
    Look,
    Looking,
    Phase,
    RemedyKey,
    Running,
    WhyNot,
    known,
)
from samebox_shared.model.devices import COMPUTERS

from tests.support.builders import DISK


def test_every_key_has_its_row() -> None:
    assert set(REMEDIES) == set(RemedyKey)


@pytest.mark.parametrize("key", RemedyKey)
def test_a_row_says_what_is_done_how_it_is_undone_and_how_long_it_takes(key: RemedyKey) -> None:
    remedy = REMEDIES[key]
    assert remedy.systems
    assert remedy.systems <= COMPUTERS
    assert all(words.endswith(".") for words in (remedy.does, remedy.undo))
    assert remedy.busy.endswith("…")
    assert not remedy.title.endswith(".")
    assert remedy.logged
    assert 5 <= remedy.seconds <= 120


def test_what_cannot_be_undone_is_looked_at_first_and_says_so() -> None:
    for remedy in REMEDIES.values():
        assert remedy.for_good == ("cannot be undone" in remedy.undo)
        assert not remedy.for_good or remedy.look is Look.FIRST


@given(st.text())
def test_no_other_key_is_known(key: str) -> None:
    assert known(key) is None or key in set(RemedyKey)


def test_a_step_without_a_remedy_has_none() -> None:
    assert known(UNSET) is None
    assert known("empty_bin") is RemedyKey.EMPTY_BIN
    assert known("EMPTY_BIN") is None


@pytest.mark.parametrize(
    ("phase", "busy"),
    [
        (Looking(), True),
        (Confirm(0.0), False),
        (Running(), True),
        (Done(Found()), False),
        (Failed(WhyNot.BROKEN, Found()), False),
    ],
)
def test_the_laptop_is_busy_while_it_looks_and_while_it_runs(phase: Phase, busy: bool) -> None:
    assert Attempt(1, DISK, RemedyKey.EMPTY_BIN, phase).is_busy is busy
