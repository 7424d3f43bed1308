"""Target `conditions`: both sides refuse the same, and what is not known makes nothing hold."""

import random
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from samebox_agent.core import conditions as agent
from samebox_agent.core.conditions import BrokenCondition, DoesNotHold, Holds, check, evaluate
from samebox_server.core.articles import parse
from samebox_server.core.conditions import condition_fault
from samebox_server.starter import starter_files
from samebox_shared.model.article_limits import CONDITION_LIMIT
from samebox_shared.model.articles import Article
from samebox_shared.model.facts import BY_NAME, CATALOGUE, FactSpec, FactType

from tasks.fuzz.judging import BrokenPromise, Target

WORDS = (
    *("&&", "||", "!", "==", "!=", "<", "<=", ">", ">=", " in ", "+", "-", "*", "/", "%", "?", ":"),
    *("(", ")", "[", "]", "{", "}", ",", ".", ";", "true", "false", "null", "0", "1", "-1", "2.5"),
    *("9223372036854775807", "-9223372036854775808", "1e308", "1e-9", ".5", "0x1F", "1u", "1.0"),
    *("startsWith(", "endsWith(", "contains(", "matches(", "size(", "int(", "double(", "string("),
    *("has(", "exists(x, ", "all(x, ", "map(x, ", "filter(x, ", "timestamp(", "duration(", "type("),
    *("bool(", "uint(", "bytes(", "dyn(", "optional.of(", ".?", "[?0]", "min(", "max("),
    *("'a'", '"a"', "''", "'", '"', "'''", '"""', "r'", "b'", "\\", "\\'", "\\u0041", "`", "//"),
    *("battery.present", "mounts.system_free", "mounts.system_free_percent", "os_version.name"),
    *("os_version.version", "mounts.volumes", "nowhere.known", "battery", "present", "x", "_", "$"),
    *(" ", "\n", "\t", "\r", "\x00", "\u00a0", "\u200b", "é", "\ud800", "\U0001f600"),
)
UNKNOWN = "nowhere.known"
QUOTED = re.compile(r"('[^'\\\n]*'|\"[^\"\\\n]*\")")
WRONG: tuple[object, ...] = (
    *(None, [], {}, (), b"a", object(), True, 0, -1, 2**70, "", "a", "\ud800", "\x00"),
    *(float("nan"), float("inf"), -0.0, 1e308, 2**63 - 1, 1 - 2**63, "9" * 5_000),
)
OF_TYPE: Mapping[FactType, tuple[object, ...]] = {
    FactType.BOOL: (True, False),
    FactType.INT: (0, 1, -1, 7, 2**63 - 1, 1 - 2**63, 10**12),
    FactType.DOUBLE: (0.0, -0.0, 1.0, -1.5, 33.3, 1e-300, 9.2e18, float("nan")),
    FactType.STRING: ("", "a", "x11", "10.0.19045", "\ud800", "\x00", "é" * 500, "[a", "9" * 30),
}
Facts = dict[str, object]
Verdict = agent.Verdict


@dataclass(frozen=True)
class Done:
    """What both sides said of one condition."""

    refused: BrokenCondition | None
    fault: str | None
    verdicts: tuple[tuple[Facts, Verdict], ...]


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def act(data: bytes) -> Done:
    text = text_of(data)
    agent._checked.cache_clear()
    refused = check(text)
    fault = condition_fault(text) if len(text) <= CONDITION_LIMIT else None
    return Done(refused, fault, tuple((facts, told(text, facts)) for facts in some_facts(text)))


def told(text: str, facts: Facts) -> Verdict:
    return evaluate(text, facts)  # type: ignore[arg-type]  # wrongly typed on purpose


def some_facts(text: str) -> list[Facts]:
    """Four laptops: one that knows all, one that knows nothing, and two that are odd."""
    chance = random.Random(zlib.crc32(text.encode("utf-8", "surrogatepass")))
    named = _named(text)
    odd = [{spec.name: _odd(spec, chance) for spec in named} for _ in range(2)]
    for facts in odd:
        facts[UNKNOWN] = True
        if named and chance.random() < 0.5:
            del facts[chance.choice(named).name]
    return [_examples(named), {}, *odd]


def _named(text: str) -> list[FactSpec]:
    close = re.sub(r"\s*\.\s*", ".", text)
    return [spec for spec in CATALOGUE if spec.name in close]


def _examples(named: list[FactSpec]) -> Facts:
    return {spec.name: spec.example for spec in named}


def _odd(spec: FactSpec, chance: random.Random) -> object:
    return chance.choice(WRONG if chance.random() < 0.3 else OF_TYPE[spec.type])


