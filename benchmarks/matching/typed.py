"""What a key costs Samebox, in a process of its own: its parts, and the memory that it holds.

    python -m benchmarks.matching.typed build FOLDER VECTORS
    python -m benchmarks.matching.typed ask FOLDER MOST

FOLDER has `documents.jsonl`; VECTORS are `real`, or `random` unit ones, which cost as much to
search and nothing to make. `ask` reads `queries.jsonl` (text) and prints JSON.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from samebox_agent.matching.documents import Document, Query
from samebox_agent.matching.encoder import SIZE, Encoder, Vectors
from samebox_agent.matching.index import Index, open_index
from samebox_agent.matching.matcher import Matcher
from samebox_agent.matching.parts import parts_of
from samebox_agent.matching.ranking import Numbers

from benchmarks.measures.processes import pss

T = TypeVar("T")

_BATCH = 500


class TimedEncoder(Encoder):
    """Adds up how long it encoded."""

    ms = 0.0

    def vectors(self, texts: Sequence[str]) -> Vectors:
        found, took = timed(lambda: super(TimedEncoder, self).vectors(texts))
        self.ms += took
        return found


class TimedMatcher(Matcher):
    """Adds up how long the vectors of all documents were compared."""

    ms = 0.0

    def _likeness(self, vector: Vectors | None) -> tuple[Numbers, Numbers]:
        found, took = timed(lambda: super(TimedMatcher, self)._likeness(vector))
        self.ms += took
        return found


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What came of it, and the milliseconds that it took."""
    began = time.perf_counter()
    done = work()
    return done, 1_000 * (time.perf_counter() - began)


def build(folder: Path, vectors: str) -> dict[str, float]:
    """The index as the agent makes it; vectors that are made up are not in its time."""
    index = open_index(folder / "samebox.sqlite")
    read = msgspec.json.Decoder(Document)
    with (folder / "documents.jsonl").open("rb") as lines:
        _, worded = timed(lambda: _keep(index, map(read.decode, lines)))
    matcher_took = 0.0
    if vectors == "real":
        matcher = Matcher(index, Encoder())
        _, matcher_took = timed(lambda: _encode(matcher))
    else:
        _make_up(index)
    index.close()
    file = folder / "samebox.sqlite"
    return {
        "seconds": worded / 1_000,
        "encoding s": matcher_took / 1_000,
        "mib": file.stat().st_size / 2**20,
    }


def ask(folder: Path, most: int) -> dict[str, object]:
    """Each key: encoding, comparing vectors, everything else, and all of it; in milliseconds."""
    encoder, loading = timed(TimedEncoder)
    index = open_index(folder / "samebox.sqlite")
    matcher, reading = timed(lambda: TimedMatcher(index, encoder))
    matcher.search(Query(body="warm up"), most)
    lines = (folder / "queries.jsonl").read_bytes().splitlines()
    keys = [Query(body=msgspec.json.decode(line)["text"], is_being_typed=True) for line in lines]
    told = [_key(matcher, encoder, each, most) for each in keys]
    parts = {name: [each[name] for each in told] for name in told[0]}
    memory = {"pss": pss(os.getpid()), "vectors kept": float(index.parts())}
    return {**parts, **memory, "loading ms": loading, "reading ms": reading}


def _key(matcher: TimedMatcher, encoder: TimedEncoder, query: Query, most: int) -> dict[str, float]:
    matcher.ms = encoder.ms = 0.0
    _, whole = timed(lambda: matcher.search(query, most))
    compared, encoded = matcher.ms, encoder.ms
    rest = whole - compared - encoded
    return {"encode": encoded, "vectors": compared, "words": rest, "all": whole}


def _keep(index: Index, documents: "map[Document]") -> None:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == _BATCH:
            index.keep(batch)
            batch = []
    index.keep(batch)


def _encode(matcher: Matcher) -> None:
    while matcher.encode_some():
        pass


def _make_up(index: Index) -> None:
    import numpy as np

    chance = np.random.default_rng(1)
    for number, document in index.documents():
        parts = parts_of(document)
        made = chance.standard_normal((len(parts.texts), SIZE), np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        index.add_vectors(number, made, own=len(parts.own))


def main(words: list[str]) -> int:
    """Do what the words say."""
    order, folder, more = words
    told = build(Path(folder), more) if order == "build" else ask(Path(folder), int(more))
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
