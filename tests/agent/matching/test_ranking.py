"""How candidates are scored: what every formula must keep to, and which product is for whom."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.matching.ranking import (
    ALONE,
    DAY,
    FITS,
    FITS_PARTLY,
    LONG,
    NEXT,
    SHARED,
    SHORT,
    VOTES,
    WORDS,
    Signals,
    faded,
    fit,
    order,
    plain,
    strength,
    voted,
)

shares = st.floats(0.0, 1.0)
candidates = st.fixed_dictionaries(
    {
        "meaning": st.floats(-0.2, 1.0),
        "nearest": st.floats(-0.2, 1.0),
        "words": shares,
        "title": shares,
        "phrases": shares,
        "fits": st.sampled_from([0.0, FITS_PARTLY, 1.0]),
        "same_topic": st.sampled_from([0.0, 1.0]),
        "age": st.floats(0.0, 2_000 * DAY),
    }
)
many = st.lists(candidates, min_size=1, max_size=12)


NAMES = tuple(name for name in Signals._fields if name != "length")


def signals(*each: dict[str, float], length: int = 1) -> Signals:
    """Of candidates of which only these things are known."""
    columns = {name: np.array([one.get(name, 0.0) for one in each], np.float64) for name in NAMES}
    return Signals(**columns, length=length)


def place_of(candidate: int, these: list[dict[str, float]]) -> int:
    return int(np.flatnonzero(order(signals(*these))[0] == candidate)[0])


@given(many)
def test_everyone_has_a_place_and_no_score_rises_down_the_list(
    these: list[dict[str, float]],
) -> None:
    best_first, scores = order(signals(*these))
    assert sorted(best_first) == list(range(len(these)))
    assert (np.diff(scores) <= 0.0).all()


@given(many)
def test_the_order_is_that_of_the_total(these: list[dict[str, float]]) -> None:
    known = signals(*these)
    total = strength(known) + FITS * known.fits
    assert (np.diff(total[order(known)[0]]) <= 0.0).all()


@given(many, st.sampled_from(NAMES), st.floats(0.01, 1.0), st.data())
def test_more_of_a_signal_never_moves_one_down_and_more_age_never_up(
    these: list[dict[str, float]], name: str, more: float, data: st.DataObject
) -> None:
    one = data.draw(st.integers(0, len(these) - 1))
    before = place_of(one, these)
    after = place_of(
        one,
        [dict(each) for each in these[:one]]
        + [{**these[one], name: these[one][name] + more * (DAY if name == "age" else 1.0)}]
        + these[one + 1 :],
    )
    assert after >= before if name == "age" else after <= before


@pytest.mark.parametrize(
    "better",
    [
        {"meaning": 0.5, "words": 0.1},
        {"meaning": 0.5, "title": 0.1},
        {"meaning": 0.5, "phrases": 0.1},
        {"meaning": 0.6},
        {"meaning": 0.5, "same_topic": 1.0},
        {"meaning": 0.5, "fits": FITS_PARTLY},
    ],
)
def test_each_signal_decides_where_all_else_is_the_same(better: dict[str, float]) -> None:
    assert list(order(signals({"meaning": 0.5}, better))[0]) == [1, 0]


def test_the_newer_one_comes_first_where_all_else_is_the_same() -> None:
    assert list(order(signals({"age": 300 * DAY}, {"age": DAY}))[0]) == [1, 0]


@given(candidates, candidates)
def test_what_is_for_this_product_comes_before_what_means_somewhat_more(
    here: dict[str, float], there: dict[str, float]
) -> None:
    here |= {"fits": 1.0, "meaning": 0.1, "words": 0.0, "title": 0.0, "phrases": 0.0}
    there |= {"fits": 0.0, "meaning": 0.9, "words": 0.0, "title": 0.0, "phrases": 0.0}
    here |= {"age": 0.0, "same_topic": 0.0}
    there |= {"age": 0.0, "same_topic": 0.0}
    assert list(order(signals(there, here))[0]) == [1, 0]


def test_those_that_are_equal_stay_as_they_came() -> None:
    assert list(order(signals(*[{"meaning": 0.4}] * 40))[0]) == list(range(40))


def test_nobody_has_no_places() -> None:
    best_first, scores = order(signals())
    assert (best_first.size, scores.size) == (0, 0)


def test_one_alone_stands_above_nothing() -> None:
    _, scores = order(signals({"meaning": 0.4, "nearest": 0.3}))
    assert list(scores) == [0.3]


def test_equals_do_not_stand_out() -> None:
    _, scores = order(signals(*[{"meaning": 0.4, "nearest": 0.4}] * 3))
    assert list(scores) == pytest.approx([0.4, 0.4, 0.4])


def test_what_stands_above_the_next_ones_is_surer() -> None:
    these = [{"meaning": each, "nearest": each} for each in (0.6, 0.5, 0.4)]
    _, scores = order(signals(*these))
    distances = np.array([0.15, 0.05, -0.05])
    np.testing.assert_allclose(scores, np.array([0.6, 0.5, 0.4]) + ALONE * distances)


def test_only_the_next_ones_are_looked_at() -> None:
    few = [{"meaning": 0.6}] + [{"meaning": 0.5}] * NEXT
    many_more = few + [{"meaning": 0.1}] * 40
    assert order(signals(*many_more))[1][0] == order(signals(*few))[1][0]


def test_being_for_another_product_makes_nothing_surer() -> None:
    these = [{"meaning": 0.5, "nearest": 0.5, "fits": 1.0}, {"meaning": 0.5, "nearest": 0.5}]
    assert list(order(signals(*these))[1]) == [0.5, 0.5]


def test_shared_words_make_it_surer() -> None:
    _, scores = order(signals({"nearest": 0.4, "words": 0.5}))
    assert scores[0] == pytest.approx(0.4 + SHARED * 0.5)


def test_where_nothing_is_known_of_its_meaning_its_words_say_how_sure_it_is() -> None:
    _, scores = order(signals({"words": 0.5}))
    assert scores[0] == pytest.approx(WORDS * 0.5)


def test_the_words_of_a_long_question_count_more_up_to_a_length() -> None:
    def worth(length: int) -> float:
        return float(strength(signals({"words": 1.0}, length=length))[0])

    assert worth(1) == worth(SHORT) == pytest.approx(WORDS)
    assert worth(4 * SHORT) == pytest.approx(2.0 * WORDS)
    assert worth(LONG) == worth(1_000)


def test_age_takes_off_the_less_the_older_it_is() -> None:
    now, day, two = faded(np.array([0.0, DAY, 2 * DAY]))
    assert now == 0.0
    assert day - now > two - day > 0.0


cosines = st.lists(st.floats(-1.0, 1.0), max_size=6)


@given(st.floats(-1.0, 1.0), cosines, st.floats(-1.0, 1.0))
def test_a_vote_more_is_never_worth_less_and_the_best_is_never_outvoted(
    own: float, votes: list[float], more: float
) -> None:
    def worth(these: list[float]) -> float:
        cast = sum(np.exp(VOTES * each) for each in these)
        return float(voted(np.array([own]), np.array([cast]))[0])

    assert worth([*votes, more]) >= worth(votes) >= max([own, *votes]) - 1e-9


def test_many_that_are_fairly_like_it_outvote_one_that_is_a_little_more() -> None:
    votes = np.exp(VOTES * np.array([0.55])) * np.array([1.0, 0.0]) * 8
    many_votes, one = voted(np.array([-1.0, 0.6]), votes)
    assert many_votes > one


def test_without_votes_it_is_the_likeness_itself() -> None:
    assert voted(np.array([0.37]), np.array([0.0]))[0] == pytest.approx(0.37)


@pytest.mark.parametrize(
    ("applies_to", "facts", "how_well"),
    [
        ((), {"windows"}, 1.0),
        ((), set(), 0.0),
        (("windows",), set(), 0.0),
        (("windows",), {"windows"}, 1.0),
        (("macos", "windows"), {"windows", "outlook"}, 1.0),
        (("windows",), {"windows 11"}, FITS_PARTLY),
        (("outlook for mac",), {"outlook"}, FITS_PARTLY),
        (("windows 10",), {"windows 11"}, 0.0),
        (("macos",), {"windows"}, 0.0),
        (("window",), {"windows"}, 0.0),
        (("windows",), {""}, 0.0),
    ],
)
def test_how_well_a_document_fits_a_device(
    applies_to: tuple[str, ...], facts: set[str], how_well: float
) -> None:
    assert fit(applies_to, frozenset(facts)) == how_well


@pytest.mark.parametrize(
    ("product", "name"),
    [
        ("Microsoft Outlook", "outlook"),
        ("OUTLOOK ", "outlook"),
        ("Apple Mail", "mail"),
        ("Windows 11", "windows 11"),
        ("", ""),
    ],
)
def test_a_product_without_its_maker(product: str, name: str) -> None:
    assert plain(product) == name
