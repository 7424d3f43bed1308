"""The body of an article file: a summary, numbered steps and the way back, as plain text.

Of Markdown only paragraphs, the two headings, one numbered list and links to settings pages and
remedies mean something. Emphasis and code become plain words; everything else is refused by its
line.
"""

from dataclasses import dataclass, field
from itertools import accumulate

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from samebox_shared.model.article_limits import STEP_LIMIT, STEPS_LIMIT, SUMMARY_LIMIT, UNDO_LIMIT
from samebox_shared.model.articles import Step

from samebox_server.core.article_text import Fault, one_line

# The closed list of settings pages (desktop study, 5.4). The agent has the same keys and knows
# what each opens; an address never travels. Guarded by test_the_agent_knows_every_settings_page.
SETTINGS_KEYS = frozenset(
    {"about", "apps", "battery", "bluetooth", "camera", "displays", "encryption", "keyboard"}
    | {"language", "microphone", "mouse", "network", "notifications", "power", "printers"}
    | {"proxy", "screen_capture", "sound", "sound_per_app", "startup", "storage", "time"}
    | {"touchpad", "update", "vpn", "wifi"}
)
# The closed list of remedies (decision 19): what the agent may do itself, compiled into it. Guarded
# by test_the_agent_knows_every_remedy.
REMEDY_KEYS = frozenset(
    {"biggest_folders", "clear_teams_cache", "clear_thumbnails", "empty_bin", "flush_dns"}
    | {"reconnect_network", "restart_audio"}
)
LOOKING_REMEDIES = frozenset({"biggest_folders"})
"""They change nothing, so they may stand in an article of risk 0."""
DEEPEST = 20
"""Signs in one another: emphasis in strong words in a link is 3."""
_SETTINGS = "settings:"
_REMEDY = "remedy:"
_ADVICE = {
    "html_block": "HTML is not shown. Write it in plain words.",
    "html_inline": "HTML is not shown. Write it in plain words.",
    "image": "Pictures are not shown. Say in words what to look for.",
    "fence": "Blocks of code are not shown. Say in words what to do.",
    "code_block": "This line is indented like code. Start it at the margin.",
    "bullet_list": "Use a numbered list under '## Steps': 1. 2. 3.",
    "ordered_list": "A numbered list belongs under '## Steps', and only one.",
    "blockquote": "Quotes are not shown. Take the > away.",
    "hr": "Lines across are not shown. Delete this one.",
    "heading": "Only '## Steps' and then '## Undo' are headings here.",
    "paragraph": "One paragraph belongs here. Join the two, or make it a step.",
}


@dataclass(frozen=True)
class Body:
    """What the body says; `undo_line` is where the way back is written, or None."""

    summary: str
    steps: tuple[Step, ...]
    undo: str
    undo_line: int | None


class _Markdown(MarkdownIt):
    """CommonMark in which every link stays a link, so that odd ones are refused, not shown."""

    def validateLink(self, url: str) -> bool:
        return True


def read_body(text: str, first_line: int) -> Body:
    """Reads the body that starts on `first_line` of the file; raises a Fault."""
    environment: dict[str, dict[str, dict[str, list[int]]]] = {}
    tokens = _Markdown().parse(text, environment)
    _refuse_depth(tokens, first_line)
    root = SyntaxTreeNode(tokens)
    for reference in environment.get("references", {}).values():
        raise Fault(
            first_line + reference["map"][0],
            "Links are written in place: [Open Wi-Fi settings](settings:wifi).",
        )
    sections = _sections(root, first_line)
    undo = sections.get("Undo")
    return Body(
        summary=_paragraph(sections["summary"], SUMMARY_LIMIT, "summary"),
        steps=_steps(sections["Steps"]),
        undo=_paragraph(undo, UNDO_LIMIT, "undo") if undo else "",
        undo_line=undo.line if undo else None,
    )


def _refuse_depth(tokens: list[Token], first_line: int) -> None:
    """The tree of a line is built by recursion."""
    for token in tokens:
        depths = accumulate(each.nesting for each in token.children or ())
        if max(depths, default=0) > DEEPEST:
            line = first_line + (token.map[0] if token.map else 0)
            raise Fault(line, "Too many signs such as * and _ stand in one another. Take some out.")


@dataclass
class _Section:
    """One part of the body: the line it starts on, and its blocks."""

    line: int
    first_line: int
    blocks: list[SyntaxTreeNode] = field(default_factory=list)

    def line_of(self, node: SyntaxTreeNode) -> int:
        return self.first_line + (node.map[0] if node.map else 0)


