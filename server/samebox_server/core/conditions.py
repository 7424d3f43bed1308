"""What an article may say about facts: its condition (CEL) and the placeholders of its reason.

The laptop evaluates conditions; the server only refuses those that no laptop could. Only plain
comparisons are let in: no loops, no indexing, no functions that build values.
"""

import re
import sys
from types import ModuleType

from samebox_shared.model.conditions import FUNCTIONS, Odd, OddPiece, facts_named
from samebox_shared.model.facts import BY_NAME, CATALOGUE, FactValue

# The library imports its own command line, which wants a terminal toolkit. Only its extension
# module is installed with the server, so an empty module stands in.
sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))

import cel  # noqa: E402

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SEE_CATALOGUE = "Use a name from the fact catalogue, for example mounts.system_free."
_ODD = {
    Odd.SIGN: "The condition has a comment or an odd string or sign. Write strings as 'text'.",
    Odd.NO_FACT: f"The condition names '{{}}', which is no fact. {_SEE_CATALOGUE}",
    Odd.NO_FUNCTION: "The condition uses '{}', which is not allowed. Compare facts with values.",
    Odd.PARTS: "The condition asks for '{}'. A fact's name has two parts.",
}


def condition_fault(expression: str) -> str | None:
    """What is wrong with a condition and what to do, or None when a laptop can decide it.

    Takes at most `CONDITION_LIMIT` characters: the library parses by recursion.
    """
    try:
        program = cel.compile(expression)
    except ValueError as error:
        return f"The condition cannot be read: {_first_line(error)}. Check brackets and quotes."
    unknown = sorted(set(program.functions()) - FUNCTIONS)
    if unknown:
        return (
            f"The condition uses '{unknown[0]}', which is not allowed. Use comparisons,"
            " && || ! in, + - * / %, startsWith, endsWith, contains, int, double, string and size."
        )
    return _names_fault(expression) or _trial_fault(program)


def reason_fault(reason: str) -> str | None:
    """What is wrong with the placeholders of a reason, or None."""
    for name in _PLACEHOLDER.findall(reason):
        if name not in BY_NAME:
            return f"The reason names '{name}', which is no fact. {_SEE_CATALOGUE}"
    if set(_PLACEHOLDER.sub("", reason)) & {"{", "}"}:
        return "The reason has a single { or }. Write facts as {table.column}."
    return None


def _names_fault(expression: str) -> str | None:
    named = facts_named(expression)
    if isinstance(named, OddPiece):
        return _ODD[named.odd].format(named.text)
    return None if named else f"The condition names no fact. {_SEE_CATALOGUE}"


def _trial_fault(program: cel.Program) -> str | None:
    """Decides the condition for the catalogue's examples; catches text compared with a number."""
    facts: dict[str, dict[str, FactValue]] = {}
    for spec in CATALOGUE:
        table, column = spec.name.split(".")
        facts.setdefault(table, {})[column] = spec.example
    try:
        answer = program.execute(dict(facts))
    except (ValueError, TypeError, LookupError, ArithmeticError, RuntimeError) as error:
        return f"The condition cannot be decided: {_first_line(error)}. Compare like with like."
    if not isinstance(answer, bool):
        return "The condition must be true or false. Compare the fact with a value."
    return None


def _first_line(error: Exception) -> str:
    text = str(error)
    _, found, detail = text.partition("error: ")
    return (detail if found else text).split("\n")[0].split(". ")[0].rstrip(".")[:160]
