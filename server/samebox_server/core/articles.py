"""Article files: Markdown with a YAML head, read into an Article and written back without loss.

`parse` never raises: a file it cannot accept comes back as `BrokenArticle`, with the line and what
to do there. `parse(render(article))` is the article again when its words are on one line each,
hide nothing and make no longer a file than is read, as `parse` and `drafts` make them. How to write
one: docs/articles.md.
"""

import re

import msgspec
import yaml
from samebox_shared.model.article_limits import FILE_LIMIT
from samebox_shared.model.articles import AppliesTo, Article, Risk, Step

from samebox_server.core.article_body import (
    LOOKING_REMEDIES,
    REMEDY_KEYS,
    SETTINGS_KEYS,
    Body,
    read_body,
)
from samebox_server.core.article_head import Head, read_head
from samebox_server.core.article_text import Fault, refuse_hidden

__all__ = ["REMEDY_KEYS", "SETTINGS_KEYS", "BrokenArticle", "parse", "render"]

_FENCE = "---"
_NO_WAY_BACK = re.compile(
    r"nothing|none|no |not |n/a|-|(?:(?:it|this|that) )?(?:cannot|can't)", re.IGNORECASE
)
_SPECIAL = re.compile(r"([\\`*_<]|\](?=[(\[:])|&(?=[#\w]))")
"""A bracket alone is a bracket: only one that could end the words of a link is written as such, so
that "[name]" of a draft reads as it looks."""
_SPECIAL_AT_START = re.compile(r"^(\d{0,9})([#+\-=~.)>])")
_SPECIAL_IN_LINK = re.compile(r"([\\`*_\[\]<>]|&(?=[#\w]))")
_SETTINGS_WORDS = re.compile(r"\bopen (?:\S+ ){1,4}?settings\b", re.IGNORECASE)
_REMEDY_WORDS = re.compile(r"\b(?:let|laat) Samebox [^.,:;]+", re.IGNORECASE)


class BrokenArticle(msgspec.Struct, frozen=True):
    """A file that was not accepted: where it came from, the line (from 1), and what to do."""

    source: str
    line: int
    what: str


def parse(text: str, *, source: str) -> Article | BrokenArticle:
    """Reads one article file; `source` is only a name for messages."""
    try:
        return _read(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    except Fault as fault:
        return BrokenArticle(source, fault.line, fault.what)


def render(article: Article) -> str:
    """Writes the article as a file, in one canonical form."""
    head = yaml.safe_dump(_front_matter(article), sort_keys=False, allow_unicode=True, width=4096)
    blocks = [f"{_FENCE}\n{head}{_FENCE}", _escaped(article.summary), "## Steps"]
    numbered = enumerate(article.steps, start=1)
    blocks.append("\n".join(f"{number}. {_linked(step)}" for number, step in numbered))
    if article.undo:
        blocks += ["## Undo", _escaped(article.undo)]
    return "\n\n".join(blocks) + "\n"


def _read(text: str) -> Article:
    size = len(text)
    if size > FILE_LIMIT:
        what = f"The file has {size} characters. Keep it within {FILE_LIMIT}: split it in two."
        raise Fault(1, what)
    refuse_hidden(text, 1)
    head_text, body_text, body_line = _split(text)
    head = read_head(head_text, 2)
    body = read_body(body_text, body_line)
    _check_undo(head, body, body_line)
    _check_remedies(head, body, body_line)
    return Article(
        article_id=head.article_id,
        version=head.version,
        title=head.title,
        summary=body.summary,
        language=head.language,
        translates=head.translates,
        audience=head.audience,
        topic=head.topic,
        symptoms=head.symptoms,
        applies_to=head.applies_to,
        condition=head.condition,
        reason=head.reason,
        steps=body.steps,
        risk=head.risk,
        undo=body.undo,
    )


def _split(text: str) -> tuple[str, str, int]:
    """The head, the body, and the line of the file on which the body starts."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        raise Fault(1, "The head is missing. Start the file with a line of three dashes: ---")
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:index]), "\n".join(lines[index + 1 :]), index + 2
    raise Fault(1, "The head has no end. Put a line of three dashes (---) under its last key.")


def _check_undo(head: Head, body: Body, body_line: int) -> None:
    if head.risk >= Risk.REVERSIBLE and body.undo_line is None:
        raise Fault(
            body_line, f"Risk {int(head.risk)} needs '## Undo' after the steps: how to go back."
        )
    if head.risk is Risk.RISKY and body.undo_line and _NO_WAY_BACK.match(body.undo):
        raise Fault(
            body.undo_line, "A risky article must say how to go back. If one cannot, hand it to IT."
        )


def _check_remedies(head: Head, body: Body, body_line: int) -> None:
    """An article that only looks cannot hold a remedy that changes something."""
    for step in body.steps:
        if head.risk is Risk.READ_ONLY and step.remedy and step.remedy not in LOOKING_REMEDIES:
            raise Fault(
                body_line,
                f"The remedy {step.remedy} changes the laptop. Set risk 1 and write '## Undo'.",
            )


def _front_matter(article: Article) -> dict[str, object]:
    every: dict[str, object] = {
        "id": str(article.article_id),
        "title": article.title,
        "language": article.language,
        "translates": str(article.translates or ""),
        "audience": str(article.audience or ""),
        "topic": article.topic,
        "symptoms": list(article.symptoms),
        "applies_to": [_device_words(kind) for kind in article.applies_to],
        "condition": article.condition,
        "reason": article.reason,
        "risk": int(article.risk),
        "version": article.version,
    }
    return {key: value for key, value in every.items() if value not in ("", [])}


def _device_words(kind: AppliesTo) -> dict[str, str]:
    words = {
        "system": kind.system.value if kind.system else "",
        "versions": kind.versions,
        "vendor": kind.vendor,
        "family": kind.family,
        "model": kind.model,
    }
    return {key: value for key, value in words.items() if value}


def _linked(step: Step) -> str:
    """The step with its link: on "open … settings" or "let Samebox …" where it says so, else on
    the whole step."""
    if step.remedy:
        return _link(step.text, _REMEDY_WORDS, f"remedy:{step.remedy}")
    if step.settings:
        return _link(step.text, _SETTINGS_WORDS, f"settings:{step.settings}")
    return _escaped(step.text)


def _link(text: str, words: re.Pattern[str], target: str) -> str:
    found = words.search(text)
    start, end = found.span() if found else (0, len(text))
    before, label = _escaped(text[:start]), _SPECIAL_IN_LINK.sub(_SLASHED, text[start:end])
    return f"{before}[{label}]({target}){_SPECIAL.sub(_SLASHED, text[end:])}"


_SLASHED = r"\\\1"


def _escaped(text: str) -> str:
    """The text with a backslash before every character that Markdown would take as a sign."""
    return _SPECIAL_AT_START.sub(r"\1\\\2", _SPECIAL.sub(_SLASHED, text))
