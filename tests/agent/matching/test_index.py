"""The index: kept by difference and in one piece, made again when it is damaged."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.matching.documents import Document, Entry
from samebox_agent.matching.encoder import SIZE, Vectors
from samebox_agent.matching.index import Index, discard, open_index, quoted
from samebox_agent.matching.terms import words

VPN = Document(id="vpn", title="VPN drops", body="The tunnel stops.", created=7.0)
PRINTER = Document(id="printer", title="Printer offline", fix="Restart the spooler.")
OPERATORS = ['"', "*", "AND", "OR", "NOT", "NEAR(", "(", ")", "-", "^", ":", "title:", "+", "'"]


class Interrupted(Exception):
    """What a source of documents raises half-way."""


def interrupted(*documents: Document) -> Iterator[Document]:
    yield from documents
    raise Interrupted


def rows(count: int, seed: int = 1) -> Vectors:
    return np.random.default_rng(seed).normal(size=(count, SIZE)).astype(np.float32)


def number_of(index: Index, document_id: str) -> int:
    return next(number for number, each in index.documents() if each.id == document_id)


def found(index: Index, word: str) -> set[str]:
    """Which documents have this word, by both ways of asking, which agree."""
    names = {number: each.id for number, each in index.documents()}
    by_words = index.by_words(quoted([word]), 10)
    assert index.count(quoted([word])) == len(by_words)
    return {names[number] for number in by_words}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "index.sqlite"


@pytest.fixture
def index(file: Path) -> Iterator[Index]:
    with closing(Index(file)) as made:
        made.keep([VPN, PRINTER])
        yield made


def test_a_document_is_read_back_as_it_was_given(index: Index) -> None:
    assert [each for _, each in index.documents()] == [VPN, PRINTER]
    assert index.keys() == {"vpn": VPN.key(), "printer": PRINTER.key()}


def test_what_was_kept_is_there_after_the_next_start(index: Index, file: Path) -> None:
    index.add_vectors(number_of(index, "vpn"), rows(2), own=1)
    index.close()
    with closing(open_index(file)) as again:
        assert set(again.keys()) == {"vpn", "printer"}
        assert found(again, "tunnel") == {"vpn"}
        assert again.parts() == 2


@pytest.mark.parametrize(
    ("word", "has_it"),
    [("drop", {"vpn"}), ("tunnels", {"vpn"}), ("spooler", {"printer"}), ("nowhere", set())],
)
def test_words_are_found_in_title_body_and_fix_whatever_their_ending(
    index: Index, word: str, has_it: set[str]
) -> None:
    assert found(index, word) == has_it


def test_examples_and_topic_are_found_too(index: Index) -> None:
    index.keep([Document(id="more", title="x", examples=("hourglass",), topic="waiting")])
    assert found(index, "hourglass") == found(index, "waiting") == {"more"}


def test_titles_are_searched_alone_too(index: Index) -> None:
    assert set(index.by_title(quoted(["vpn", "drops"]), 10)) == {number_of(index, "vpn")}
    assert index.by_title(quoted(["drops", "vpn"]), 10) == {}
    assert index.by_title(quoted(["tunnel"]), 10) == {}


def test_a_word_in_the_title_says_more_than_one_elsewhere(index: Index) -> None:
    index.keep([Document(id="a", title="lid hinge", body="x y"), Document(id="b", title="x y")])
    index.keep([Document(id="c", title="x y", body="lid hinge")])
    scores = index.by_words(quoted(["hinge"]), 10)
    assert scores[number_of(index, "a")] > scores[number_of(index, "c")] > 0.0


def test_only_the_best_are_told(index: Index) -> None:
    index.keep([Document(id=str(each), title="hinge " + "x " * each) for each in range(9, -1, -1)])
    best = index.by_words(quoted(["hinge"]), 3)
    assert {number for number, each in index.documents() if each.id in "012"} == set(best)
    assert index.by_title(quoted(["hinge"]), 3).keys() == best.keys()


def test_a_document_that_is_gone_is_found_no_more(index: Index) -> None:
    for document_id in ("vpn", "printer"):
        index.add_vectors(number_of(index, document_id), rows(2), own=1)
    kept = number_of(index, "printer")
    index.keep((), gone=["vpn", "never there"])
    assert found(index, "tunnel") == found(index, "vpn") == set()
    assert index.by_title(quoted(["vpn"]), 10) == {}
    assert [(each.number, len(each.vectors)) for each in index.encoded()] == [(kept, 2)]
    assert set(index.keys()) == {"printer"}
    assert found(index, "spooler") == {"printer"}


def test_a_changed_document_is_found_by_its_new_words_only(index: Index) -> None:
    index.add_vectors(number_of(index, "vpn"), rows(3), own=1)
    index.keep([Document(id="vpn", title="Gateway drops", body="The gateway stops.")])
    assert found(index, "tunnel") == found(index, "vpn") == set()
    assert index.by_title(quoted(["vpn"]), 10) == {}
    assert found(index, "gateway") == found(index, "drops") == {"vpn"}
    assert index.parts() == 0
    assert {each.id for _, each in index.without_vectors(9)} == {"vpn", "printer"}
    assert list(index.keys()) == ["printer", "vpn"]


def test_a_failure_half_way_leaves_the_old_state(index: Index, file: Path) -> None:
    index.add_vectors(number_of(index, "vpn"), rows(2), own=1)
    before = (index.keys(), list(index.documents()), list(index.spellings()))
    new = [Document(id="vpn", title="Gateway"), Document(id="new", title="Hinge")]
    with pytest.raises(Interrupted):
        index.keep(interrupted(*new), gone=["printer"])
    assert (index.keys(), list(index.documents()), list(index.spellings())) == before
    assert found(index, "tunnel") == {"vpn"}
    assert found(index, "spooler") == {"printer"}
    assert found(index, "gateway") == found(index, "hinge") == set()
    assert index.parts() == 2
    index.keep(new)  # and it goes on
    assert found(index, "hinge") == {"new"}


def test_nobody_sees_a_half_of_a_change(index: Index, file: Path) -> None:
    with closing(Index(file)) as other:

        def looking() -> Iterator[Document]:
            yield Document(id="vpn", title="Gateway")
            assert found(other, "tunnel") == {"vpn"}
            yield Document(id="new", title="Hinge")
            assert found(other, "hinge") == set()

        index.keep(looking())
        assert found(other, "hinge") == {"new"}


def test_vectors_come_back_by_document_and_in_the_order_of_its_parts(index: Index) -> None:
    vpn, printer = number_of(index, "vpn"), number_of(index, "printer")
    index.add_vectors(printer, rows(2, seed=2), own=1)
    index.add_vectors(vpn, rows(3, seed=3), own=2)
    first, second = index.encoded()
    assert (first.number, first.own) == (vpn, 2)
    assert (second.number, second.own) == (printer, 1)
    np.testing.assert_allclose(first.vectors, rows(3, seed=3), atol=2e-3)
    np.testing.assert_allclose(second.vectors, rows(2, seed=2), atol=2e-3)
    assert first.vectors.dtype == np.float32
    assert index.parts() == 5


def test_what_some_mean_is_read_alone_and_a_sample_is_not_all(index: Index) -> None:
    vpn, printer = number_of(index, "vpn"), number_of(index, "printer")
    for number in (vpn, printer):
        index.add_vectors(number, rows(1), own=1)
    assert [each.number for each in index.encoded_of([printer, 999])] == [printer]
    assert len(list(index.encoded(each=2))) == 1


def test_who_reads_does_not_see_half_of_what_is_written(index: Index, file: Path) -> None:
    index.add_vectors(number_of(index, "vpn"), rows(1), own=1)
    with index.reading():
        assert index.parts() == 1
        with closing(open_index(file)) as other:
            other.add_vectors(number_of(other, "printer"), rows(1), own=1)
        assert len(list(index.encoded())) == 1
    assert index.parts() == 2


def test_what_is_kept_in_memory_has_no_texts(index: Index) -> None:
    wanted = [Entry(id=each.id, created=each.created) for each in (VPN, PRINTER)]
    assert [entry for _, entry in index.entries()] == wanted


def test_what_was_encoded_is_not_waiting(index: Index) -> None:
    assert [each.id for _, each in index.without_vectors(1)] == ["vpn"]
    index.add_vectors(number_of(index, "vpn"), rows(1), own=1)
    assert [each.id for _, each in index.without_vectors(9)] == ["printer"]


def test_an_empty_index_has_nothing(tmp_path: Path) -> None:
    with closing(Index(tmp_path / "empty.sqlite")) as empty:
        assert (empty.keys(), list(empty.documents()), empty.count('"x"')) == ({}, [], 0)
        assert (empty.parts(), list(empty.encoded())) == (0, [])


@given(text=st.text() | st.lists(st.sampled_from([*OPERATORS, "printer"])).map(" ".join))
def test_no_question_breaks_the_language_of_the_index(shared_index: Index, text: str) -> None:
    terms = words(text)
    shared_index.by_words(" OR ".join(quoted([word]) for word in terms) or '""', 5)
    shared_index.by_title(quoted(terms), 5)
    shared_index.count(quoted(terms[:1]) + "*")


@pytest.fixture(scope="module")
def shared_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with closing(Index(tmp_path_factory.mktemp("shared") / "index.sqlite")) as made:
        made.keep([VPN, PRINTER])
        yield made


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_operator_between_quotes_is_a_word(index: Index, operator: str) -> None:
    index.keep([Document(id="new", title=f"hinge {operator} lid")])
    assert index.by_title(f"{quoted([operator])} OR {quoted(['hinge'])}", 9).keys() == {
        number_of(index, "new")
    }


def filled(file: Path) -> bytes:
    """A file of many pages, closed, and its bytes."""
    with closing(Index(file)) as made:
        made.keep(
            Document(id=str(each), title=f"printer {each}", body="word " * 300)
            for each in range(40)
        )
    return file.read_bytes()


def test_random_bytes_give_way_to_an_empty_index(file: Path) -> None:
    file.write_bytes(random.Random(1).randbytes(20_000))
    with pytest.raises(sqlite3.DatabaseError):
        Index(file)
    works_and_is_empty(file)


@pytest.mark.parametrize("part", [0.9, 0.5, 0.1, 0.001])
def test_a_file_that_was_cut_off_gives_way_to_an_empty_index(file: Path, part: float) -> None:
    whole = filled(file)
    file.write_bytes(whole[: int(part * len(whole))])
    works_and_is_empty(file)


@pytest.mark.parametrize("version", [1, 99, -1])
def test_an_index_of_another_version_gives_way_to_an_empty_one(file: Path, version: int) -> None:
    filled(file)
    with closing(sqlite3.connect(file)) as database:
        database.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(sqlite3.DatabaseError, match=f"version {version}"):
        Index(file)
    works_and_is_empty(file)


def test_another_programs_database_gives_way_to_an_empty_index(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE document (id TEXT)")
    works_and_is_empty(file)


def works_and_is_empty(file: Path) -> None:
    with closing(open_index(file)) as made:
        assert made.keys() == {}
        made.keep([VPN])
        assert found(made, "tunnel") == {"vpn"}
    with closing(open_index(file)) as again:
        assert set(again.keys()) == {"vpn"}


def test_a_sound_index_stays(file: Path) -> None:
    filled(file)
    with closing(open_index(file)) as again:
        assert len(again.keys()) == 40


def test_what_is_discarded_leaves_no_file(file: Path) -> None:
    with closing(Index(file)) as made:
        made.keep([VPN])
        beside = sorted(each.name for each in file.parent.iterdir())
        assert f"{file.name}-wal" in beside
        copies = {each: each.read_bytes() for each in file.parent.iterdir()}
    for each, content in copies.items():
        each.write_bytes(content)
    discard(file)
    assert list(file.parent.iterdir()) == []
    discard(file)


def test_an_index_that_another_process_holds_is_not_deleted(tmp_path: Path) -> None:
    file = tmp_path / "index.sqlite"
    open_index(file).close()
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("CREATE TABLE mine (one INTEGER)")
    holder.execute("COMMIT")
    with pytest.raises(sqlite3.OperationalError):
        open_index(file)
    assert holder.execute("SELECT count(*) FROM mine").fetchone() == (0,)
    holder.close()
