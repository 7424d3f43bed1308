"""Conditions of articles: CEL over this laptop's facts, and the device types an article is for.

A condition compares facts of the catalogue: `mounts.system_free_percent < 10 && !battery.present`.
What is not known never makes a condition hold. The rules of CEL carry an unknown through: it is
lost only where the rest decides alone (`false && x`, `true || x`).
"""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Final

from samebox_shared.model.articles import AppliesTo
from samebox_shared.model.conditions import FUNCTIONS, Odd, OddPiece, facts_named
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import BY_NAME, FactSpec, FactValue, is_well_typed

from samebox_agent.core.facts import in_words

if TYPE_CHECKING:
    from cel import Program

MAX_CONDITION: Final = 1_000
"""Characters. Real conditions have fewer than 200."""

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
_ODD: Final = {
    Odd.SIGN: "{} has no place in a condition.",
    Odd.NO_FACT: 'there is no fact "{}".',
    Odd.NO_FUNCTION: "conditions only compare facts; {}() is not allowed.",
    Odd.PARTS: '"{}" is more than a fact.',
}
_PLACE: Final = re.compile(r"<input>:(\d+):(\d+): (?:Syntax error: )?([^\n]*)")


@dataclass(frozen=True)
class BrokenCondition:
    """Why a condition cannot be used. `column` counts characters from 1; None: the whole of it."""

    message: str
    column: int | None = None


@dataclass(frozen=True)
class Holds:
    """The condition is true for this laptop."""


@dataclass(frozen=True)
class DoesNotHold:
    """The condition is false for this laptop."""


@dataclass(frozen=True)
class Unknown:
    """It cannot be told. `missing` names the facts that were not there or had the wrong type."""

    missing: tuple[str, ...] = ()


Verdict = Holds | DoesNotHold | Unknown


def check(condition: str) -> BrokenCondition | None:
    """Refuses what is not a comparison of facts from the catalogue; None when all is well."""
    checked = _checked(condition)
    return checked if isinstance(checked, BrokenCondition) else None


def evaluate(condition: str, facts: Mapping[str, FactValue]) -> Verdict:
    """Whether `condition` holds for `facts`. A broken condition is Unknown: it never holds."""
    checked = _checked(condition)
    if isinstance(checked, BrokenCondition):
        return Unknown()
    known = {name: facts[name] for name in checked.facts if _is_known(name, facts)}
    outcome = _outcome(checked, known)
    if outcome is None:
        return Unknown(missing=tuple(sorted(checked.facts - known.keys())))
    return Holds() if outcome else DoesNotHold()


def reason(template: str, facts: Mapping[str, FactValue]) -> str:
    """Fills each `{table.column}` of an article's reason with the fact's value in words.

    A fact that is not known is said as "not known", so that the sentence still reads.
    """

    def said(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in BY_NAME or not _is_known(name, facts):
            return "not known"
        return in_words(BY_NAME[name], facts[name])

    return _PLACEHOLDER.sub(said, template)


def applies(applies_to: Iterable[AppliesTo], device_type: DeviceType) -> bool:
    """Whether an article is for this device type; one that names no device type is for all.

    A field the article asks for and the device does not tell is a mismatch: advice for one
    system version is worse than none on another. Text is compared without regard to case.
    """
    wanted = tuple(applies_to)
    return not wanted or any(_fits(one, device_type) for one in wanted)


def _fits(wanted: AppliesTo, device_type: DeviceType) -> bool:
    return (
        wanted.system in (None, device_type.system)
        and _same_if_asked(wanted.vendor, device_type.vendor)
        and _same_if_asked(wanted.family, device_type.family)
        and _same_if_asked(wanted.model, device_type.model)
        and (not wanted.versions or _version_fits(wanted.versions, device_type.system_version))
    )


def _same_if_asked(wanted: str, told: str) -> bool:
    return not wanted or wanted.casefold() == told.casefold()


@lru_cache(maxsize=1024)
def _version_fits(versions: str, told: str) -> bool:
    """A version that is no number ("rolling") and a broken specifier fit nothing."""
    # packaging costs 15 ms to import, and the tray must be up before that is paid.
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion, Version

    try:
        return SpecifierSet(versions).contains(Version(told), prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return False


@dataclass(frozen=True)
class _Checked:
    program: "Program"
    facts: frozenset[str]


@lru_cache(maxsize=2048)
def _checked(condition: str) -> _Checked | BrokenCondition:
    """Compiled once per text: a thousand articles are looked at again after every reading."""
    if len(condition) > MAX_CONDITION:
        return BrokenCondition(f"A condition may have at most {MAX_CONDITION} characters.")
    compiled = _compiled(condition)
    if isinstance(compiled, BrokenCondition):
        return compiled
    broken = _broken_function(compiled)
    if broken is not None:
        return broken
    names = facts_named(condition)
    if isinstance(names, OddPiece):
        what = _ODD[names.odd].format(names.text)
        return BrokenCondition(f"At character {names.column}: {what}", names.column)
    if not names:
        return BrokenCondition("A condition must look at one fact at least.")
    return _fitting_types(_Checked(compiled, frozenset(names)))


def _compiled(condition: str) -> "Program | BrokenCondition":
    # The package imports its command line, which needs typer and rich: 290 ms and 25 MB instead
    # of 24 ms and 7 MB, and neither is installed with the agent. An empty stand-in keeps it out.
    sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
    import cel

    try:
        return cel.compile(condition)
    except ValueError as error:
        return _syntax_error(condition, str(error))


def _syntax_error(condition: str, said: str) -> BrokenCondition:
    place = _PLACE.search(said)
    line, at, what = place.groups() if place else ("1", "1", "this is not a condition")
    before = sum(len(earlier) + 1 for earlier in condition.split("\n")[: int(line) - 1])
    column = before + int(at)
    return BrokenCondition(f"At character {column}: {what}", column)


def _broken_function(program: "Program") -> BrokenCondition | None:
    unknown = sorted(set(program.functions()) - FUNCTIONS)
    if not unknown:
        return None
    return BrokenCondition(f"Conditions only compare facts; {unknown[0]} is not allowed.")


def _fitting_types(checked: _Checked) -> _Checked | BrokenCondition:
    """Tries the condition on the catalogue's examples: a wrong type shows itself there."""
    examples = {name: BY_NAME[name].example for name in checked.facts}
    if _outcome(checked, examples) is None:
        return BrokenCondition("The types do not fit, or the outcome is not yes or no.")
    return checked


def _is_known(name: str, facts: Mapping[str, FactValue]) -> bool:
    spec: FactSpec = BY_NAME[name]
    return name in facts and is_well_typed(spec, facts[name])


def _outcome(checked: _Checked, known: Mapping[str, FactValue]) -> bool | None:
    """True or false; None when CEL stumbles over a missing fact, a type or a division by zero."""
    tables: dict[str, dict[str, FactValue]] = {}
    for name in checked.facts:
        table, column = name.split(".")
        columns = tables.setdefault(table, {})
        if name in known:
            columns[column] = known[name]
    try:
        outcome = checked.program.execute(tables)
    except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError):
        return None
    return outcome if isinstance(outcome, bool) else None
