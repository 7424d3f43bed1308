"""Conditions and reasons that no laptop could use are refused, with what to do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samebox_server.core.conditions import condition_fault, reason_fault
from samebox_shared.model.article_limits import CONDITION_LIMIT
from samebox_shared.model.facts import CATALOGUE


@pytest.mark.parametrize(
    "condition",
    [
        "mounts.system_free < 10",
        "mounts.system_free_percent < 10.0 && !battery.present || updates.restart_pending",
        "os_version.platform in ['linux', \"macos\"]",
        "os_version.version.startsWith('10') && os_version . name.contains('a.b')",
        "size(os_version.version) > 1 && double(mounts.system_free) / 2.0 > -1.0",
        "battery.present ? battery.wear_percent > 25.0 : false",
        "mounts.system_free % 2 == 0 || string(mounts.volumes) == '2'",
    ],
)
def test_a_comparison_of_facts_is_accepted(condition: str) -> None:
    assert condition_fault(condition) is None


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("mounts.system_free <", "cannot be read: mismatched input"),
        ("size(os_version.version) > 9223372036854775808", "cannot be read"),
        ("mounts.nope < 1", "'mounts.nope', which is no fact"),
        ("mounts > 1", "'mounts', which is no fact"),
        ("mounts.system_free.more > 1", "'mounts.system_free.more'. A fact's name has two parts"),
        ("mounts.system_free.startsWith.x == 1", "has two parts"),
        ("mounts['system_free'] > 1", "'_[_]', which is not allowed"),
        ("[1].exists(x, x > mounts.system_free)", "which is not allowed"),
        ("has(mounts.system_free)", "'has', which is not allowed"),
        ("timestamp(os_version.name) == timestamp('x')", "'timestamp', which is not allowed"),
        ("1 == 1", "names no fact"),
        ("true", "names no fact"),
        ("mounts.system_free", "must be true or false"),
        ("mounts.system_free < 'x'", "Compare like with like"),
        ("mounts.system_free / 0 > 1", "division by zero"),
        ("mounts.system_free > 1 // why", "comment or an odd string"),
        ("os_version.name == 'a\\'b'", "comment or an odd string"),
        ("os_version.name == '''a''' ", "comment or an odd string"),
        ("os_version.name == r'a'", "'r', which is no fact"),
    ],
)
def test_anything_else_is_refused_in_words(condition: str, says: str) -> None:
    fault = condition_fault(condition)
    assert fault is not None
    assert says in fault
    assert "\n" not in fault
    assert fault.endswith(".")


@settings(deadline=None)
@given(st.text(max_size=CONDITION_LIMIT))
def test_no_text_breaks_the_check(text: str) -> None:
    condition_fault(text)


SIGNS = (*"()[]!-?:.,'\"1<", "&&", "||", "a.b", "mounts.volumes")


@settings(deadline=None)
@given(st.lists(st.sampled_from(SIGNS)))
def test_no_heap_of_signs_breaks_the_check(signs: list[str]) -> None:
    condition_fault(" ".join(signs)[:CONDITION_LIMIT])


def test_every_fact_of_the_catalogue_may_be_named_in_a_reason() -> None:
    assert reason_fault(" ".join(f"{{{spec.name}}}" for spec in CATALOGUE)) is None


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("Only {mounts.nope} is free", "'mounts.nope', which is no fact"),
        ("Only {} is free", "'', which is no fact"),
        ("Only {mounts.system_free is free", "single { or }"),
        ("Only mounts.system_free} is free", "single { or }"),
    ],
)
def test_a_placeholder_that_is_no_fact_is_refused(reason: str, says: str) -> None:
    fault = reason_fault(reason)
    assert fault is not None
    assert says in fault
