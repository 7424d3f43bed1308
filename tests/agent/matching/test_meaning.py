"""What all documents mean, kept whole or short: the same ones are near."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from samebox_agent.matching import meaning
from samebox_agent.matching.documents import Document
from samebox_agent.matching.encoder import SIZE, Vectors
from samebox_agent.matching.index import Index
from samebox_agent.matching.meaning import SHORT, Meaning
from samebox_agent.matching.ranking import VOTES

DOCUMENTS = 40
PARTS = 6


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """Vectors as an encoder makes them: most of what tells them apart lies in few directions."""
    chance = np.random.default_rng(7)
    few = chance.standard_normal((SHORT // 2, SIZE)).astype(np.float32)
    with closing(Index(tmp_path / "index.sqlite")) as made:
        made.keep(Document(id=f"{each:02}", title="x") for each in range(DOCUMENTS))
        for number, _ in made.documents():
            rows = chance.standard_normal((PARTS, SHORT // 2)).astype(np.float32) @ few
            rows += chance.standard_normal(rows.shape).astype(np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            made.add_vectors(number, rows, own=2)
        yield made


def read(index: Index) -> Meaning:
    return Meaning(index, np.array([number for number, _ in index.documents()], np.int64))


def rows_of(index: Index, place: int) -> Vectors:
    return list(index.encoded())[place].vectors


def test_the_nearest_part_tells_how_near_a_document_is(index: Index) -> None:
    asked = rows_of(index, 3)[4]
    _, nearest = read(index).of_all(asked)
    assert nearest.argmax() == 3
    assert nearest[3] == pytest.approx(1.0, abs=1e-3)
    assert nearest[5] == pytest.approx(float((rows_of(index, 5) @ asked).max()), abs=1e-5)


def test_own_parts_count_once_and_each_earlier_question_has_a_vote(index: Index) -> None:
    asked = rows_of(index, 3)[0]
    likeness = rows_of(index, 8) @ asked
    votes = np.exp(VOTES * likeness[:2]).max() + np.exp(VOTES * likeness[2:]).sum()
    voted, _ = read(index).of_all(asked)
    assert voted[8] == pytest.approx(np.log(votes) / VOTES, abs=1e-5)


def test_kept_short_the_same_are_near_and_a_look_at_a_few_is_exact(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read(index)
    monkeypatch.setattr(meaning, "MOST_WHOLE", 0)
    short = read(index)
    assert (whole.is_whole, short.is_whole) == (True, False)
    asked = rows_of(index, 11)[2]
    exactly, roughly = whole.of_all(asked), short.of_all(asked)
    assert set(np.argsort(-exactly[1])[:3]) <= set(np.argsort(-roughly[1])[:10])
    places = np.array([2, 11, 30], np.intp)
    for some, every in zip(short.of_some(asked, places), exactly, strict=True):
        np.testing.assert_allclose(some, every[places], atol=1e-5)


def test_what_was_not_encoded_is_like_nothing(index: Index) -> None:
    index.keep([Document(id="new", title="y")])
    fresh = read(index)
    asked = rows_of(index, 0)[0]
    new = np.array([DOCUMENTS], np.intp)
    for found in (*fresh.of_all(asked), *fresh.of_some(asked, new)):
        assert found[-1] == 0.0
    assert DOCUMENTS not in fresh.owners


def test_an_empty_index_means_nothing(tmp_path: Path) -> None:
    with closing(Index(tmp_path / "empty.sqlite")) as empty:
        voted, nearest = read(empty).of_all(np.ones(SIZE, np.float32))
        assert (voted.size, nearest.size) == (0, 0)