def _sections(root: SyntaxTreeNode, first_line: int) -> dict[str, _Section]:
    current = _Section(first_line, first_line)
    sections = {"summary": current}
    for node in root.children:
        if node.type != "heading":
            current.blocks.append(node)
            continue
        line = current.line_of(node)
        name = node.children[0].content
        expected = {1: "Steps", 2: "Undo"}.get(len(sections))
        if node.tag != "h2" or name != expected:
            raise Fault(line, _ADVICE["heading"])
        current = _Section(line, first_line)
        sections[name] = current
    if "Steps" not in sections:
        raise Fault(first_line, "The steps are missing. Add '## Steps' and a numbered list.")
    return sections


def _paragraph(section: _Section, limit: int, name: str) -> str:
    if not section.blocks:
        raise Fault(section.line, f"The {name} is missing. Write one paragraph here.")
    first, *more = section.blocks
    for node in (*(() if first.type == "paragraph" else (first,)), *more):
        raise Fault(section.line_of(node), _ADVICE[node.type])
    line = section.line_of(first)
    words = _words(first, line)
    if words.settings or words.remedy:
        raise Fault(line, "Only a step may have a link. Move it into a step.")
    text = one_line(words.text(), limit, line, name)
    if not text:
        raise Fault(line, f"The {name} is missing. Write one paragraph here.")
    return text


def _steps(section: _Section) -> tuple[Step, ...]:
    if not section.blocks:
        raise Fault(section.line, "There are no steps. Write a numbered list: 1. 2. 3.")
    first, *more = section.blocks
    for node in (*(() if first.type == "ordered_list" else (first,)), *more):
        advice = _ADVICE["bullet_list"] if node.type == "paragraph" else _ADVICE[node.type]
        raise Fault(section.line_of(node), advice)
    if len(first.children) > STEPS_LIMIT:
        line = section.line_of(first.children[STEPS_LIMIT])
        raise Fault(line, f"There are {len(first.children)} steps. Keep it within {STEPS_LIMIT}.")
    return tuple(_step(item, section) for item in first.children)


def _step(item: SyntaxTreeNode, section: _Section) -> Step:
    line = section.line_of(item)
    if not item.children:
        raise Fault(line, "This step is empty. Write what to do, or delete it.")
    first, *more = item.children
    for node in (*(() if first.type == "paragraph" else (first,)), *more):
        advice = "A step is one paragraph. Make two steps of it."
        raise Fault(section.line_of(node), _ADVICE[node.type] if node is first else advice)
    words = _words(first, line)
    text = one_line(words.text(), STEP_LIMIT, line, "step")
    if not text:
        raise Fault(line, "This step is empty. Write what to do, or delete it.")
    return Step(text=text, settings=words.settings, remedy=words.remedy or msgspec.UNSET)


@dataclass
class _Words:
    """The plain words gathered so far, the line reached, and what is linked to."""

    line: int
    parts: list[str] = field(default_factory=list)
    settings: str = ""
    remedy: str = ""

    def text(self) -> str:
        return "".join(self.parts)


def _words(paragraph: SyntaxTreeNode, line: int) -> _Words:
    words = _Words(line)
    for inline in paragraph.children:
        for node in inline.children:
            _gather(node, words)
    return words


def _gather(node: SyntaxTreeNode, words: _Words) -> None:
    match node.type:
        case "text" | "code_inline":
            words.parts.append(node.content)
        case "softbreak" | "hardbreak":
            words.parts.append(" ")
            words.line += 1
        case "em" | "strong":
            for child in node.children:
                _gather(child, words)
        case "link":
            _follow(node, words)
        case _:
            raise Fault(words.line, _ADVICE[node.type])


def _follow(link: SyntaxTreeNode, words: _Words) -> None:
    target = str(link.attrs["href"])
    settings = _key(target, _SETTINGS, SETTINGS_KEYS, "settings page", words.line)
    remedy = _key(target, _REMEDY, REMEDY_KEYS, "remedy", words.line)
    if not settings and not remedy:
        raise Fault(
            words.line,
            "Links to the web are refused. Link only to settings: (settings:wifi) or to a remedy: "
            "(remedy:flush_dns).",
        )
    if words.settings or words.remedy:
        raise Fault(
            words.line, "A step opens one settings page or runs one remedy. Make two steps of it."
        )
    words.settings, words.remedy = settings, remedy
    for child in link.children:
        _gather(child, words)


def _key(target: str, scheme: str, known: frozenset[str], noun: str, line: int) -> str:
    """The key behind the scheme, "" for another scheme; a Fault when nobody knows it."""
    if not target.startswith(scheme):
        return ""
    key = target.removeprefix(scheme)
    if key not in known:
        listed = ", ".join(sorted(known))
        raise Fault(line, f"'{key[:40]}' is no {noun}. Use one of {listed}.")
    return key
