"""Conditions: what is refused, what holds, and that the unknown never does."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.core.conditions import (
    MAX_CONDITION,
    BrokenCondition,
    DoesNotHold,
    Holds,
    Unknown,
    applies,
    check,
    evaluate,
    reason,
)
from samebox_shared.model.articles import AppliesTo
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import CATALOGUE, FactSpec, FactValue

FACTS: dict[str, FactValue] = {
    "mounts.system_free_percent": 3.5,
    "mounts.system_free": 8_900_000_000,
    "mounts.system_size": 255_200_000_000,
    "mounts.volumes": 1,
    "battery.present": True,
    "os_version.name": "Windows 11 Pro",
    "locale.language": "nl_NL",
}
T14 = DeviceType(
    system=System.WINDOWS,
    system_version="11",
    vendor="Lenovo",
    family="ThinkPad T14",
    model="ThinkPad T14 Gen 3",
)


@pytest.mark.parametrize(
    "condition",
    [
        "mounts.system_free_percent < 10",
        "mounts.system_free_percent < 10.0 && mounts.volumes == 1",
        "mounts.volumes < 1.5",
        "mounts.volumes >= 1.0",
        "double(mounts.system_free) / 1000000000.0 < 9.0",
        "battery.present",
        "!(mounts.volumes > 1)",
        'os_version.name.startsWith("Windows 11")',
        'locale.language in ["nl_NL", "nl_BE"]',
        'size(locale.language) == 5 && locale.language != "not.a.fact"',
        "mounts . volumes == 1",
        "battery.present ? mounts.volumes == 1 : false",
    ],
)
def test_conditions_that_hold(condition: str) -> None:
    assert check(condition) is None
    assert evaluate(condition, FACTS) == Holds()


def test_a_condition_that_does_not_hold() -> None:
    assert evaluate("mounts.system_free_percent < 2", FACTS) == DoesNotHold()


@pytest.mark.parametrize(
    ("condition", "says", "column"),
    [
        ("mounts.system_free_percent <", "At character 29:", 29),
        ("battery.present &&\n  ) ", "At character 22:", 22),
        ("mounts.made_up < 3", 'At character 1: there is no fact "mounts.made_up"', 1),
        ("battery.present && free < 3", 'At character 20: there is no fact "free"', 20),
        ("mounts < 3", 'there is no fact "mounts"', 1),
        ("mounts.volumes.deep < 3", '"mounts.volumes.deep" is more than a fact', 1),
        ("!has(battery.wear_percent)", "has() is not allowed", 2),
        ("[1].exists(x, mounts.volumes == x)", "is not allowed", None),
        ("mounts['volumes'] == 1", "_[_] is not allowed", None),
        ("type(mounts.volumes) == int", "type is not allowed", None),
        ("mounts.system_free_percent * 2 < 9", "types do not fit", None),
        ("mounts.volumes", "types do not fit", None),
        ("locale.language < 3", "types do not fit", None),
        ("true", "one fact at least", None),
        (".battery.present || battery.present", ". has no place in a condition", 1),
        ("mounts.volumes == 1 // a remark", "At character 21: / has no place in a condition", 21),
        ("1 < " + "1" * MAX_CONDITION, "at most 1000 characters", None),
    ],
)
def test_broken_conditions_say_where(condition: str, says: str, column: int | None) -> None:
    broken = check(condition)
    assert isinstance(broken, BrokenCondition)
    assert says in broken.message
    assert broken.column == column


def test_a_broken_condition_never_holds() -> None:
    assert evaluate("true", FACTS) == Unknown()


def test_a_missing_fact_makes_it_unknown_and_is_named() -> None:
    verdict = evaluate("battery.wear_percent > 30 && battery.present", FACTS)
    assert verdict == Unknown(missing=("battery.wear_percent",))
    assert evaluate("!(battery.wear_percent > 30)", FACTS) == verdict
    assert evaluate("battery.wear_percent != 30.0", FACTS) == verdict


def test_a_fact_of_the_wrong_type_is_missing() -> None:
    wrong = {**FACTS, "mounts.volumes": "1"}
    assert evaluate("mounts.volumes == 1", wrong) == Unknown(missing=("mounts.volumes",))


def test_the_rest_may_decide_alone() -> None:
    assert evaluate("battery.wear_percent > 30 && !battery.present", FACTS) == DoesNotHold()
    assert evaluate("battery.wear_percent > 30 || battery.present", FACTS) == Holds()


def test_division_by_zero_is_unknown() -> None:
    without = {**FACTS, "mounts.volumes": 0}
    condition = "10 / mounts.volumes > 1"
    assert check(condition) is None
    assert evaluate(condition, without) == Unknown()


def comparison(spec: FactSpec) -> str:
    """A comparison that is true for the catalogue's example."""
    match spec.example:
        case bool():
            return f"{spec.name} == {str(spec.example).lower()}"
        case str():
            return f'{spec.name} == "{spec.example}"'
        case _:
            return f"{spec.name} <= {spec.example}"


some_specs = st.lists(st.sampled_from(CATALOGUE), min_size=1, max_size=6, unique=True)


