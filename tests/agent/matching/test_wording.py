"""Which words of a question an index is asked for, and what the encoder is given to read."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from samebox_agent.matching.documents import Document, Query
from samebox_agent.matching.index import Index
from samebox_agent.matching.wording import Asked, Vocabulary


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with closing(Index(tmp_path / "index.sqlite")) as made:
        yield made


def vocabulary(index: Index, *titles: str) -> Vocabulary:
    index.keep(Document(id=str(each), title=title) for each, title in enumerate(titles))
    return Vocabulary(index, len(titles))


def asked(words: Vocabulary, text: str, *, is_being_typed: bool = False) -> Asked:
    return Asked(words, Query(title=text, is_being_typed=is_being_typed), text)


def test_the_closest_word_is_the_one_in_most_documents(index: Index) -> None:
    words = vocabulary(index, "lover", "lover", "cover")
    assert words.closest_word("xover") == "lover"
    assert words.closest_word("covers") == "cover"
    assert words.closest_word("unheard") == "unheard"


def test_the_rarer_a_word_the_more_it_says_and_one_that_is_nowhere_says_most(index: Index) -> None:
    words = vocabulary(index, "printer red", "printer blue", "printer")
    said = [words.rarity(f'"{word}"') for word in ("printer", "red", "green")]
    assert said == sorted(said)
    assert len(set(said)) == 3


def test_an_unfinished_word_is_a_beginning_and_shorter_where_it_finds_nothing(index: Index) -> None:
    words = vocabulary(index, "connection")
    assert words.prefix("connec") == '"connec"*'
    assert words.prefix("connectio") == '"connect"*'  # the index keeps stems
    assert words.prefix("zzz") == '"zzz"*'


def test_only_long_words_that_are_nowhere_are_mistakes(index: Index) -> None:
    words = vocabulary(index, "printer jam")
    assert words.repairs(["pritner", "printer", "jma", "pr1nter"]) == {"pritner": "printer"}


def test_the_words_that_are_nowhere_are_not_asked_for_but_count(index: Index) -> None:
    words = vocabulary(index, "printer jam", "scanner")
    known, more = asked(words, "printer"), asked(words, "printer zebra")
    assert known.match == more.match == '"printer"'
    assert more.most > known.most


def test_a_question_without_words_asks_for_none(index: Index) -> None:
    nothing = asked(vocabulary(index, "printer"), "?!")
    assert (nothing.match, nothing.phrases) == ("", "")
    assert nothing.found(index, 5).anywhere == {}


def test_what_shares_words_has_shares_of_what_could_be(index: Index) -> None:
    words = vocabulary(index, "printer jam", "printer", "scanner")
    numbers = [number for number, _ in index.documents()]
    anywhere, title, phrases = asked(words, "printer jam").found(index, 9).shares(np.array(numbers))
    for share in (anywhere, title):
        assert 1.0 >= share[0] > share[1] > share[2] == 0.0
    assert phrases[0] > phrases[1] == 0.0


def test_the_encoder_is_given_a_mistake_as_it_was_meant_unless_it_knows_the_word(
    index: Index,
) -> None:
    question = asked(vocabulary(index, "printer"), "My Pritner is old")
    assert question.repaired(lambda _: False) == "My printer is old"
    assert question.repaired(lambda _: True) == "My Pritner is old"


def test_the_word_that_is_being_typed_is_no_mistake(index: Index) -> None:
    question = asked(vocabulary(index, "printer"), "my pritner", is_being_typed=True)
    assert question.repaired(lambda _: False) == "my pritner"
