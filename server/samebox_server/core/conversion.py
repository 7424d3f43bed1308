"""Makes articles of another help desk's records, for a person to review.

Nothing made here can be imported as it is: every undo is a placeholder, which an import refuses.
What a page says that an article cannot hold is handed back in words, so that nothing is lost.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from samebox_shared.model.article_limits import FILE_LIMIT, NO_UNDO, STEPS_LIMIT, TITLE_LIMIT
from samebox_shared.model.articles import AppliesTo, Article, Risk, Step
from samebox_shared.model.ids import ArticleId

from samebox_server.core.articles import render
from samebox_server.core.conversion_guesses import (
    NO_TOPIC,
    personal_words,
    risky_words,
    systems_in,
    topic_of,
)
from samebox_server.core.conversion_steps import Parts, packed, parts_of
from samebox_server.core.html_words import plain, read_page
from samebox_server.core.zendesk_export import Record

_MOST_SYMPTOMS, _SYMPTOM_SIZE = 8, 120
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass
class Converted:
    """The articles of one record (several when it was too long), what fell away, what somebody has
    to decide, and the words that found no place."""

    record: Record
    articles: list[Article] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


@dataclass
class Chosen:
    """The records to convert, and a sentence for each that is left out."""

    records: list[Record] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def choose(records: Iterable[Record], *, with_drafts: bool, with_restricted: bool) -> Chosen:
    """Leaves out what was never meant for everybody, what has no words, and all but the newest of
    one article in one language."""
    chosen = Chosen()
    newest: dict[str, Record] = {}
    for record in records:
        if why := _why_left_out(record, with_drafts, with_restricted):
            chosen.left_out.append(f"{_name(record)}: {why}")
            continue
        twin = newest.get(name_of(record))
        if twin is not None:
            older, record = sorted((twin, record), key=lambda each: each.updated_at)
            chosen.left_out.append(f"{_name(older)}: It is there twice; the newer one was taken.")
        newest[name_of(record)] = record
    chosen.records = list(newest.values())
    return chosen


def _why_left_out(record: Record, with_drafts: bool, with_restricted: bool) -> str:
    if not plain(record.title, []):
        return "It has no title. Give it one in the export."
    if not (record.body or "").strip():
        return "It has no text."
    if not _LANGUAGE.fullmatch(_language(record)):
        return f"“{record.locale[:20]}” is no language with two letters, such as en or nl."
    if not _slug(record.id):
        return "Its id has no letter and no digit."
    if record.draft and not with_drafts:
        return "It is a draft. With --with-drafts it is converted, too."
    if record.user_segment_id is not None and not with_restricted:
        return (
            "Only some people could read it, and an article of Samebox goes to everybody. With "
            "--with-restricted it is converted, too."
        )
    return ""


def _name(record: Record) -> str:
    return f"{record.place} “{plain(record.title, [])[:60]}”"


def name_of(record: Record) -> str:
    """The id of its article: the same each time, whatever the title is."""
    language = "" if record.is_original else f"-{_slug(record.locale)}"
    return f"zendesk-{_slug(record.id)}{language}"


def _slug(words: int | str) -> str:
    return re.sub("[^a-z0-9]+", "-", str(words).lower()[:36]).strip("-")


def _language(record: Record) -> str:
    return record.locale.replace("_", "-").partition("-")[0].lower()


def convert(record: Record, originals: Iterable[str] = ()) -> Converted:
    """The articles of a record that was chosen; `originals` are the ids a translation may name."""
    page = read_page(record.body or "")
    converted = Converted(record, dropped=page.dropped)
    title = plain(record.title, converted.dropped)
    parts = parts_of(page.blocks)
    whole = Article(
        article_id=ArticleId(name_of(record)),
        version=1,
        title=title,
        summary=parts.summary,
        language=_language(record),
        translates=_original(record, originals),
        topic=topic_of(record.section, record.label_names, title),
        symptoms=_symptoms(title, parts, record.label_names),
        applies_to=_applies_to(title, record.label_names),
        risk=Risk.REVERSIBLE,
        undo=NO_UNDO,
    )
    if len(title) > TITLE_LIMIT:
        whole = msgspec.structs.replace(whole, title=packed(title, TITLE_LIMIT)[0])
        converted.asks.append(f"The title was cut: “{title}”")
    converted.articles = _split(whole, parts.steps)
    converted.rest = parts.rest
    converted.asks += _questions(record, whole, parts, len(converted.articles))
    converted.asks += dict.fromkeys([*page.asks, *parts.asks])
    return converted


def _original(record: Record, originals: Iterable[str]) -> ArticleId | msgspec.UnsetType:
    original = f"zendesk-{_slug(record.id)}"
    is_there = not record.is_original and original in originals
    return ArticleId(original) if is_there else msgspec.UNSET


def _symptoms(title: str, parts: Parts, labels: Iterable[str]) -> tuple[str, ...]:
    """The title, the headings that say what goes wrong, and labels of more than one word."""
    said = [plain(label, []) for label in labels]
    found: dict[str, str] = {}
    for words in (title, *parts.problems, *(label for label in said if " " in label)):
        short = packed(words, _SYMPTOM_SIZE)[0]
        found.setdefault(short.casefold(), short)
    return tuple(found.values())[:_MOST_SYMPTOMS]


def _applies_to(title: str, labels: Iterable[str]) -> tuple[AppliesTo, ...]:
    systems = systems_in(" ".join([title, *labels]))
    return (AppliesTo(system=systems[0]),) if len(systems) == 1 else ()


def _split(whole: Article, steps: list[str]) -> list[Article]:
    """One article, or several when the steps are too many or too long for one file."""
    parts: list[tuple[Step, ...]] = []
    for text in steps:
        step = Step(text=text)
        if parts and _fits(whole, (*parts[-1], step)):
            parts[-1] += (step,)
        else:
            parts.append((step,))
    if len(parts) == 1:
        return [msgspec.structs.replace(whole, steps=parts[0])]
    return [_part(whole, each, number, len(parts)) for number, each in enumerate(parts, start=1)]


_ROOM = 60  # characters for what the name of a part adds


def _fits(whole: Article, steps: tuple[Step, ...]) -> bool:
    size = len(render(msgspec.structs.replace(whole, steps=steps)))
    return len(steps) <= STEPS_LIMIT and size <= FILE_LIMIT - _ROOM


def _part(whole: Article, steps: tuple[Step, ...], number: int, amount: int) -> Article:
    said = f" ({number} of {amount})"
    title = packed(whole.title, TITLE_LIMIT - len(said))[0] + said
    if number == 1:
        return msgspec.structs.replace(whole, title=title, steps=steps)
    return msgspec.structs.replace(
        whole,
        article_id=ArticleId(f"{whole.article_id}-part-{number}"),
        title=title,
        translates=msgspec.UNSET,
        symptoms=(title,),
        steps=steps,
    )


def _questions(record: Record, article: Article, parts: Parts, amount: int) -> list[str]:
    """What nobody but a person can decide."""
    words = " ".join([article.summary, *parts.steps])
    asks = ["Write the undo: how to go back, or that nothing has to be put back."]
    risky = ", ".join(f"“{word}”" for word in risky_words(words))
    because = f"; the words {risky} may make it 2" if risky else ""
    asks.append(f"Decide the risk. 1 was put in{because}.")
    guessed = "No topic was found; choose one." if article.topic == NO_TOPIC else "Is it right?"
    asks.append(f"The topic is a guess: {article.topic}. {guessed}")
    if len(article.symptoms) < 4:
        asks.append("Write 4 to 8 symptoms in people's words; there are few.")
    fits = ", ".join(each.system.value for each in article.applies_to if each.system)
    asks.append(f"It is said to fit {fits or 'every laptop'}. Narrow it where it fits fewer.")
    if amount > 1:
        asks.append(f"It was too long and became {amount} articles. Shorten it, or name each well.")
    if personal := personal_words(words):
        asks.append(f"It names people or numbers: {', '.join(personal)}.")
    if record.draft:
        asks.append("It was a draft there: nobody had published it.")
    if record.user_segment_id is not None:
        asks.append("Only some people could read it there. May everybody?")
    return asks
