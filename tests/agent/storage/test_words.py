"""Which words count."""

import pytest
from samebox_agent.storage.words import Query, index_text, query_of


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("   ?!", Query()),
        ("how do I", Query()),
        ("My Wi-Fi drops ", Query(("wifi", "drops"))),
        ("screen flick", Query(("screen",), "flick")),
        ("printer, printer", Query(("printer",))),
        ("why won't it print", Query((), "print")),
        ("e-mail x", Query(("email",))),
        ("Akku lädt nicht", Query(("akku", "lädt"), "nicht")),
        ('" OR title: NEAR(', Query(("title", "near"))),
    ],
)
def test_the_words_of_what_was_typed(text: str, query: Query) -> None:
    assert query_of(text) == query


def test_a_long_text_counts_by_its_first_words() -> None:
    text = " ".join(f"word{number}" for number in range(50)) + " "
    assert query_of(text).words == tuple(f"word{number}" for number in range(12))


def test_the_index_knows_hyphenated_words_in_both_ways() -> None:
    text = "Wi-Fi is off, can't sign-in"
    assert index_text(text) == f"{text} WiFi cant signin"
    assert index_text("plain") == "plain"
