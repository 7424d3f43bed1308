"""Languages as people write them, and as systems name them."""

import pytest
from samebox_agent.core import languages


def test_names_and_tags_are_both_understood_each_once() -> None:
    assert languages.parse("Dutch, en , nl,ENGLISH") == ("nl", "en")
    assert languages.parse("") == ()


def test_a_word_that_is_no_language_is_not_guessed_at() -> None:
    assert languages.parse("Dutch, Klingonese") is None


def test_they_are_told_by_name() -> None:
    assert languages.in_words(("nl", "xx")) == "Dutch, xx"


@pytest.mark.parametrize(
    ("locale", "tag"),
    [
        ("nl_NL.UTF-8", "nl"),
        ("en-GB", "en"),
        ("de", "de"),
        ("C", ""),
        ("Marker064Oflocalelanguage", ""),
        ("xx_YY", ""),
        ("", ""),
    ],
)
def test_a_locale_gives_its_language_if_it_is_one_we_can_name(locale: str, tag: str) -> None:
    assert languages.of_locale(locale) == tag
