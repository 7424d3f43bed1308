"""What each key costs as the number of articles grows: Samebox beside the alternatives."""

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from samebox_agent.matching.documents import Document

from benchmarks.matching.beside import NAMES, Beside, write_lines
from benchmarks.matching.installing import ROOT
from benchmarks.matching.quality import text_of
from benchmarks.matching.sets import document, english_articles
from benchmarks.measures.figures import percentile
from benchmarks.suggestions import library

SIZES = (1_000, 10_000, 100_000)
REAL = 1_000
"""Up to so many articles the vectors are real: encoding 100,000 takes hours."""
LENGTHS = (1, 2, 3, 5, 8, 12, 20, 30)
TIMES = 2
MOST_KEYS = {100_000: 250}
"""Of the keys typed, so many are measured at this size: every third, every fourth."""
RESULTS = 20
PARTS = ("all", "encode", "vectors", "words")

Table = dict[str, dict[str, float | str]]


def measure() -> dict[str, Table]:
    """A table for each size."""
    articles = library(max(SIZES))
    documents = [document(each, each.symptoms) for each in articles]
    del articles
    typed = list(keys(random.Random(1)))
    return {f"{size:,}": _measure(documents[:size], typed) for size in SIZES}


def keys(chance: random.Random) -> Iterator[str]:
    """Questions of each length, letter by letter; longer ones are several symptoms in a row."""
    symptoms = [text for each in english_articles() for text in each.symptoms]
    for length in LENGTHS * TIMES:
        words: list[str] = []
        while len(words) < length:
            words += chance.choice(symptoms).split()
        text = " ".join(words[:length])
        yield from (text[:end] for end in range(1, len(text) + 1))


def thinned(typed: Sequence[str], most: int) -> Sequence[str]:
    """Evenly, at most so many."""
    step = -(-len(typed) // most)
    return typed[::step]


def _measure(documents: Sequence[Document], typed: Sequence[str]) -> Table:
    typed = thinned(typed, MOST_KEYS.get(len(documents), len(typed)))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        beside = Beside(folder, ((each.id, text_of(each)) for each in documents))
        table: Table = {"samebox": _samebox(folder, documents, typed)}
        for name in NAMES:
            table[name] = _other(name, beside, typed)
    sys.stdout.write(f"  {len(documents):,} articles: done\n")
    return table


def _samebox(
    folder: Path, documents: Sequence[Document], typed: Sequence[str]
) -> dict[str, float | str]:
    lines = (msgspec.to_builtins(each) for each in documents)
    write_lines(folder / "documents.jsonl", lines)
    write_lines(folder / "queries.jsonl", ({"text": text} for text in typed))
    built = _run("build", folder, "real" if len(documents) <= REAL else "random")
    asked = _run("ask", folder, str(RESULTS))
    row: dict[str, float | str] = {"keys": len(typed)}
    for part in PARTS:
        row |= _percentiles(part, asked.pop(part))
    return row | built | asked


def _other(name: str, beside: Beside, typed: Sequence[str]) -> dict[str, float | str]:
    if name in beside.lacking:
        return {"lacking": beside.lacking[name]}
    answers = beside.ask(name, ((text, True) for text in typed), RESULTS)
    return {"keys": len(typed), **_percentiles("all", answers.ms), **beside.built[name]}


def _percentiles(part: str, samples: Sequence[float]) -> dict[str, float]:
    return {
        f"{part} p50": percentile(samples, 0.5),
        f"{part} p99": percentile(samples, 0.99),
        f"{part} worst": max(samples),
    }


def _run(order: str, folder: Path, more: str) -> dict[str, Any]:
    words = [sys.executable, "-m", "benchmarks.matching.typed", order, str(folder), more]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"typed {order}: {done.stderr[-600:]}")
    told: dict[str, Any] = msgspec.json.decode(done.stdout.splitlines()[-1])
    return told
