"""An article as the fields of a form, and back: the file is put together from the fields, so that
what is written in the portal and what is imported are read by the same reader.

A fault of the file is told at the field that it comes from.
"""

import re
import unicodedata

import msgspec
import yaml
from msgspec import Struct
from samebox_shared.model.article_limits import FILE_LIMIT, ID_LIMIT, TITLE_LIMIT, without_hidden
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId

from samebox_server.core.articles import BrokenArticle, parse, render

FENCE = "---"
TEXT = "text"
"""The field with the body."""
KIND_FIELDS = ("system", "versions", "vendor", "family", "model")
_SIMPLE = ("title", "language", "translates", "topic")
_LAST = ("condition", "reason", "risk")
_BELOW_A_LINE = ("symptoms", "applies_to", TEXT)
"""Their own first line is the second one of their piece of the file."""
_NEEDED = {
    "title": "Write what goes wrong, in one line.",
    "topic": "Choose what it is about.",
    "symptoms": "Write at least one sentence as people say it.",
    TEXT: "Write one paragraph, then '## Steps' and a numbered list.",
}
_TOO_LONG = f"There is too much in it. Keep it within {FILE_LIMIT} characters: split it in two."
_NOT_AN_ID = re.compile(r"[^a-z0-9]+")


class KindForm(Struct, frozen=True):
    """One kind of device the article fits."""

    system: str = ""
    versions: str = ""
    vendor: str = ""
    family: str = ""
    model: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return not any(getattr(self, name).strip() for name in KIND_FIELDS)


class ArticleForm(Struct, frozen=True, kw_only=True):
    """What is filled in; every field as it was typed. `symptoms` has one a line; `text` is the body
    in Markdown."""

    title: str = ""
    language: str = "en"
    translates: str = ""
    topic: str = ""
    audience: str = ""
    symptoms: str = ""
    applies_to: tuple[KindForm, ...] = ()
    condition: str = ""
    reason: str = ""
    risk: str = "0"
    text: str = ""


class FieldFault(Struct, frozen=True):
    """What is wrong, at which field, and on which line of it (from 1)."""

    field: str
    line: int
    what: str


def source_of(form: ArticleForm, article_id: str, version: int) -> str:
    """The article file that the form stands for."""
    chunks = _chunks(form, article_id, version)
    return "".join(chunk for _, chunk in chunks)


def read(form: ArticleForm, article_id: str, version: int) -> Article | FieldFault:
    """The article, or the first thing that is wrong with the form."""
    for field, advice in _NEEDED.items():
        if not _said(form, field):
            return FieldFault(field, 1, advice)
    if _length(form) > FILE_LIMIT:
        return FieldFault(TEXT, 1, _TOO_LONG)
    chunks = _chunks(form, article_id, version)
    read_back = parse("".join(chunk for _, chunk in chunks), source="form")
    if isinstance(read_back, BrokenArticle):
        return _at_field(chunks, read_back)
    return read_back


def form_of(article: Article) -> ArticleForm:
    """The form that stands for an article."""
    head, _, body = render(article).removeprefix(FENCE + "\n").partition(f"\n{FENCE}\n")
    keys = yaml.safe_load(head)
    return ArticleForm(
        title=article.title,
        language=article.language,
        translates=str(article.translates or ""),
        topic=article.topic,
        audience=str(keys.get("audience", "")),
        symptoms="\n".join(article.symptoms),
        applies_to=tuple(
            KindForm(
                system=kind.system.value if kind.system else "",
                versions=kind.versions,
                vendor=kind.vendor,
                family=kind.family,
                model=kind.model,
            )
            for kind in article.applies_to
        ),
        condition=article.condition,
        reason=article.reason,
        risk=str(int(article.risk)),
        text=body.strip("\n") + "\n",
    )


def id_for(title: str, taken: frozenset[str]) -> ArticleId:
    """An id made of the title's words, with a number behind it where that one is taken."""
    plain = unicodedata.normalize("NFKD", without_hidden(title)[:TITLE_LIMIT].casefold())
    words = _NOT_AN_ID.sub("-", plain.encode("ascii", "ignore").decode()).strip("-")
    stem = words[: ID_LIMIT - 6].rstrip("-") or "article"
    number = 1
    while (found := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return ArticleId(found)


def _chunks(form: ArticleForm, article_id: str, version: int) -> list[tuple[str, str]]:
    """The file in pieces, each with the field it comes from."""
    chunks = [("title", f"{FENCE}\n{_yaml('id', article_id)}")]
    chunks += [(name, _yaml(name, getattr(form, name))) for name in _SIMPLE if _said(form, name)]
    symptoms = [line.strip() for line in form.symptoms.splitlines() if line.strip()]
    chunks.append(("symptoms", _yaml("symptoms", symptoms)))
    kinds = [_kind(kind) for kind in form.applies_to if not kind.is_empty]
    if kinds:
        chunks.append(("applies_to", _yaml("applies_to", kinds)))
    if form.audience:
        chunks.append(("audience", _yaml("audience", form.audience)))
    chunks += [(name, _yaml(name, getattr(form, name))) for name in _LAST if _said(form, name)]
    chunks.append(("title", f"{_yaml('version', version)}{FENCE}\n"))
    body = form.text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    chunks.append((TEXT, f"\n{body}"))
    return chunks


def _length(form: ArticleForm) -> int:
    """Characters that are filled in. Too much of it is refused before it is made into a file,
    which would take the server a tenth of a second."""
    kinds = sum(len(getattr(kind, name)) for kind in form.applies_to for name in KIND_FIELDS)
    return kinds + sum(len(one) for one in msgspec.structs.astuple(form) if isinstance(one, str))


def _said(form: ArticleForm, name: str) -> bool:
    return bool(getattr(form, name).strip())


def _kind(kind: KindForm) -> dict[str, str]:
    words = {name: getattr(kind, name).strip() for name in KIND_FIELDS}
    return {name: value for name, value in words.items() if value}


def _yaml(key: str, value: object) -> str:
    return yaml.safe_dump({key: value}, sort_keys=False, allow_unicode=True, width=4096)


def _at_field(chunks: list[tuple[str, str]], broken: BrokenArticle) -> FieldFault:
    found, line = TEXT, broken.line
    for field, chunk in chunks:
        lines = chunk.count("\n")
        found = field
        if line <= lines:
            break
        line -= lines if field != TEXT else 0  # its last line may have no end
    above = 1 if found in _BELOW_A_LINE else 0
    return FieldFault(found, max(1, line - above), broken.what)
