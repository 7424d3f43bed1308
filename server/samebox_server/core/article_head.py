"""The head of an article file: its YAML front matter, read key by key with line numbers.

Values are taken as they are written, never as YAML guesses them, so that version 22.10 stays 22.10.
"""

import re
from dataclasses import dataclass

import msgspec
import yaml
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from samebox_shared.model.article_limits import (
    APPLIES_TO_LIMIT,
    CONDITION_LIMIT,
    DEVICE_WORD_LIMIT,
    ID_LIMIT,
    REASON_LIMIT,
    SYMPTOM_LIMIT,
    SYMPTOMS_LIMIT,
    TITLE_LIMIT,
    TOPIC_LIMIT,
    VERSION_LIMIT,
)
from samebox_shared.model.articles import AppliesTo, Audience, Risk
from samebox_shared.model.devices import System
from samebox_shared.model.ids import ArticleId

from samebox_server.core.article_text import Fault, one_line
from samebox_server.core.conditions import condition_fault, reason_fault

_REQUIRED = ("id", "title", "language", "topic", "symptoms", "risk", "version")
_OPTIONAL = ("translates", "audience", "applies_to", "condition", "reason")
_DEVICE_KEYS = ("system", "versions", "vendor", "family", "model")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID_FORM = "small letters, digits and single dashes"
_TOPIC = re.compile(r"[a-z]+(-[a-z]+)*")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


@dataclass(frozen=True)
class Head:
    """What the front matter says."""

    article_id: ArticleId
    version: int
    title: str
    language: str
    translates: ArticleId | msgspec.UnsetType
    audience: Audience | msgspec.UnsetType
    topic: str
    symptoms: tuple[str, ...]
    applies_to: tuple[AppliesTo, ...]
    condition: str
    reason: str
    risk: Risk


def read_head(text: str, first_line: int) -> Head:
    """Reads the front matter that starts on `first_line` of the file; raises a Fault."""
    keys = _keys(text, first_line)
    condition, reason = _condition_and_reason(keys)
    article_id = keys.matching("id", ID_LIMIT, _ID, _ID_FORM)
    return Head(
        article_id=ArticleId(article_id),
        version=_version(keys),
        title=keys.text("title", TITLE_LIMIT),
        language=keys.matching("language", 5, _LANGUAGE, "a code such as en or nl-BE"),
        translates=_translates(keys, article_id),
        audience=_audience(keys),
        topic=keys.matching("topic", TOPIC_LIMIT, _TOPIC, "one word, for example storage"),
        symptoms=_symptoms(keys),
        applies_to=_applies_to(keys),
        condition=condition,
        reason=reason,
        risk=_risk(keys),
    )


@dataclass(frozen=True)
class _Keys:
    """The keys of one YAML mapping; `line` is where a missing key is reported."""

    nodes: dict[str, yaml.Node]
    lines: dict[str, int]
    first_line: int

    def line(self, key: str) -> int:
        return self.lines[key]

    def node_line(self, node: yaml.Node) -> int:
        return self.first_line + int(node.start_mark.line)

    def text(self, key: str, limit: int) -> str:
        words = self.optional_text(key, limit)
        if not words:
            raise Fault(self.line(key), f"'{key}' is empty. Write its value behind the colon.")
        return words

    def optional_text(self, key: str, limit: int) -> str:
        if key not in self.nodes:
            return ""
        return self.scalar(self.nodes[key], limit, key)

    def scalar(self, node: yaml.Node, limit: int, name: str) -> str:
        line = self.node_line(node)
        if not isinstance(node, yaml.ScalarNode):
            raise Fault(line, f"'{name}' must be plain text. Put it in quotes if it holds a colon.")
        return one_line(str(node.value), limit, line, name)

    def matching(self, key: str, limit: int, pattern: re.Pattern[str], form: str) -> str:
        words = self.text(key, limit)
        if not pattern.fullmatch(words):
            raise Fault(self.line(key), f"'{words}' is no {key}. Write {form}.")
        return words

    def number(self, key: str, least: int, advice: str) -> int:
        words = self.text(key, 9)
        if not re.fullmatch("[0-9]+", words) or int(words) < least:
            raise Fault(self.line(key), f"'{words}' is no {key}. {advice}")
        return int(words)

    def items(self, key: str) -> list[yaml.Node]:
        node = self.nodes.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise Fault(self.line(key), f"'{key}' must be a list. Start each line with a dash.")
        return list(node.value)


def _keys(text: str, first_line: int) -> _Keys:
    keys = _mapping(_compose(text, first_line), first_line, (*_REQUIRED, *_OPTIONAL))
    for key in _REQUIRED:
        if key not in keys.nodes:
            raise Fault(first_line, f"'{key}' is missing. Add a line '{key}: …' to the head.")
    return keys


def _compose(text: str, first_line: int) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        # An open quote is scanned to the end of the head: what helps is where it was opened.
        is_scanning = (error.context or "").startswith("while scanning")
        mark = error.context_mark if is_scanning else error.problem_mark
        line = first_line + (int(mark.line) if mark else 0)
        problem = error.problem or error.context or "it is no YAML"
        raise Fault(
            line, f"This line cannot be read ({problem}). Put text with : or # in quotes."
        ) from error
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        # PyYAML lets the last three through for impossible escapes and very deep nesting.
        raise Fault(
            first_line, "The head cannot be read. Write it as 'key: value' lines."
        ) from error


