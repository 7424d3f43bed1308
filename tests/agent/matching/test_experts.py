"""Who will answer, from the questions in an index: only the past counts."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from samebox_agent.matching.documents import Document, Query
from samebox_agent.matching.experts import Experts
from samebox_agent.matching.index import Index
from samebox_agent.matching.matcher import Matcher

from tests.support.themes import Themes


def asked(name: str, title: str, created: float | None, topic: str = "") -> Document:
    return Document(id=name, title=title, created=created, topic=topic)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with closing(Index(tmp_path / "index.sqlite")) as made:
        yield made


def matcher_of(index: Index, *documents: Document) -> Matcher:
    matcher = Matcher(index, Themes("vpn", "printer"))
    matcher.keep(documents)
    matcher.encode_some(100)
    matcher.refresh()
    return matcher


def names(experts: Experts, query: Query, most: int = 9) -> list[str]:
    return [person for person, _ in experts.rank(query, most)]


def test_who_answered_such_questions_comes_first(index: Index) -> None:
    matcher = matcher_of(index, asked("a", "vpn drops", 1.0), asked("b", "printer jam", 2.0))
    experts = Experts(matcher, {"a": ["", "ana"], "b": ["", "ben"]})
    assert names(experts, Query(title="vpn", created=9.0)) == ["ana", "ben"]
    assert names(experts, Query(title="printer", created=9.0)) == ["ben", "ana"]


def test_who_answered_lately_comes_first_whatever_the_order_of_the_corpus(index: Index) -> None:
    filler = [asked(f"between {each}", "vpn", 10.0 + each) for each in range(50)]
    matcher = matcher_of(index, asked("new", "vpn", 99.0), *filler, asked("old", "vpn", 1.0))
    answered = {each.id: ["", "cleo"] for each in filler} | {"new": ["", "zoe"], "old": ["", "ana"]}
    ranked = names(Experts(matcher, answered), Query(title="vpn", created=100.0))
    assert ranked.index("zoe") < ranked.index("ana")


def test_who_answered_on_the_same_topic_comes_first(index: Index) -> None:
    past = {"ana": "printing", "ben": "network"}
    questions = [
        asked(f"{person} {each}", "it", each, topic)
        for person, topic in past.items()
        for each in range(50)
    ]
    answered = {each.id: ["", each.id.split()[0]] for each in questions}
    experts = Experts(matcher_of(index, *questions), answered)
    assert names(experts, Query(title="it", created=99.0, topic="network")) == ["ben", "ana"]
    assert names(experts, Query(title="it", created=99.0, topic="printing")) == ["ana", "ben"]


def test_who_solved_it_comes_first(index: Index) -> None:
    experts = Experts(matcher_of(index, asked("a", "vpn", 1.0)), {"a": ["ben", "ana", "ben"]})
    assert names(experts, Query(title="vpn", created=9.0)) == ["ben", "ana"]


def test_only_what_was_asked_before_counts(index: Index) -> None:
    matcher = matcher_of(
        index, asked("before", "vpn", 4.0), asked("same", "vpn", 5.0), asked("after", "vpn", 6.0)
    )
    answered = {"before": ["", "ana"], "same": ["", "ben"], "after": ["", "cleo"]}
    experts = Experts(matcher, answered)
    assert names(experts, Query(title="vpn", created=5.0)) == ["ana"]
    assert names(experts, Query(title="vpn", created=1.0)) == []
    assert set(names(experts, Query(title="vpn"))) == {"ana", "ben", "cleo"}


def test_what_comes_later_changes_no_score(index: Index) -> None:
    query = Query(title="vpn", created=5.0)
    later = [asked(f"later {each}", "vpn", 7.0 + each) for each in range(200)]
    answered = {"a": ["", "ana"], "b": ["", "ben"]} | {each.id: ["", "ben"] for each in later}
    past = (asked("a", "vpn", 1.0), asked("b", "printer", 2.0))
    before = Experts(matcher_of(index, *past), answered).rank(query, 9)
    after = Experts(matcher_of(index, *past, *later), answered).rank(query, 9)
    assert before == after


def test_questions_without_a_date_always_count(index: Index) -> None:
    experts = Experts(matcher_of(index, asked("a", "vpn", None)), {"a": ["", "ana"]})
    assert names(experts, Query(title="vpn")) == ["ana"]
    assert names(experts, Query(title="vpn", created=9.0)) == ["ana"]  # as documents do


def test_questions_that_nobody_answered_are_left_out(index: Index) -> None:
    matcher = matcher_of(index, asked("a", "vpn", 1.0), asked("b", "vpn", 2.0))
    assert names(Experts(matcher, {"a": ["", "ana"]}), Query(title="vpn", created=9.0)) == ["ana"]


def test_only_as_many_as_were_asked_for(index: Index) -> None:
    experts = Experts(matcher_of(index, asked("a", "vpn", 1.0)), {"a": ["", "ana", "ben", "cleo"]})
    assert names(experts, Query(title="vpn"), most=2) == ["ana", "ben"]


def test_without_questions_there_is_nobody(index: Index) -> None:
    assert names(Experts(matcher_of(index), {}), Query(title="vpn")) == []
