"""Words of an article are one line, of limited length, and hide nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samebox_server.core.article_text import Fault, hidden_character, one_line, refuse_hidden
from samebox_shared.model.article_limits import without_hidden

HIDDEN = ("\x00", "\x1b", "\u00ad", "\u200b", "\u200d", "\u202e", "\u2066", "\ue000", "\ud800")
DRAWN_AS_NOTHING = ("\u034f", "\u115f", "\u180e", "\u2800", "\u3164", "\uffa0", "\U000e0101")


@pytest.mark.parametrize("character", HIDDEN + DRAWN_AS_NOTHING)
def test_a_hidden_character_is_found_and_named(character: str) -> None:
    assert hidden_character(f"ab{character}c") == character
    with pytest.raises(Fault, match=f"U\\+{ord(character):04X}"):
        one_line(f"ab{character}c", 10, 1, "title")


def test_the_line_of_a_hidden_character_is_counted() -> None:
    with pytest.raises(Fault) as caught:
        refuse_hidden("one\ntwo\nth\u200bree", 5)
    assert caught.value.line == 7


def test_ordinary_words_hide_nothing() -> None:
    text = "Één café – “naïve” 日本 ⚠\ufe0f\n\tdone"
    assert hidden_character(text) is None
    assert one_line(text, 40, 1, "title") == "Één café – “naïve” 日本 ⚠\ufe0f done"


def test_words_over_the_limit_are_counted() -> None:
    assert one_line("abc  d", 5, 1, "title") == "abc d"
    with pytest.raises(Fault, match=r"The title has 6 characters\. Keep it within 5"):
        one_line("abcdef", 5, 3, "title")


@settings(deadline=None)
@given(st.text())
def test_what_people_typed_becomes_a_line_that_is_accepted(typed: str) -> None:
    line = without_hidden(typed)
    assert one_line(line, len(line), 1, "text") == line
    assert without_hidden(line) == line
