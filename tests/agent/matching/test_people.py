"""Who will answer: what makes one person likelier than another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.matching.people import Answered, rank


def answered(
    *people: str, like: float = 0.5, behind: int = 0, solver: str = "", same_topic: bool = False
) -> Answered:
    return Answered(people, solver, like, behind, same_topic)


def names(*past: Answered, asked: int = 100) -> list[str]:
    return [person for person, _ in rank(past, asked)]


def test_nobody_answered_before() -> None:
    assert rank([], 0) == []
    assert rank([answered()], 1) == []


def test_who_answered_what_is_like_this_comes_first() -> None:
    assert names(answered("ana", like=0.1), answered("ben", like=0.8)) == ["ben", "ana"]


def test_who_answered_lately_comes_first() -> None:
    assert names(answered("ana", behind=90), answered("ben", behind=1)) == ["ben", "ana"]


def test_who_answered_on_the_same_topic_comes_first() -> None:
    assert names(answered("ana"), answered("ben", same_topic=True)) == ["ben", "ana"]


def test_who_answers_often_comes_first() -> None:
    assert names(answered("ana"), answered("ben"), answered("ben")) == ["ben", "ana"]


def test_who_solved_it_comes_before_who_answered_too() -> None:
    assert names(answered("ana", "ben", solver="ben")) == ["ben", "ana"]


def test_answering_one_question_twice_counts_once() -> None:
    once, twice = rank([answered("ana", "ben")], 9), rank([answered("ana", "ana", "ben")], 9)
    assert once == twice


def test_equals_are_in_the_order_of_their_names() -> None:
    assert names(answered("cleo"), answered("ana"), answered("ben")) == ["ana", "ben", "cleo"]


def test_what_was_answered_very_long_ago_still_counts() -> None:
    old = [answered("ana", like=0.0, behind=100_000), answered("ben", like=0.9, behind=100_000)]
    assert names(*old) == ["ben", "ana"]


@pytest.mark.parametrize("asked", [0, 1, 1_000_000])
def test_a_single_person_is_sure_however_much_was_asked(asked: int) -> None:
    ((person, score),) = rank([answered("ana", behind=3)], asked)
    assert person == "ana"
    assert score == pytest.approx(1.0)


past = st.lists(
    st.builds(
        Answered,
        st.lists(st.sampled_from(["ana", "ben", "cleo", "dirk"]), max_size=3).map(tuple),
        st.sampled_from(["", "ana", "ben"]),
        st.floats(-1.0, 1.0),
        st.integers(0, 500),
        st.booleans(),
    ),
    max_size=8,
)


@given(past)
def test_everyone_is_there_once_and_no_score_rises_down_the_list(these: list[Answered]) -> None:
    ranked = rank(these, 500)
    scores = [score for _, score in ranked]
    assert sorted(person for person, _ in ranked) == sorted(
        {person for each in these for person in each.people}
    )
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 < score <= 1.0 + 1e-9 for score in scores)


@given(past, st.integers(0, 500), st.floats(-1.0, 1.0))
def test_answering_once_more_never_moves_one_down(
    these: list[Answered], behind: int, like: float
) -> None:
    before = [person for person, _ in rank(these, 500)]
    more = rank([*these, answered("ana", like=like, behind=behind)], 500)
    after = [person for person, _ in more]
    if "ana" in before:
        assert after.index("ana") <= before.index("ana")
