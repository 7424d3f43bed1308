"""Reads what Zendesk Guide hands out: `articles.json`, its pages one after another, or one article
a line. Each article that cannot be read is named with its place, and the others are there.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from samebox_shared.model.article_limits import without_hidden

from samebox_server.core.intake import line_at

_MOST_TRIES = 2_000
_OBJECT = re.compile(r'\{\s*(?=")')


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One article in one language, with the names that the export gives its fields. `place` says
    where it stood."""

    id: int | str
    title: str = ""
    body: str | None = None
    locale: str = "en-us"
    source_locale: str | None = None
    label_names: list[str] = []
    section_id: int | str | None = None
    user_segment_id: int | str | None = None
    draft: bool = False
    updated_at: str = ""
    section: str = ""
    place: str = ""

    @property
    def is_original(self) -> bool:
        """Whether it was written in this language, as far as the export says."""
        return self.locale.lower() == (self.source_locale or self.locale).lower()


@dataclass
class Export:
    """The articles in their order, and a sentence for each that could not be read."""

    records: list[Record] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_export(text: str) -> Export:
    """All that can be read of an export."""
    export = Export()
    try:
        values = [json.loads(text)]
    except (ValueError, RecursionError) as error:
        values, export.faults = _salvage(text)
        if not values and not export.faults:
            export.faults.append(f"This is no JSON ({error}). Export the articles as JSON.")
    found = _Found()
    for value in values:
        found.take(value)
    for place, raw in enumerate(found.articles, start=1):
        _read(raw, place, found.sections, export)
    if not export.records and not export.faults:
        export.faults.append('There is no article in it: a list "articles" was looked for.')
    return export


class _Found:
    """The raw articles and the names of sections, wherever they stand."""

    def __init__(self) -> None:
        self.articles: list[Any] = []
        self.sections: dict[str, str] = {}

    def take(self, value: object) -> None:
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, dict):
                self.articles.append(one)
            elif isinstance(one.get("articles"), list):
                self.articles += one["articles"]
                self._take_sections(one.get("sections"))
            elif isinstance(one.get("article"), dict):
                self.articles.append(one["article"])
            elif "category_id" in one:
                self._take_sections([one])
            elif "body" in one or "title" in one:
                self.articles.append(one)

    def _take_sections(self, sections: object) -> None:
        for one in sections if isinstance(sections, list) else []:
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                self.sections[str(one.get("id"))] = one["name"]


def _read(raw: object, place: int, sections: dict[str, str], export: Export) -> None:
    if not isinstance(raw, dict):
        export.faults.append(f"article {place}: This is no article but {type(raw).__name__}.")
        return
    where = f"article {place}" + (
        f" (id {without_hidden(str(raw['id']))[:40]})" if "id" in raw else ""
    )
    try:
        known = {key: value for key, value in raw.items() if value is not None}
        record = msgspec.convert(known, Record)
    except msgspec.ValidationError as error:
        export.faults.append(f"{where}: {error}. It was left out; mend it in the export.")
        return
    section = sections.get(str(record.section_id), "")
    record = msgspec.structs.replace(
        record,
        locale=without_hidden(record.locale),
        updated_at=without_hidden(record.updated_at),
        section=section,
        place=where,
    )
    for one in (record, *_translations(record, raw.get("translations"), export)):
        if "\ufffd" in one.title + (one.body or ""):
            export.faults.append(
                f"{one.place}: Some characters are not readable (shown as \ufffd)."
            )
        export.records.append(one)


def _translations(record: Record, raw: object, export: Export) -> Iterator[Record]:
    """The other languages, where the export has them inside of the article."""
    for one in raw if isinstance(raw, list) else []:
        try:
            other = msgspec.convert(one, _Translation)
        except msgspec.ValidationError as error:
            export.faults.append(f"{record.place}: A translation was left out ({error}).")
            continue
        if other.locale.lower() != record.locale.lower():
            yield msgspec.structs.replace(
                record,
                title=other.title or "",
                body=other.body,
                locale=without_hidden(other.locale),
                source_locale=record.source_locale or record.locale,
                draft=other.draft,
                updated_at=without_hidden(other.updated_at or record.updated_at),
                place=f"{record.place} in {without_hidden(other.locale)}",
            )


class _Translation(msgspec.Struct, frozen=True):
    locale: str
    title: str | None = None
    body: str | None = None
    draft: bool = False
    updated_at: str | None = None


def _salvage(text: str) -> tuple[list[Any], list[str]]:
    """Every whole object of a text that is no JSON as a whole, and each place where it breaks.

    The break of an article is also that of the list around it: one place, named once.
    """
    decoder = json.JSONDecoder()
    values: list[Any] = []
    breaks: dict[int, str] = {}
    at = tries = 0
    while tries < _MOST_TRIES and (start := _OBJECT.search(text, at)):
        try:
            value, at = decoder.raw_decode(text, start.start())
        except json.JSONDecodeError as error:
            breaks[error.pos] = error.msg
            at, tries = start.end(), tries + 1
        except RecursionError:
            breaks[start.start()] = "it is nested too deep"
            at, tries = start.end(), tries + 1
        else:
            if _is_ours(value):
                values.append(value)
    return values, [
        f"line {line_at(text, place)}: The JSON breaks here ({said}). The article around this "
        "place was left out; the others are there."
        for place, said in sorted(breaks.items())
    ]


def _is_ours(value: dict[str, Any]) -> bool:
    return not value.keys().isdisjoint({"articles", "article", "category_id", "body"})
