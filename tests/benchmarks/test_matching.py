"""The Dutch questions name articles that are there, each of them several times."""

from collections import Counter
from pathlib import Path

import msgspec
from samebox_agent.matching.dutch import is_dutch
from samebox_server.starter import starter_files

QUESTIONS = Path(__file__).parents[2] / "benchmarks" / "matching" / "dutch.jsonl"


class Question(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    article: str


def questions() -> list[Question]:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Question) for line in lines]


def test_every_question_is_asked_once_and_names_an_article() -> None:
    asked = questions()
    known = {Path(name).stem for name in starter_files()}
    assert [each.article for each in asked if each.article not in known] == []
    assert max(Counter(each.text.casefold() for each in asked).values()) == 1
    assert min(Counter(each.article for each in asked).values()) >= 3


def test_nearly_all_are_taken_for_dutch() -> None:
    asked = [each.text for each in questions()]
    missed = [text for text in asked if not is_dutch(text)]
    assert len(missed) <= 0.05 * len(asked), missed
