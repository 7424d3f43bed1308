"""SQLite's FTS5, bm25s and tantivy as they are used by themselves, each in a process of its own.

    python -m benchmarks.matching.alternatives build NAME FOLDER
    python -m benchmarks.matching.alternatives ask NAME FOLDER MOST

FOLDER has `corpus.jsonl` (id, text); `ask` reads `queries.jsonl` (text, typed) and writes
`NAME.jsonl` (ranking, ms). What else was measured is printed as JSON. Runs in the environment that
`installing.py` makes: it may import nothing of Samebox and only the libraries it is about.
"""

import json
import os
import re
import shutil
import sqlite3
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measures.processes import pss

if TYPE_CHECKING:
    from bm25s.tokenization import Tokenized
    from tantivy import Index

_WORD = re.compile(r"\w+")


class Alternative(ABC):
    """Ranks the numbers of texts by their words; the index lies in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def build(self, texts: Iterator[str]) -> None:
        """Index them, numbered from 0."""

    @abstractmethod
    def open(self) -> None:
        """Make ready for questions."""

    @abstractmethod
    def rank(self, text: str, most: int, is_being_typed: bool) -> list[tuple[int, float]]:
        """The best, with their scores."""


class Fts5(Alternative):
    """Any word, the porter stemmer, BM25; the word being typed is taken as a beginning."""

    def build(self, texts: Iterator[str]) -> None:
        database = self._database()
        database.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(text, content = '',"
            " tokenize = 'porter unicode61', prefix = '2 3')"
        )
        rows = ((number + 1, text) for number, text in enumerate(texts))
        database.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)
        database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        database.commit()

    def open(self) -> None:
        self._open = self._database()

    def rank(self, text: str, most: int, is_being_typed: bool) -> list[tuple[int, float]]:
        words = [f'"{word}"' for word in dict.fromkeys(_WORD.findall(text))]
        if not words:
            return []
        if is_being_typed and text[-1:].isalnum():
            words[-1] += "*"
        sql = "SELECT rowid - 1, -rank FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"
        return list(self._open.execute(sql, (" OR ".join(words), most)))

    def _database(self) -> sqlite3.Connection:
        self.folder.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(self.folder / "index.sqlite")


class Bm25s(Alternative):
    """With its English stop words and PyStemmer, as its manual advises."""

    def build(self, texts: Iterator[str]) -> None:
        import bm25s

        index = bm25s.BM25()
        index.index(self._tokens(list(texts)), show_progress=False)
        index.save(self.folder)

    def open(self) -> None:
        import bm25s

        self._index = bm25s.BM25.load(self.folder)

    def rank(self, text: str, most: int, is_being_typed: bool) -> list[tuple[int, float]]:
        tokens = self._tokens([text])
        if not tokens.vocab or tokens.ids == [[]]:
            return []
        most = min(most, self._index.scores["num_docs"])
        found, scores = self._index.retrieve(tokens, k=most, show_progress=False)
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [(number, score) for number, score in pairs if score > 0.0]

    def _tokens(self, texts: list[str]) -> "Tokenized":
        import bm25s
        import Stemmer

        if not hasattr(self, "_stemmer"):
            self._stemmer = Stemmer.Stemmer("english")
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)


class Tantivy(Alternative):
    """Any word, its English stemmer, BM25."""

    def build(self, texts: Iterator[str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        import tantivy

        writer = self._index().writer(heap_size=128_000_000, num_threads=1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(number=number, text=text))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._open = self._index()
        self._open.reload()
        self._searcher = self._open.searcher()

    def rank(self, text: str, most: int, is_being_typed: bool) -> list[tuple[int, float]]:
        words = " ".join(_WORD.findall(text.casefold()))
        if not words:
            return []
        query = self._open.parse_query(words, ["text"])
        hits = self._searcher.search(query, most, count=False).hits
        return [(self._searcher.doc(place)["number"][0], score) for score, place in hits]

    def _index(self) -> "Index":
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("number", stored=True)
        schema.add_text_field("text", tokenizer_name="en_stem")
        return tantivy.Index(schema.build(), path=str(self.folder))


EVERY: dict[str, type[Alternative]] = {"fts5": Fts5, "bm25s": Bm25s, "tantivy": Tantivy}


def main(words: list[str]) -> int:
    """Do what the words say."""
    order, name, folder, *most = words
    place = Path(folder)
    alternative = EVERY[name](place / name)
    told = _build(alternative, place) if order == "build" else _ask(alternative, place, int(*most))
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _build(alternative: Alternative, place: Path) -> dict[str, float]:
    shutil.rmtree(alternative.folder, ignore_errors=True)
    began = time.perf_counter()
    alternative.build(line["text"] for line in _lines(place / "corpus.jsonl"))
    took = time.perf_counter() - began
    files = [each for each in alternative.folder.rglob("*") if each.is_file()]
    return {"seconds": took, "mib": sum(each.stat().st_size for each in files) / 2**20}


def _ask(alternative: Alternative, place: Path, most: int) -> dict[str, float]:
    ids = [line["id"] for line in _lines(place / "corpus.jsonl")]
    alternative.open()
    alternative.rank("warm up", most, False)
    with (place / f"{alternative.folder.name}.jsonl").open("w", encoding="utf-8") as out:
        for line in _lines(place / "queries.jsonl"):
            began = time.perf_counter()
            found = alternative.rank(line["text"], most, bool(line.get("typed")))
            took = 1_000 * (time.perf_counter() - began)
            ranking = [[ids[number], score] for number, score in found]
            out.write(json.dumps({"ranking": ranking, "ms": took}) + "\n")
    return {"pss": pss(os.getpid())}


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
