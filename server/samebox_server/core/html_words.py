"""HTML as the words a person sees: headings, paragraphs, list items and rows, in their order.

Nothing is rendered or fetched. What a reader would not see, or should not follow, falls away and is
named. The tree is walked without recursion, because somebody else's HTML may be nested very deep.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from samebox_shared.model.article_limits import without_hidden
from selectolax.lexbor import LexborHTMLParser, LexborNode

from samebox_server.core.article_text import hidden_character
from samebox_server.core.html_links import link_words
from samebox_server.core.lookalikes import put_back

_FALLS_AWAY = {
    "script": "a script",
    "style": "a style sheet",
    "iframe": "an embedded page or video",
    "object": "an embedded object",
    "embed": "an embedded object",
    "video": "a video",
    "audio": "a sound",
    "canvas": "a drawing",
    "svg": "a drawing",
    "math": "a formula",
    "form": "a form",
    "button": "a button",
    "input": "a field to fill in",
    "select": "a field to fill in",
    "textarea": "a field to fill in",
    "template": "a template",
    "noscript": "words for browsers without scripts",
}
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "aside", "main", "header", "footer", "blockquote", "pre"}
    | {"dl", "dt", "dd", "address", "figure", "figcaption", "details", "summary", "hr", "table"}
    | {"caption", "td", "th", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN_STYLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|(?<![\w-])opacity:0*\.?0*(?:;|!|$)"
    r"|font-size:0*\.?0*(?:px|pt|em|rem|%)?(?:;|!|$)|(?<![\w-])(?:left|top|text-indent):-\d{3,}"
    r"|(?<![\w-])color:transparent"
)
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_SHOWN = 80  # characters of what fell away


class Kind(StrEnum):
    """What a block was in the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    STEP = "step"
    BULLET = "bullet"
    ROW = "row of a table"


@dataclass(frozen=True)
class Block:
    """Some words on one line; `depth` is 1 for an item of a list and more for what lies in it."""

    kind: Kind
    text: str
    depth: int = 0


@dataclass
class Page:
    """The blocks in their order, what fell away, and what somebody has to put into words."""

    blocks: list[Block] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)


def read_page(html: str) -> Page:
    """The words of a piece of HTML; any text is some HTML."""
    page = Page()
    body = LexborHTMLParser(html).body
    if body is not None:
        reader = _Reader(page)
        for node, is_leaving in _walk(body, reader):
            if is_leaving:
                reader.leave(node)
        reader.flush()
    return page


def plain(text: str, dropped: list[str]) -> str:
    """The words on one line; hidden characters and look-alike letters are named in `dropped`."""
    found = hidden_character(text.replace("\u00ad", "").replace("\r", ""))
    if found is not None:
        _once(dropped, f"hidden characters (U+{ord(found):04X})")
    words, mixed = put_back(without_hidden(text))
    for word in mixed:
        _once(dropped, f"look-alike letters of another alphabet in “{word}”")
    return words


def _walk(top: LexborNode, reader: "_Reader") -> Iterator[tuple[LexborNode, bool]]:
    """Every node as it is entered (the reader says whether to go in) and again as it is left."""
    waiting = [(top, False)]
    while waiting:
        node, is_leaving = waiting.pop()
        if is_leaving:
            yield node, True
            continue
        if not reader.enter(node):
            continue
        waiting.append((node, True))
        child = node.last_child
        while child is not None:
            waiting.append((child, False))
            child = child.prev


