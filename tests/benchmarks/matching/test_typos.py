"""One mistake in one long word, the same ones each time."""

import random

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from benchmarks.matching.typos import with_typo

QUESTION = "The printer does not print since yesterday"


def test_one_word_is_one_slip_away_and_keeps_its_first_letter() -> None:
    for seed in range(50):
        wrong = with_typo(QUESTION, random.Random(seed))
        pairs = zip(QUESTION.split(), wrong.split(), strict=True)
        changed = [(before, after) for before, after in pairs if before != after]
        ((before, after),) = changed
        assert before in ("printer", "yesterday")
        assert after[0] == before[0]
        assert OSA.distance(before, after) == 1


def test_the_same_seed_makes_the_same_mistake_and_another_one_another() -> None:
    made = {with_typo(QUESTION, random.Random(seed)) for seed in range(30)}
    assert with_typo(QUESTION, random.Random(7)) == with_typo(QUESTION, random.Random(7))
    assert len(made) > 5


def test_a_question_of_short_words_and_numbers_stays() -> None:
    assert with_typo("no wifi 0x80070005", random.Random(1)) == "no wifi 0x80070005"


def test_a_word_of_equal_letters_loses_one() -> None:
    assert with_typo("aaaaaa", random.Random(1)) == "aaaaa"


@given(st.text(), st.integers(0, 99))
def test_at_most_one_letter_goes(text: str, seed: int) -> None:
    assert len(text) - 1 <= len(with_typo(text, random.Random(seed))) <= len(text)
