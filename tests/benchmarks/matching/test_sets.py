"""The sets: what is asked is not indexed, half of the questions have no answer, files are read."""

from pathlib import Path

from samebox_agent.matching.documents import Query

from benchmarks.matching.sets import english_articles, halves, outside, second_symptoms


def test_what_is_asked_is_not_indexed() -> None:
    symptoms, typos = second_symptoms(english_articles())
    indexed = {text for each in symptoms.documents for text in each.examples}
    asked = {each.query.text for each in symptoms.questions}
    assert min(len(indexed), len(asked)) > 300
    assert indexed.isdisjoint(asked)
    changed = [
        one.query != other.query
        for one, other in zip(symptoms.questions, typos.questions, strict=True)
    ]
    assert sum(changed) > 0.9 * len(changed)


def test_each_question_has_its_answer_in_exactly_one_half() -> None:
    one, other = halves(english_articles())
    pairs = zip(one.questions, other.questions, strict=True)
    assert {len(each.relevant) + len(there.relevant) for each, there in pairs} == {1}
    for trial in (one, other):
        there = {each.id for each in trial.documents}
        assert all(set(each.relevant) <= there for each in trial.questions)


def test_an_outside_set_is_read(tmp_path: Path) -> None:
    corpus, queries = tmp_path / "corpus.jsonl", tmp_path / "queries.jsonl"
    corpus.write_text('{"id": "a", "title": "T", "applies_to": ["P"], "area": null}\n\n')
    queries.write_text('{"qid": "q", "body": "B", "facts": {"os": "P"}, "relevant": {"a": 2}}\n')
    trial = outside(corpus, queries)
    assert [(each.title, each.applies_to) for each in trial.documents] == [("T", ("P",))]
    assert trial.questions[0].query == Query(body="B", facts=("P",))
    assert trial.questions[0].relevant == {"a": 2}