class _Reader:
    """Gathers the words between one block and the next."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._words: list[str] = []
        self._lists: list[str] = []
        self._is_item_begun = False
        self._heading = False
        self._tables = 0
        self._cells: list[str] = []

    def enter(self, node: LexborNode) -> bool:
        """Takes in the node itself; whether what it holds counts."""
        tag = node.tag or ""
        if tag == "-text":
            self._words.append(node.text_content or "")
            return False
        if tag.startswith(("-", "!")) or self._falls_away(node, tag):
            return False
        if tag == "br":
            self._words.append("\n")
        elif tag == "a":
            link_words(node, self._page.dropped)
        elif tag in _BLOCKS:
            self.flush()
            self._open(tag)
        return True

    def leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag not in _BLOCKS:
            return
        self.flush()
        if tag in ("ul", "ol"):
            self._lists.pop()
        elif tag in _HEADINGS:
            self._heading = False
        elif tag == "table":
            self._tables -= 1
        elif tag == "tr":
            self._end_row()

    def flush(self) -> None:
        """Makes a block of the words so far."""
        raw, self._words = "".join(self._words), []
        lines = [plain(line, self._page.dropped) for line in raw.split("\n")]
        numbered = [line for line in lines if _NUMBERED.match(line)]
        if len(numbered) > 1 and not self._lists and not self._tables:
            self._add_numbered(lines)
        elif text := " ".join(filter(None, lines)):
            self._add(text)

    def _open(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._lists.append(tag)
        elif tag == "li":
            self._is_item_begun = False
        elif tag in _HEADINGS:
            self._heading = True
        elif tag == "table":
            self._tables += 1
            _once(self._page.asks, "There was a table; its rows are in the rest below.")

    def _add(self, text: str) -> None:
        if self._tables:
            self._cells.append(text)
        elif self._lists:
            first = self._lists.index("ol") if "ol" in self._lists else 0
            depth = len(self._lists) - first + self._is_item_begun
            kind = Kind.STEP if "ol" in self._lists else Kind.BULLET
            self._page.blocks.append(Block(kind, text, max(depth, 1)))
            self._is_item_begun = True
        else:
            kind = Kind.HEADING if self._heading else Kind.PARAGRAPH
            self._page.blocks.append(Block(kind, text))

    def _add_numbered(self, lines: list[str]) -> None:
        for line in filter(None, lines):
            number = _NUMBERED.match(line)
            if number:
                self._page.blocks.append(Block(Kind.STEP, line[number.end() :], 1))
            else:
                self._page.blocks.append(Block(Kind.PARAGRAPH, line))

    def _end_row(self) -> None:
        if self._cells:
            self._page.blocks.append(Block(Kind.ROW, "; ".join(self._cells)))
        self._cells = []

    def _falls_away(self, node: LexborNode, tag: str) -> bool:
        if tag in _FALLS_AWAY:
            where = _address(node)
            self._page.dropped.append(_FALLS_AWAY[tag] + (f" from {where}" if where else ""))
            if tag in ("iframe", "video"):
                self._page.asks.append("There was a video or another page. Say what it showed.")
            return True
        if tag == "img":
            self._picture(node)
            return True
        if _is_hidden(node):
            words = without_hidden(node.text(deep=True) or "")[:_SHOWN]
            self._page.dropped.append(f"hidden text: “{words}”")
            return True
        return False

    def _picture(self, node: LexborNode) -> None:
        sizes = (node.attributes.get("width"), node.attributes.get("height"))
        if _is_hidden(node) or any(size in ("0", "1", "2", "1px") for size in sizes):
            self._page.dropped.append(f"a tracking pixel from {_address(node)}")
            return
        words = without_hidden(node.attributes.get("alt") or "")[:_SHOWN]
        self._page.dropped.append(f"a picture “{words}”")
        self._page.asks.append(f"There was a picture “{words}”. Say in words what to look for.")


def _is_hidden(node: LexborNode) -> bool:
    marks = node.attributes
    style = "".join((marks.get("style") or "").lower().split())
    return "hidden" in marks or _HIDDEN_STYLE.search(style) is not None


def _address(node: LexborNode) -> str:
    address = without_hidden(node.attributes.get("src") or "")
    return "data in the page" if address.lower().startswith("data:") else address[:_SHOWN]


def _once(words: list[str], said: str) -> None:
    if said not in words:
        words.append(said)