@given(some_specs, st.data())
def test_a_conjunction_holds_only_when_every_fact_is_there(
    specs: list[FactSpec], data: st.DataObject
) -> None:
    condition = " && ".join(comparison(spec) for spec in specs)
    there = data.draw(st.lists(st.sampled_from(specs), unique=True))
    verdict = evaluate(condition, {spec.name: spec.example for spec in there})
    missing = {spec.name for spec in specs} - {spec.name for spec in there}
    assert verdict == (Unknown(missing=tuple(sorted(missing))) if missing else Holds())


@given(st.sampled_from(CATALOGUE), st.booleans())
def test_neither_a_comparison_nor_its_opposite_holds_without_its_fact(
    spec: FactSpec, opposite: bool
) -> None:
    condition = f"!({comparison(spec)})" if opposite else comparison(spec)
    assert evaluate(condition, {}) == Unknown(missing=(spec.name,))


conditions = st.recursive(
    st.sampled_from(CATALOGUE).map(comparison),
    lambda inner: (
        inner.map("!({})".format)
        | st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(
            "({0[0]} {0[1]} {0[2]})".format
        )
    ),
    max_leaves=5,
)


@given(conditions, st.sets(st.sampled_from(CATALOGUE)))
def test_more_facts_never_turn_a_verdict_round(condition: str, unread: set[FactSpec]) -> None:
    everything = {spec.name: spec.example for spec in CATALOGUE}
    some = {spec.name: spec.example for spec in CATALOGUE if spec not in unread}
    before = evaluate(condition, some)
    assert isinstance(before, Unknown) or before == evaluate(condition, everything)


@given(st.text(alphabet="mounts.volumebatrypw&|!<>=()[]{}'\"?:+-*/%1 0e\\\n", max_size=60))
def test_nothing_written_as_a_condition_breaks_the_program(condition: str) -> None:
    broken, verdict = check(condition), evaluate(condition, {})
    assert not isinstance(verdict, Holds)
    assert broken is None or broken.message


def test_a_syntax_error_without_a_place_is_still_said() -> None:
    broken = check("(" * 400 + "battery.present" + ")" * 400)
    assert broken is not None
    assert broken.message


def test_a_reason_says_facts_in_words() -> None:
    template = "Only {mounts.system_free} of {mounts.system_size} is free on {os_version.name}."
    assert reason(template, FACTS) == "Only 8.9 GB of 255 GB is free on Windows 11 Pro."


def test_a_reason_reads_without_the_facts() -> None:
    assert reason("Worn: {battery.wear_percent}, {made.up}.", FACTS) == (
        "Worn: not known, not known."
    )


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (AppliesTo(), True),
        (AppliesTo(system=System.WINDOWS), True),
        (AppliesTo(system=System.LINUX), False),
        (AppliesTo(system=System.WINDOWS, versions=">=11,<13"), True),
        (AppliesTo(versions="<11"), False),
        (AppliesTo(versions="eleven"), False),
        (AppliesTo(vendor="LENOVO", family="thinkpad t14"), True),
        (AppliesTo(vendor="Dell"), False),
        (AppliesTo(family="ThinkPad"), False),
        (AppliesTo(model="ThinkPad T14 Gen 3"), True),
        (AppliesTo(model="ThinkPad T14 Gen 4"), False),
    ],
)
def test_what_an_article_is_for(wanted: AppliesTo, fits: bool) -> None:
    assert applies((wanted,), T14) is fits


def test_an_article_for_everybody_always_applies() -> None:
    assert applies((), DeviceType())
    assert applies((AppliesTo(),), DeviceType())


def test_one_of_several_device_types_is_enough() -> None:
    wanted = (AppliesTo(system=System.MACOS), AppliesTo(vendor="Lenovo"))
    assert applies(wanted, T14)


@pytest.mark.parametrize(
    "wanted",
    [
        AppliesTo(system=System.WINDOWS),
        AppliesTo(versions=">=11"),
        AppliesTo(vendor="Lenovo"),
        AppliesTo(model="ThinkPad T14 Gen 3"),
    ],
)
def test_what_is_asked_for_and_not_told_is_a_mismatch(wanted: AppliesTo) -> None:
    assert not applies((wanted,), DeviceType())


def test_a_version_that_is_no_number_fits_no_range() -> None:
    assert not applies((AppliesTo(versions=">=1"),), DeviceType(system_version="rolling"))
    assert applies((AppliesTo(versions=">=15"),), DeviceType(system_version="15.1.1"))
    assert applies((AppliesTo(versions=">=15"),), DeviceType(system_version="26.0b2"))


def test_the_command_line_of_cel_is_never_loaded() -> None:
    program = (
        "import sys; from samebox_agent.core import conditions as c;"
        "assert 'cel' not in sys.modules; c.check('battery.present');"
        "loaded = {'typer', 'rich', 'click'} & set(sys.modules);"
        "assert 'cel' in sys.modules and not loaded, loaded"
    )
    subprocess.run((sys.executable, "-c", program), check=True)
