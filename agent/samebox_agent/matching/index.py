"""The index: one SQLite file with the words and the vectors of every document, kept by difference.

It holds nothing that is not somewhere else too: a damaged file is deleted and made again.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from samebox_agent.matching.documents import Document, Entry
from samebox_agent.matching.encoder import SIZE, Vectors
from samebox_agent.matching.terms import searchable

_VERSION = 2
_TOKENS = "porter unicode61 remove_diacritics 2"
_HALF = 2
"""Bytes of one number of a vector, as it is kept."""
_TITLE_COUNTS = 3.0
"""How much more a word in the title says than one elsewhere."""
_SCHEMA = (
    "CREATE TABLE document (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL,"
    " title TEXT NOT NULL, rest TEXT NOT NULL, body BLOB NOT NULL)",
    f"CREATE VIRTUAL TABLE words USING fts5(title, rest, content = 'document',"
    f" content_rowid = 'number', tokenize = '{_TOKENS}', prefix = '2 3')",
    f"CREATE VIRTUAL TABLE titles USING fts5(title, content = 'document',"
    f" content_rowid = 'number', tokenize = '{_TOKENS}', prefix = '2 3')",
    "CREATE TABLE meaning (number INTEGER PRIMARY KEY, own INTEGER NOT NULL,"
    " vectors BLOB NOT NULL)",
    f"PRAGMA user_version = {_VERSION}",
)

_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

_decoder = msgspec.json.Decoder(Document)
_entries = msgspec.json.Decoder(Entry)


class Encoded(NamedTuple):
    """What one document means: a row for each of its parts, its `own` ones first, then those of the
    questions that it solved."""

    number: int
    own: int
    vectors: Vectors


class Index:
    """Belongs to one thread. Raises sqlite3.DatabaseError when the file is damaged."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._database = _opened(file)

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    def keys(self) -> dict[str, str]:
        """The key of every document in it, by id."""
        return dict(self._database.execute("SELECT id, key FROM document"))

    def keep(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Put documents in, in place of older ones, and take others out, in one transaction.

        Their vectors are missing until they are added.
        """
        with self._transaction():
            for document_id in gone:
                self._drop(document_id)
            for document in documents:
                self._drop(document.id)
                self._put(document)

    def without_vectors(self, most: int) -> tuple[tuple[int, Document], ...]:
        """Documents that were not encoded yet, with their numbers."""
        rows = self._database.execute(
            "SELECT number, body FROM document WHERE number NOT IN (SELECT number FROM meaning)"
            " ORDER BY number LIMIT ?",
            (most,),
        )
        return tuple((number, _decoder.decode(body)) for number, body in rows)

    def add_vectors(self, number: int, vectors: Vectors, own: int) -> None:
        """The vectors of one document, in the order of its parts; `own` of them are no questions
        that it solved."""
        row = (number, own, vectors.astype(np.float16).tobytes())
        self._database.execute("INSERT OR REPLACE INTO meaning VALUES (?, ?, ?)", row)

    def documents(self) -> Iterator[tuple[int, Document]]:
        """All, by number."""
        rows = self._database.execute("SELECT number, body FROM document ORDER BY number")
        return ((number, _decoder.decode(body)) for number, body in rows)

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """The same without their texts."""
        rows = self._database.execute("SELECT number, body FROM document ORDER BY number")
        return ((number, _entries.decode(body)) for number, body in rows)

    def spellings(self) -> Iterator[str]:
        """The words of each document, as they are kept."""
        rows = self._database.execute("SELECT title || ' ' || rest FROM document")
        return (text for (text,) in rows)

    def parts(self) -> int:
        """How many vectors there are."""
        sql = "SELECT coalesce(sum(length(vectors)), 0) FROM meaning"
        return int(self._database.execute(sql).fetchone()[0]) // (SIZE * _HALF)

    def encoded(self, each: int = 1) -> Iterator[Encoded]:
        """What was encoded, by number; only of every third, tenth … document where that is said."""
        sql = "SELECT number, own, vectors FROM meaning WHERE number % ? = 0 ORDER BY number"
        return map(_encoded, self._database.execute(sql, (each,)))

    def encoded_of(self, numbers: Sequence[int]) -> Iterator[Encoded]:
        """What was encoded of these, by number."""
        some = msgspec.json.encode(numbers).decode()
        sql = (
            "SELECT number, own, vectors FROM meaning"
            " WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number"
        )
        return map(_encoded, self._database.execute(sql, (some,)))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Who writes meanwhile is not seen halfway."""
        with self._transaction("BEGIN"):
            yield

    def count(self, match: str) -> int:
        """How many documents an FTS5 expression finds."""
        sql = "SELECT count(*) FROM words WHERE words MATCH ?"
        return int(self._database.execute(sql, (match,)).fetchone()[0])

    def by_words(self, match: str, most: int) -> dict[int, float]:
        """BM25 of the best documents, by number; more is better."""
        sql = (
            f"SELECT rowid, -rank FROM words WHERE words MATCH ?"
            f" AND rank MATCH 'bm25({_TITLE_COUNTS}, 1.0)' ORDER BY rank LIMIT ?"
        )
        return dict(self._database.execute(sql, (match, most)))

    def by_title(self, match: str, most: int) -> dict[int, float]:
        """The same for titles alone."""
        sql = "SELECT rowid, -rank FROM titles WHERE titles MATCH ? ORDER BY rank LIMIT ?"
        return dict(self._database.execute(sql, (match, most)))

    def _put(self, document: Document) -> None:
        title = searchable(document.title)
        rest = searchable(
            " ".join((document.body, document.fix, *document.examples, document.topic))
        )
        row = (document.id, document.key(), title, rest, msgspec.json.encode(document))
        sql = "INSERT INTO document (id, key, title, rest, body) VALUES (?, ?, ?, ?, ?)"
        number = self._database.execute(sql, row).lastrowid
        self._words("INSERT INTO words (rowid, title, rest) VALUES (?, ?, ?)", number, title, rest)
        self._words("INSERT INTO titles (rowid, title) VALUES (?, ?)", number, title)

    def _drop(self, document_id: str) -> None:
        sql = "SELECT number, title, rest FROM document WHERE id = ?"
        row = self._database.execute(sql, (document_id,)).fetchone()
        if row is None:
            return
        number, title, rest = row
        # An index that keeps no text must be told the old one to take it out.
        gone = "INSERT INTO words (words, rowid, title, rest) VALUES ('delete', ?, ?, ?)"
        self._words(gone, number, title, rest)
        gone = "INSERT INTO titles (titles, rowid, title) VALUES ('delete', ?, ?)"
        self._words(gone, number, title)
        self._database.execute("DELETE FROM meaning WHERE number = ?", (number,))
        self._database.execute("DELETE FROM document WHERE number = ?", (number,))

    def _words(self, sql: str, *values: object) -> None:
        self._database.execute(sql, values)

    @contextmanager
    def _transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        self._database.execute(begin)
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


def open_index(file: Path) -> Index:
    """The index; a file that is damaged or of another version gives way to an empty one.

    One that another process holds does not: then sqlite3.OperationalError is raised.
    """
    try:
        return Index(file)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) in _HELD:
            raise
        discard(file)
        return Index(file)


def discard(file: Path) -> None:
    """Delete it: the next one is made from the documents again."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _encoded(row: tuple[int, int, bytes]) -> Encoded:
    number, own, blob = row
    return Encoded(
        number, own, np.frombuffer(blob, np.float16).reshape(-1, SIZE).astype(np.float32)
    )


def quoted(words: Sequence[str]) -> str:
    """Words that follow each other, as FTS5 writes them."""
    return '"' + " ".join(words).replace('"', "") + '"'


def _opened(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")  # it can be made again
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError(f"an index of version {version}")
        if version == 0:
            database.execute("BEGIN IMMEDIATE")
            for statement in _SCHEMA:
                database.execute(statement)
            database.execute("COMMIT")
        database.execute("SELECT id FROM document LIMIT 1").fetchone()
    except BaseException:
        database.close()
        raise
    return database
