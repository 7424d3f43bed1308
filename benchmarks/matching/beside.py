"""Starts the alternatives, each in a process of its own, and reads what they found."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.matching.installing import ROOT, NotInstalled, alternatives_python

NAMES = ("fts5", "bm25s", "tantivy")

Ranking = list[tuple[str, float]]


class Answers(NamedTuple):
    """What one way of ranking said to all questions, and how long each took."""

    rankings: list[Ranking]
    ms: list[float]


class Beside:
    """One corpus, indexed by the alternatives that are there.

    `built` has the seconds and MiB of each; `lacking` says why another one is not there.
    """

    def __init__(self, folder: Path, texts: Iterable[tuple[str, str]]) -> None:
        self._folder = folder
        self.built: dict[str, dict[str, float]] = {}
        self.lacking: dict[str, str] = {}
        lines = ({"id": document_id, "text": text} for document_id, text in texts)
        write_lines(folder / "corpus.jsonl", lines)
        for name in NAMES:
            try:
                self.built[name] = _run(name, "build", folder)
            except NotInstalled as error:
                self.lacking[name] = str(error)

    def ask(self, name: str, queries: Iterable[tuple[str, bool]], most: int) -> Answers:
        """Each a text and whether it is being typed."""
        lines = ({"text": text, "typed": is_being_typed} for text, is_being_typed in queries)
        write_lines(self._folder / "queries.jsonl", lines)
        self.built[name] |= _run(name, "ask", self._folder, str(most))
        said = read_lines(self._folder / f"{name}.jsonl")
        rankings = [[(found, score) for found, score in each["ranking"]] for each in said]
        return Answers(rankings, [each["ms"] for each in said])


def write_lines(file: Path, lines: Iterable[object]) -> None:
    """JSON lines."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)


def read_lines(file: Path) -> list[dict[str, Any]]:
    """JSON lines."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _run(name: str, order: str, folder: Path, *more: str) -> dict[str, float]:
    python = Path(sys.executable) if name == "fts5" else alternatives_python()
    words: list[str | Path] = [
        python,
        "-m",
        "benchmarks.matching.alternatives",
        order,
        name,
        folder,
        *more,
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} could not {order}: {done.stderr[-600:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
