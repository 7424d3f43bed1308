"""Which words count: in a question, and in what the index keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.matching.terms import (
    MOST,
    STOP_WORDS,
    ends_in_word,
    pairs,
    searchable,
    unique,
    words,
)
from samebox_agent.storage import words as quick


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("How do I connect to the VPN?", ["connect", "vpn"]),
        ("Wi-Fi isn't working", ["wifi", "working"]),
        ("the printer's tray", ["printers", "tray"]),
        ("the printer’s tray", ["printers", "tray"]),
        ("error 0x80070005 in Outlook 16.0", ["error", "0x80070005", "outlook", "16.0"]),
        ("it is what it is", []),
        ("?!… — \n", []),
        ("", []),
    ],
)
def test_words_that_say_something_are_found_in_their_order(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Connect to the VPN", "connect vpn"),
        ("Set up Wi-Fi", "set wi fi wifi"),
        ("plug-in", "plug plugin"),
        ("Laptop doesn't wake", "laptop wake"),
        ("Laptop doesn’t wake", "laptop wake"),
        ("to the", ""),
    ],
)
def test_the_index_keeps_the_words_that_count_and_the_parts_of_hyphenated_ones(
    text: str, kept: str
) -> None:
    assert searchable(text) == kept


@given(st.text())
def test_every_word_of_a_question_is_kept_of_the_same_text(text: str) -> None:
    assert set(words(text)) <= set(searchable(text).split())


@given(st.text())
def test_words_that_say_nothing_are_never_kept(text: str) -> None:
    assert STOP_WORDS.isdisjoint([*words(text), *searchable(text).split()])


def test_each_word_is_looked_at_once_and_only_so_many_of_them() -> None:
    assert unique(["vpn", "slow", "vpn"]) == ("vpn", "slow")
    many = [str(number) for number in range(MOST + 5)]
    assert unique(many) == tuple(many[:MOST])


def test_pairs_are_words_that_follow_each_other_once_and_only_so_many() -> None:
    assert pairs(["a", "b", "a", "b"]) == (("a", "b"), ("b", "a"))
    assert pairs(["vpn"]) == ()
    assert len(pairs([str(number) for number in range(2 * MOST)])) == MOST


@pytest.mark.parametrize("text", ["prin", "wi-", "doesn'", "doesn’", "café", "7"])
def test_a_text_that_may_go_on_ends_in_a_word(text: str) -> None:
    assert ends_in_word(text)


@pytest.mark.parametrize("text", ["", "printer ", "printer.", "why?", "printer\n"])
def test_a_finished_word_is_not_unfinished(text: str) -> None:
    assert not ends_in_word(text)


def test_the_quick_search_leaves_the_same_words_out() -> None:
    """Two lists, because neither room may know the other and this one runs by itself."""
    assert STOP_WORDS == quick.STOP_WORDS
