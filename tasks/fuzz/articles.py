"""Target `articles`: whatever is in a file, it is refused in words or read and kept as it is."""

import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from samebox_server.core.article_form import form_of
from samebox_server.core.article_form import read as read_form
from samebox_server.core.articles import BrokenArticle, parse, render
from samebox_server.starter import starter_files
from samebox_server.web.drawing import drawn
from samebox_server.web.portal import words
from samebox_shared.model.article_limits import FILE_LIMIT
from samebox_shared.model.articles import Article

from tasks.fuzz.judging import BrokenPromise, Target

WORDS = (
    *("---\n", "id: ", "title: ", "language: ", "translates: ", "topic: ", "symptoms:\n- "),
    *("applies_to:\n- ", "system: ", "versions: '>=1,<2'", "vendor: ", "family: ", "model: "),
    *("condition: ", "reason: ", "risk: 2", "version: 1", "windows", "macos", "linux"),
    *("## Steps\n\n1. ", "## Undo\n\n", "\n2. ", "settings:wifi", "[Open it](settings:sound)"),
    *("&a ", "*a", "<<: ", "!!str ", "!!binary ", "? ", ": ", "- ", "| ", "|-\n  ", ">+\n  "),
    *("'", '"', "\\", "\\u200b", "\\x00", '"\\ud800"', "{a: b}", "[a, b]", "%YAML 1.1\n", "...\n"),
    *("#", "> ", "* ", "+ ", "```", "~~~", "    ", "\t", "***", "__", "`", "![x](y)", "[x]: /y\n"),
    *("<b>", "<!-- -->", "<a@b.c>", "&lt;", "&#8203;", "&nbsp;", "\\*", "\\\n", "  \n", "\r", "\n"),
    *("\n\n", "\ufeff", "\u200b", "\u202e", "\u2028", "\u0085", "\u3164", "\ufe0f", "\ud800"),
    *("\u00ad", "\u034f", "\U000e0041", "\uffff", "{battery.wear_percent}", "{", "}", "1)", "1\\."),
)
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
EMPTY = ((0x034F,), (0x115F, 0x1160), (0x17B4, 0x17B5), range(0x180B, 0x1810), (0x2800, 0x3164))
EMPTY_LETTERS = frozenset(
    chr(number)
    for numbers in (*EMPTY, range(0xFE00, 0xFE0E), (0xFFA0,), range(0xE0100, 0xE01F0))
    for number in numbers
)
"""Drawn as nothing though Unicode counts them among letters, marks and signs."""
TAGS = frozenset({"p", "h2", "ol", "li", "a"})
PAGE_TAGS = frozenset({"article", "h1", "h2", "p", "span", "ol", "ul", "li", "code"})
PAGE_ATTRIBUTES = frozenset({"class", "lang"})


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def act(data: bytes) -> Article | BrokenArticle:
    return parse(text_of(data), source="fuzz")


def promises(data: bytes, read: Article | BrokenArticle) -> None:
    if isinstance(read, BrokenArticle):
        lines = len(text_of(data).replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        if not 1 <= read.line <= lines:
            raise BrokenPromise("line-not-in-file", f"{read.line} of {lines}: {read.what}")
        if not read.what or "\n" in read.what:
            raise BrokenPromise("refused-without-a-sentence", repr(read.what))
        return
    written = render(read)
    again = parse(written, source="fuzz")
    if again != read:
        raise BrokenPromise("not-the-same-again", f"{read}\n{again}\n{written}")
    for text in texts(read):
        _plain(text)
    _no_markup(read, written)
    _as_a_page(read)
    _as_a_form(read)


def texts(article: Article) -> Iterator[str]:
    """Everything that an article says."""
    yield from (article.article_id, article.title, article.summary, article.language)
    yield from (article.topic, article.condition, article.reason, article.undo)
    yield from article.symptoms
    for kind in article.applies_to:
        yield from (kind.versions, kind.vendor, kind.family, kind.model)
    for step in article.steps:
        yield from (step.text, step.settings)


def _plain(text: str) -> None:
    if text != " ".join(text.split()):
        raise BrokenPromise("not-on-one-line", repr(text))
    for character in text:
        if unicodedata.category(character) in INVISIBLE or character in EMPTY_LETTERS:
            raise BrokenPromise("hidden-character", f"U+{ord(character):04X} in {text!r}")


class _Shown(HTMLParser):
    """What a browser makes of an article."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.named: set[str] = set()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.named.update(name for name, _ in attrs)

    def handle_comment(self, data: str) -> None:
        self.tags.add("!--")

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _no_markup(article: Article, written: str) -> None:
    """Another reader of Markdown must see the same words, and no sign in them that does more."""
    shown = _Shown()
    shown.feed(MarkdownIt("commonmark").render(written.split("\n---\n", 1)[1]))
    shown.close()
    if shown.tags - TAGS:
        raise BrokenPromise("markup", f"{sorted(shown.tags - TAGS)} in {written!r}")
    undo = ["Undo", article.undo] if article.undo else []
    steps = [step.text for step in article.steps]
    wanted = " ".join([article.summary, "Steps", *steps, *undo])
    if "".join("".join(shown.said).split()) != "".join(wanted.split()):
        raise BrokenPromise("other-words", repr(shown.said))


def _as_a_page(article: Article) -> None:
    """The portal shows the words and makes nothing of them."""
    html = drawn("portal/preview.html", words=words, article=article, fault=None, duplicates=())
    shown = _Shown()
    shown.feed(html)
    shown.close()
    if shown.tags - PAGE_TAGS:
        raise BrokenPromise("page-markup", f"{sorted(shown.tags - PAGE_TAGS)} in {html!r}")
    if shown.named - PAGE_ATTRIBUTES:
        odd = sorted(shown.named - PAGE_ATTRIBUTES)
        raise BrokenPromise("page-attribute", f"{odd} in {html!r}")
    said = "".join("".join(shown.said).split())
    steps = (step.text for step in article.steps)
    for text in (article.title, article.summary, article.undo, *article.symptoms, *steps):
        if "".join(text.split()) not in said:
            raise BrokenPromise("page-without-words", f"{text!r} is not in {html!r}")


def _as_a_form(article: Article) -> None:
    """What the portal's form shows is handed over as the same article."""
    again = read_form(form_of(article), article.article_id, article.version)
    if again != article:
        raise BrokenPromise("other-by-form", f"{article}\n{again}")


def start() -> list[bytes]:
    return [text.encode() for text in starter_files().values()]


ARTICLES = Target("articles", act, promises, start, WORDS, FILE_LIMIT + 64)