def _mapping(node: yaml.Node | None, first_line: int, allowed: tuple[str, ...]) -> _Keys:
    line = first_line + (int(node.start_mark.line) if node else 0)
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise Fault(line, f"'key: value' lines belong here, with the keys {', '.join(allowed)}.")
    keys = _Keys({}, {}, first_line)
    for key_node, value in node.value:
        line = keys.node_line(key_node)
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        if key not in allowed:
            raise Fault(line, f"'{key[:40]}' is not known here. Use {', '.join(allowed)}.")
        if key in keys.nodes:
            raise Fault(line, f"'{key}' is here twice. Keep one.")
        keys.nodes[key] = value
        keys.lines[key] = line
    return keys


def _translates(keys: _Keys, article_id: str) -> ArticleId | msgspec.UnsetType:
    if "translates" not in keys.nodes:
        return msgspec.UNSET
    original = keys.matching("translates", ID_LIMIT, _ID, _ID_FORM)
    if original == article_id:
        what = "An article cannot translate itself. Write the id of the one in the other language."
        raise Fault(keys.line("translates"), what)
    return ArticleId(original)


def _audience(keys: _Keys) -> Audience | msgspec.UnsetType:
    if "audience" not in keys.nodes:
        return msgspec.UNSET
    words = keys.text("audience", TOPIC_LIMIT)
    if words not in set(Audience):
        advice = f"Use {' or '.join(Audience)}, or delete the line if everyone may read it."
        raise Fault(keys.line("audience"), f"'{words}' is no audience. {advice}")
    return Audience(words)


def _symptoms(keys: _Keys) -> tuple[str, ...]:
    nodes = keys.items("symptoms")
    if len(nodes) > SYMPTOMS_LIMIT:
        what = f"There are {len(nodes)} symptoms. Keep the best {SYMPTOMS_LIMIT}."
        raise Fault(keys.line("symptoms"), what)
    symptoms: list[str] = []
    for node in nodes:
        symptom = keys.scalar(node, SYMPTOM_LIMIT, "symptom")
        if not symptom:
            raise Fault(keys.node_line(node), "This symptom is empty. Write it or delete it.")
        if symptom in symptoms:
            raise Fault(keys.node_line(node), "This symptom is here twice. Keep one.")
        symptoms.append(symptom)
    return tuple(symptoms)


def _applies_to(keys: _Keys) -> tuple[AppliesTo, ...]:
    nodes = keys.items("applies_to")
    if len(nodes) > APPLIES_TO_LIMIT:
        raise Fault(
            keys.line("applies_to"),
            f"There are {len(nodes)} kinds of device. Keep it within {APPLIES_TO_LIMIT}.",
        )
    return tuple(_kind_of_device(node, keys.first_line) for node in nodes)


def _kind_of_device(node: yaml.Node, first_line: int) -> AppliesTo:
    keys = _mapping(node, first_line, _DEVICE_KEYS)
    words = {key: keys.text(key, DEVICE_WORD_LIMIT) for key in keys.nodes}
    system = words.get("system")
    if system is not None and system not in set(System):
        raise Fault(keys.line("system"), f"'{system}' is no system. Use {', '.join(System)}.")
    if "versions" in words:
        _check_versions(words["versions"], system, keys.line("versions"))
    return AppliesTo(
        system=System(system) if system else None,
        versions=words.get("versions", ""),
        vendor=words.get("vendor", ""),
        family=words.get("family", ""),
        model=words.get("model", ""),
    )


def _check_versions(versions: str, system: str | None, line: int) -> None:
    if system is None:
        raise Fault(line, "Versions need a system. Add 'system: …' to the same entry.")
    try:
        SpecifierSet(versions)
    except InvalidSpecifier as error:
        raise Fault(
            line, f"'{versions}' is no range of versions. Write it like '>=11,<13'."
        ) from error


def _condition_and_reason(keys: _Keys) -> tuple[str, str]:
    condition = keys.optional_text("condition", CONDITION_LIMIT)
    reason = keys.optional_text("reason", REASON_LIMIT)
    if condition and (fault := condition_fault(condition)):
        raise Fault(keys.line("condition"), fault)
    if reason and (fault := reason_fault(reason)):
        raise Fault(keys.line("reason"), fault)
    if condition and not reason:
        raise Fault(keys.line("condition"), "A condition needs a 'reason': say what was seen.")
    if reason and not condition:
        raise Fault(keys.line("reason"), "A reason needs a 'condition'. Add one or delete it.")
    return condition, reason


def _version(keys: _Keys) -> int:
    number = keys.number("version", 1, "Start with 1 and add 1 with every change.")
    if number > VERSION_LIMIT:
        what = f"Version {number} is too high. Write the next number, at most {VERSION_LIMIT}."
        raise Fault(keys.line("version"), what)
    return number


def _risk(keys: _Keys) -> Risk:
    number = keys.number("risk", 0, "Use 0 (only looks), 1 (can be undone) or 2 (risky).")
    if number >= Risk.FORBIDDEN:
        raise Fault(
            keys.line("risk"),
            f"Risk {number} is never published. Take the dangerous step out, or hand it to IT.",
        )
    return Risk(number)
