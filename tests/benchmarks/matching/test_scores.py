"""The measures against values that can be worked out by hand."""

import math

import pytest

from benchmarks.matching.scores import Top, auroc, coverage, hit, mean, ndcg


def top(score: float, is_right: bool, has_answer: bool = True) -> Top:
    return Top(score, is_right, has_answer)


def test_a_hit_is_among_the_first_ones() -> None:
    assert [hit(["a", "b", "c"], {"b"}, most) for most in (1, 2, 5)] == [0.0, 1.0, 1.0]
    assert hit([], {"b"}, 5) == 0.0


def test_ndcg_of_one_answer_falls_with_its_place() -> None:
    found = [ndcg([*"x" * before, "a"], {"a": 1.0}) for before in range(3)]
    assert found == pytest.approx([1.0, 1 / math.log2(3), 0.5])
    assert ndcg([*"x" * 10, "a"], {"a": 1.0}) == 0.0


def test_ndcg_wants_the_best_answer_first() -> None:
    grades = {"best": 2.0, "good": 1.0}
    assert ndcg(["best", "good"], grades) == pytest.approx(1.0)
    worse = (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))
    assert ndcg(["good", "best"], grades) == pytest.approx(worse)
    assert ndcg(["best"], {}) == 0.0


def test_auroc_counts_pairs_in_order() -> None:
    assert auroc([3.0, 2.0], [1.0, 0.0]) == 1.0
    assert auroc([0.0, 1.0], [3.0, 2.0]) == 0.0
    assert auroc([3.0, 1.0], [2.0, 0.0]) == 0.75


def test_a_tie_is_half_a_pair() -> None:
    assert auroc([1.0, 1.0], [1.0]) == 0.5
    assert auroc([2.0, 1.0], [1.0, 0.0]) == 0.875
    assert math.isnan(auroc([], [1.0]))


def test_coverage_goes_as_far_as_the_answers_are_right() -> None:
    tops = [top(4, True), top(3, True), top(2, False), top(1, True)]
    assert coverage(tops, 1.0) == 0.5
    assert coverage(tops, 0.75) == 0.75
    assert coverage(tops[2:3], 0.9) == 0.0


def test_questions_without_an_answer_lower_precision_but_are_not_to_be_covered() -> None:
    tops = [top(3, True), top(2, False, has_answer=False), top(1, True)]
    assert coverage(tops, 0.9) == 0.5
    assert coverage(tops, 0.6) == 1.0
    assert math.isnan(coverage(tops[1:2], 0.9))


def test_equally_sure_answers_are_given_together_in_whatever_order_they_came() -> None:
    tops = [top(1, True), top(1, False)]
    assert coverage(tops, 0.9) == coverage(tops[::-1], 0.9) == 0.0
    assert coverage(tops, 0.5) == 0.5


def test_the_mean_of_nothing_is_no_number() -> None:
    assert mean([1.0, 2.0]) == 1.5
    assert math.isnan(mean([]))
