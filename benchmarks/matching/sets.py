"""What is searched and what is asked: made of the starter articles, or read from two files."""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from samebox_agent.matching import dutch
from samebox_agent.matching.documents import Document, Query
from samebox_server.core.articles import parse
from samebox_server.starter import starter_files
from samebox_shared.model.articles import Article

from benchmarks.matching.typos import with_typo

QUESTIONS = Path(__file__).with_name("dutch.jsonl")


class Question(NamedTuple):
    """`relevant` has the grade of each document that answers it; none when nothing does."""

    query: Query
    relevant: Mapping[str, float]


class Trial(NamedTuple):
    """Questions to one corpus. Sets with the same corpus share its index."""

    name: str
    documents: Sequence[Document]
    questions: Sequence[Question]
    is_in_english: bool = False
    """Its questions were translated, or are meant not to be: nobody translates them again."""


def english_articles() -> list[Article]:
    """The starter articles, without those that say another one in Dutch."""
    parsed = (parse(text, source=name) for name, text in starter_files().items())
    return [each for each in parsed if isinstance(each, Article) and each.language == "en"]


def document(article: Article, symptoms: Sequence[str]) -> Document:
    """An article as it is indexed, with some of its symptoms."""
    systems = (str(each.system) for each in article.applies_to if each.system is not None)
    return Document(
        id=article.article_id,
        title=article.title,
        body=article.summary,
        fix=" ".join(step.text for step in article.steps),
        examples=tuple(symptoms),
        applies_to=tuple(dict.fromkeys(systems)),
        topic=article.topic,
    )


def second_symptoms(articles: Sequence[Article]) -> tuple[Trial, Trial]:
    """Every second symptom is indexed and the others are asked: as written, and with a typo."""
    documents = [document(each, each.symptoms[::2]) for each in articles]
    asked = list(_other_symptoms(articles))
    chance = random.Random(1)
    wrong = [(with_typo(text, chance), article_id) for text, article_id in asked]
    return (
        Trial("symptoms", documents, _questions(asked)),
        Trial("typos", documents, _questions(wrong)),
    )


def dutch_questions(articles: Sequence[Article]) -> tuple[Trial, Trial]:
    """The Dutch questions, as they stand and in English by Samebox's table."""
    documents = [document(each, each.symptoms) for each in articles]
    lines = (msgspec.json.decode(line) for line in QUESTIONS.read_bytes().splitlines())
    asked = [(line["text"], line["article"]) for line in lines]
    said = [
        (dutch.in_english(text) if dutch.is_dutch(text) else text, article_id)
        for text, article_id in asked
    ]
    return (
        Trial("dutch", documents, _questions(asked), is_in_english=True),
        Trial("dutch, table", documents, _questions(said), is_in_english=True),
    )


def halves(articles: Sequence[Article]) -> tuple[Trial, Trial]:
    """Each half of the articles alone, asked everything: half of it has no answer."""
    mixed = list(articles)
    random.Random(1).shuffle(mixed)
    asked = list(_other_symptoms(articles))
    one, other = (
        Trial(f"half {number}", documents, _questions(asked, {each.id for each in documents}))
        for number, documents in enumerate(
            [document(each, each.symptoms[::2]) for each in mixed[start::2]] for start in (0, 1)
        )
    )
    return one, other


def outside(corpus: Path, queries: Path) -> Trial:
    """A set in the format of `samebox-match`; its labels stand in `relevant` of the queries."""
    return Trial(
        "outside",
        [_document(line) for line in _lines(corpus)],
        [Question(_query(line), line.get("relevant") or {}) for line in _lines(queries)],
    )


def _other_symptoms(articles: Sequence[Article]) -> Iterator[tuple[str, str]]:
    return ((text, each.article_id) for each in articles for text in each.symptoms[1::2])


def _questions(
    asked: Sequence[tuple[str, str]], known: set[str] | None = None
) -> tuple[Question, ...]:
    return tuple(
        Question(
            Query(body=text), {article_id: 1.0} if known is None or article_id in known else {}
        )
        for text, article_id in asked
    )


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open("rb") as lines:
        yield from (msgspec.json.decode(line) for line in lines if line.strip())


def _document(line: dict[str, Any]) -> Document:
    return msgspec.convert(_without_nothing(line), Document)


def _query(line: dict[str, Any]) -> Query:
    facts = line.get("facts") or {}
    told = {**_without_nothing(line), "facts": [str(value) for value in facts.values()]}
    return msgspec.convert(told, Query)


def _without_nothing(line: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in line.items() if value is not None}
