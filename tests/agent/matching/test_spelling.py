"""The spelling of a word leans to one language, or to none."""

import pytest
from samebox_agent.matching.spelling import COMMON_IN_ENGLISH, leaning, plain


@pytest.mark.parametrize(
    ("word", "side"),
    [("gezeur", 0), ("aardbei", 1), ("vreemdheid", 1), ("thorough", -1), ("xqz", 0), ("", 0)],
)
def test_how_a_word_leans(word: str, side: int) -> None:
    assert leaning(word) == side


def test_words_of_both_languages_are_counted_as_english_too() -> None:
    assert {"is", "in", "was", "over", "die"} - COMMON_IN_ENGLISH == set()


@pytest.mark.parametrize("word", ["geüpdatet", "GEÜPDATET", "geu\u0308pdatet", "Geupdatet"])
def test_marks_and_capitals_are_left_out(word: str) -> None:
    assert plain(word) == "geupdatet"


def test_a_typographic_apostrophe_is_an_apostrophe() -> None:
    assert plain("Foto’s") == "foto's"
