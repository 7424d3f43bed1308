"""What an article may say about facts: its condition (CEL) and the placeholders of its reason.

The laptop evaluates conditions; the server only refuses those that no laptop could. Only plain
comparisons are let in: no loops, no indexing, no functions that build values.
"""

import re
import sys
from types import ModuleType

from samebox_shared.model.facts import BY_NAME, CATALOGUE, FactValue

# The library imports its own command line, which wants a terminal toolkit. Only its extension
# module is installed with the server, so an empty module stands in.
sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))

import cel  # noqa: E402

_OPERATORS = frozenset(
    {"_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"}
    | {"_+_", "_-_", "_*_", "_/_", "_%_", "-_", "_?_:_"}
)
_METHODS = frozenset({"startsWith", "endsWith", "contains"})
_CONVERSIONS = frozenset({"int", "double", "string", "size"})
_STRING = re.compile(r"'[^'\\\n]*'|\"[^\"\\\n]*\"")
_CHAIN = re.compile(r"[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_WORDS = frozenset({"true", "false", "in"}) | _CONVERSIONS
_SEE_CATALOGUE = "Use a name from the fact catalogue, for example mounts.system_free."


def condition_fault(expression: str) -> str | None:
    """What is wrong with a condition and what to do, or None when a laptop can decide it.

    Takes at most `CONDITION_LIMIT` characters: the library parses by recursion.
    """
    try:
        program = cel.compile(expression)
    except ValueError as error:
        return f"The condition cannot be read: {_first_line(error)}. Check brackets and quotes."
    unknown = sorted(set(program.functions()) - _OPERATORS - _METHODS - _CONVERSIONS)
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
    bare = _STRING.sub("@", expression)
    if set(bare) & set("'\"\\`") or "//" in bare or "@@" in bare:
        return "The condition has a comment or an odd string. Write strings as 'text'."
    chains = [re.split(r"\s*\.\s*", match.group()) for match in _CHAIN.finditer(bare)]
    named = [parts for parts in chains if parts[0] not in _WORDS or len(parts) > 1]
    if not named:
        return f"The condition names no fact. {_SEE_CATALOGUE}"
    return next((fault for parts in named if (fault := _chain_fault(parts))), None)


def _chain_fault(parts: list[str]) -> str | None:
    name = ".".join(parts[:2])
    if name not in BY_NAME:
        return f"The condition names '{name}', which is no fact. {_SEE_CATALOGUE}"
    if len(parts) > 3 or (len(parts) == 3 and parts[2] not in _METHODS):
        return f"The condition asks for '{'.'.join(parts)}'. A fact's name has two parts."
    return None


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
