"""The summary and the steps in the blocks of a page, and the rest that became neither."""

import re
import textwrap
from dataclasses import dataclass, field

from samebox_shared.model.article_limits import STEP_LIMIT, SUMMARY_LIMIT, UNWRITTEN
from samebox_shared.model.devices import System

from samebox_server.core.conversion_guesses import is_problem, systems_in
from samebox_server.core.html_words import Block, Kind

NO_SUMMARY = f"{UNWRITTEN} say in one paragraph what is going on."
NO_STEP = f"{UNWRITTEN} say what to do, one thing in each step."
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_NAMES = {System.WINDOWS: "Windows", System.MACOS: "Mac", System.LINUX: "Linux"}


@dataclass
class Parts:
    """What the page says, in the parts of an article; `rest` is what found no place."""

    summary: str = NO_SUMMARY
    steps: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)


def parts_of(blocks: list[Block]) -> Parts:
    """Numbered lists are the steps, else lists with dots, else the paragraphs after the first."""
    parts = Parts()
    kind = _kind_of_steps(blocks)
    if kind is None:
        parts.asks.append("There are no steps. Write what to do.")
    elif kind is not Kind.STEP:
        parts.asks.append(f"The steps were made of {_WORDS[kind]}. Is each one thing to do?")
    summary = _summary_place(blocks, kind)
    if summary is None:
        parts.asks.append("There is no summary. Write one paragraph.")
    else:
        _take_summary(blocks[summary].text, parts)
    _take_steps([b for place, b in enumerate(blocks) if place != summary], kind, parts)
    parts.steps = [piece for step in parts.steps for piece in _within_limit(step, parts)]
    parts.steps = parts.steps or [NO_STEP]
    return parts


_WORDS = {Kind.BULLET: "a list without numbers", Kind.PARAGRAPH: "paragraphs"}


def _kind_of_steps(blocks: list[Block]) -> Kind | None:
    kinds = [block.kind for block in blocks]
    if Kind.STEP in kinds:
        return Kind.STEP
    if kinds.count(Kind.BULLET) > 1:
        return Kind.BULLET
    return Kind.PARAGRAPH if kinds.count(Kind.PARAGRAPH) > 1 else None


def _summary_place(blocks: list[Block], kind: Kind | None) -> int | None:
    """The first paragraph, when no step stands before it."""
    for place, block in enumerate(blocks):
        if block.kind is Kind.PARAGRAPH:
            return place
        if block.kind is kind:
            return None
    return None


def _take_summary(text: str, parts: Parts) -> None:
    parts.summary, *more = packed(text, SUMMARY_LIMIT)
    if more:
        parts.asks.append(f"The summary was cut to {SUMMARY_LIMIT} characters.")
        parts.rest += more


def _take_steps(blocks: list[Block], kind: Kind | None, parts: Parts) -> None:
    prefix, heading = "", ""
    used: dict[str, None] = {}
    for block in blocks:
        if block.kind is Kind.HEADING:
            heading = block.text
            prefix = _prefix(heading)
            _take_heading(block, prefix, parts)
        elif block.kind is kind:
            used[heading] = None
            _take_step(block, prefix, parts)
        else:
            parts.rest.append(f"{block.kind}: {block.text}")
    if len(used) > 1:
        lists = ", ".join(f"“{name}”" if name else "no heading" for name in used)
        parts.asks.append(
            f"Steps stood under several headings and follow each other now ({lists}). Are they one "
            "article?"
        )


def _prefix(heading: str) -> str:
    """How a step begins that is for one system only (docs/articles.md)."""
    systems = systems_in(heading)
    return f"{_NAMES[systems[0]]}: " if len(systems) == 1 else ""


def _take_heading(block: Block, prefix: str, parts: Parts) -> None:
    if is_problem(block.text):
        parts.problems.append(block.text)
    elif not prefix:
        parts.rest.append(f"{block.kind}: {block.text}")


def _take_step(block: Block, prefix: str, parts: Parts) -> None:
    if block.depth > 1 and parts.steps:
        last = parts.steps[-1]
        joined = f"{last} {block.text}" if last[-1] in ".:;!?" else f"{last}; {block.text}"
        if len(joined) <= STEP_LIMIT:
            parts.steps[-1] = joined
            return
    begins = block.text.lower().startswith(prefix.lower())
    parts.steps.append(block.text if begins else prefix + block.text)


def _within_limit(step: str, parts: Parts) -> list[str]:
    pieces = packed(step, STEP_LIMIT)
    if len(pieces) > 1:
        parts.asks.append(f"A step was too long and became {len(pieces)}: “{step[:60]}…”")
    return pieces


def packed(text: str, limit: int) -> list[str]:
    """The text in pieces within the limit, cut between sentences where that is possible."""
    pieces: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        for wrapped in textwrap.wrap(sentence, limit, break_on_hyphens=False):
            line = wrapped.strip()  # before a long word that is cut, a space stays behind
            if pieces and len(pieces[-1]) + 1 + len(line) <= limit:
                pieces[-1] += f" {line}"
            else:
                pieces.append(line)
    return pieces
