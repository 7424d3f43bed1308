"""FTS5 really answers in its own process; what cannot be installed is told, and stops nobody."""

import sys
from pathlib import Path

import pytest

from benchmarks.matching import beside
from benchmarks.matching.beside import Beside
from benchmarks.matching.installing import NotInstalled

TEXTS = (
    ("printer", "The printer does not print"),
    ("wifi", "Wireless drops in the meeting room"),
    ("disk", "The disk is full"),
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="its memory is read from /proc")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Beside:
    def out_of_reach() -> Path:
        raise NotInstalled("no index")

    monkeypatch.setattr(beside, "alternatives_python", out_of_reach)
    return Beside(tmp_path, TEXTS)


def test_what_is_not_there_says_why(corpus: Beside) -> None:
    assert corpus.lacking == {"bm25s": "no index", "tantivy": "no index"}
    assert corpus.built["fts5"]["mib"] > 0.0


def test_words_are_found_and_a_word_being_typed_is_a_beginning(corpus: Beside) -> None:
    queries = [("printing trouble", False), ("wirel", True), ("wirel", False), ("?!", False)]
    answers = corpus.ask("fts5", queries, 5)
    assert [[each for each, _ in ranking] for ranking in answers.rankings] == [
        ["printer"],
        ["wifi"],
        [],
        [],
    ]
    assert len(answers.ms) == len(queries)
    assert corpus.built["fts5"]["pss"] > 1.0
