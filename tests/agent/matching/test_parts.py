"""The texts of a document that are encoded."""

import pytest
from samebox_agent.matching.documents import Document
from samebox_agent.matching.parts import MOST_EXAMPLES, parts_of


def test_a_document_means_what_its_title_its_whole_and_what_it_solved_say() -> None:
    document = Document(
        id="vpn",
        title="VPN drops",
        body="It stops.",
        fix="Start it.",
        examples=("tunnel gone", "no tunnel"),
        applies_to=("macOS", "Windows"),
        area="Network",
    )
    assert parts_of(document) == (
        ("VPN drops (Network, macOS)", "VPN drops", "VPN drops. It stops. Start it."),
        ("tunnel gone", "no tunnel"),
    )


def test_a_title_without_surroundings_is_encoded_once() -> None:
    assert parts_of(Document(id="vpn", title="VPN drops", body="Often.")).texts == (
        "VPN drops",
        "VPN drops. Often.",
    )


def test_a_question_in_the_words_of_the_title_is_no_other_part() -> None:
    document = Document(id="vpn", title="VPN drops", examples=("VPN drops", "tunnel gone"))
    assert parts_of(document).solved == ("tunnel gone",)


def test_an_area_that_is_the_product_is_said_once() -> None:
    document = Document(id="x", title="Slow", area="Outlook", applies_to=("Outlook",))
    assert parts_of(document).own[0] == "Slow (Outlook)"


def test_the_same_example_is_encoded_once_and_only_the_first_ones() -> None:
    examples = ("first", "first", *(str(number) for number in range(2 * MOST_EXAMPLES)))
    parts = parts_of(Document(id="x", title="Title", examples=examples)).solved
    assert parts.count("first") == 1
    assert parts[-1] == str(MOST_EXAMPLES - 3)


def test_what_the_encoder_would_not_read_is_not_given_to_it() -> None:
    document = Document(id="x", title="Title", body="word " * 1_000)
    longest = max(map(len, parts_of(document).texts))
    assert 600 < longest <= 900


@pytest.mark.parametrize("document", [Document(id="x"), Document(id="x", title=" ", body=".")])
def test_a_document_without_words_has_no_parts(document: Document) -> None:
    assert parts_of(document).texts == ()