def promises(data: bytes, done: Done) -> None:
    text = text_of(data)
    if done.refused is not None:
        if not done.refused.message:
            raise BrokenPromise("refused-without-a-word")
        if any(isinstance(verdict, Holds) for _, verdict in done.verdicts):
            raise BrokenPromise("a-refused-one-holds", repr(text))
    if len(text) <= CONDITION_LIMIT and (done.refused is None) != (done.fault is None):
        side = "agent" if done.refused else "server"
        raise BrokenPromise(f"only-the-{side}-refuses", f"{done.refused} {done.fault} {text!r}")
    if done.fault is not None and ("\n" in done.fault or not done.fault.endswith(".")):
        raise BrokenPromise("fault-is-no-sentence", repr(done.fault))
    if done.refused is None:
        _unknown_names(text)
        _missing_facts(text, done)


def _unknown_names(text: str) -> None:
    """No name that the catalogue does not have ever holds, whatever stands around it."""
    for name in sorted(name for name in BY_NAME if name in text):
        outside = QUOTED.split(text)
        outside[::2] = [part.replace(name, UNKNOWN) for part in outside[::2]]
        other = "".join(outside)
        if UNKNOWN not in "".join(outside[::2]):
            continue
        facts: Facts = {spec.name: spec.example for spec in CATALOGUE}
        if isinstance(told(other, {**facts, UNKNOWN: facts[name]}), Holds):
            raise BrokenPromise("an-unknown-name-holds", repr(other))


def _missing_facts(text: str, done: Done) -> None:
    """What is told without some facts stays so whatever they turn out to be."""
    chance = random.Random(len(text))
    named = _named(text)
    for facts, before in done.verdicts:
        known = {spec.name: facts[spec.name] for spec in named if _fits(spec, facts)}
        rest = {spec.name: chance.choice(OF_TYPE[spec.type]) for spec in named}
        after = told(text, {**rest, **known})
        if isinstance(before, Holds | DoesNotHold) and after != before:
            raise BrokenPromise("turned-round", f"{text!r} {facts} {before} {rest} {after}")


def _fits(spec: FactSpec, facts: Facts) -> bool:
    return spec.name in facts and agent._is_known(spec.name, facts)  # type: ignore[arg-type]


def start() -> list[bytes]:
    """Every condition of the articles that ship with Samebox."""
    articles = (parse(text, source=name) for name, text in starter_files().items())
    written = (each.condition for each in articles if isinstance(each, Article))
    return sorted({condition.encode() for condition in written if condition})


def remade(text: str, others: Sequence[str], chance: random.Random) -> str:
    """A condition made of conditions, or with another fact, number or sign in one place."""
    other = chance.choice(others)
    match chance.randrange(7):
        case 0:
            return f"({text}) {chance.choice(('&&', '||', '==', '!='))} ({other})"
        case 1:
            return f"!({text})"
        case 2:
            return f"({other}) ? ({text}) : ({chance.choice(others)})"
        case 3:
            return _one_instead(NUMBER, text, lambda _: chance.choice(NUMBERS), chance)
        case 4:
            return _one_instead(COMPARISON, text, lambda _: chance.choice(COMPARISONS), chance)
        case 5:
            return _one_instead(NUMBER, text, lambda at: f"({at} {_sum(chance)})", chance)
        case _:
            return _one_instead(NAME, text, lambda at: _like(at, chance), chance)


NUMBER = re.compile(r"\b\d+(?:\.\d+)?\b")
NUMBERS = ("0", "1", "0.0", "1.5", "9223372036854775807", "1e308", "5e-324", "18446744073709551616")
COMPARISON = re.compile(r"[<>]=?|[!=]=")
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=", "+", "-", "*", "/", "%")
NAME = re.compile(r"\b[a-z_]+\.[a-z_]+\b")


def _sum(chance: random.Random) -> str:
    return f"{chance.choice('+-*/%')} {chance.choice((*NUMBERS, '-1', '(-1)', 'mounts.volumes'))}"


def _like(name: str, chance: random.Random) -> str:
    """Another fact of the type of this one."""
    kind = BY_NAME[name].type if name in BY_NAME else chance.choice(list(FactType))
    return chance.choice([spec.name for spec in CATALOGUE if spec.type is kind])


def _one_instead(
    pattern: re.Pattern[str], text: str, make: Callable[[str], str], chance: random.Random
) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + make(one.group()) + text[one.end() :]


CONDITIONS = Target("conditions", act, promises, start, WORDS, 1_100, remade)
