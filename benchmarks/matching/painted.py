"""From a key in the real help window to the painted list, and what both processes hold meanwhile.

The agent is a real one that joined and lost its server; its window draws into memory. The engine's
thread and the process that matches are its own. Only the articles were put there by us, and their
vectors: those of the articles that ship are real, those of made-up ones lie near the vectors of the
article that each was made of. Memory is read as soon as the last list is painted, and once more
when the window is closed and the process that matches has ended.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from samebox_agent.matching.encoder import SIZE, Encoder, Vectors
from samebox_agent.matching.index import open_index
from samebox_agent.matching.parts import parts_of
from samebox_agent.runtime.matching import document_of
from samebox_agent.storage.paths import choose_paths
from samebox_agent.storage.store import open_store
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage

from benchmarks.company.office import office
from benchmarks.laptop.screen import offscreen
from benchmarks.matching.installing import ROOT
from benchmarks.measures.figures import percentile
from benchmarks.measures.processes import pss
from benchmarks.suggestions import QUERIES, library, starter
from tasks.stage.programs import program

SIZES = (len(starter()), 10_000)
PROBE = ROOT / "benchmarks" / "laptop" / "probes" / "keys.py"
NOISE = 0.02
"""How far from its pattern each number of a made-up vector lies; one has 384 of about 0.05."""
LATEST = 300.0
"""Seconds after which an agent that is not done is ended."""
GONE = 45.0
"""Seconds until a process that matches has ended, after the last key."""

Row = dict[str, float | str]


def measure() -> dict[str, Row]:
    """A row for each size."""
    with tempfile.TemporaryDirectory() as folder:
        with office() as place:
            home = Path(folder) / "home"
            place.joined_home("ada").rename(home)
        return {f"{size:,} articles": _measured(home, size) for size in SIZES}


def _measured(home: Path, size: int) -> Row:
    _fill(home, library(size))
    questions = home.with_name("questions.txt")
    questions.write_text("\n".join(QUERIES), encoding="utf-8")
    agent = subprocess.Popen(
        [program("agent", "python"), str(PROBE), str(questions), "--home", str(home)],
        env=offscreen().environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    overdue = threading.Timer(LATEST, agent.kill)
    overdue.start()
    try:
        painted = [each["painted"] for each in _told(agent, "done") if each.get("painted")]
        matching = _child(agent.pid)
        row: Row = {"keys": len(painted), "agent": pss(agent.pid), "matching": pss(matching)}
        agent.send_signal(signal.SIGUSR2)
        list(_told(agent, "closed"))
        _await_end(matching)
        row["closed"] = pss(agent.pid)
    finally:
        overdue.cancel()
        agent.terminate()
        agent.communicate()
    for name, which in (("first", 0), ("final", -1)):
        taken = [each[which] for each in painted]
        row |= {f"{name} p50": percentile(taken, 0.5), f"{name} p99": percentile(taken, 0.99)}
        row[f"{name} worst"] = max(taken)
    row["open"] = float(row["agent"]) + float(row["matching"])
    sys.stdout.write(f"  {size:,} articles: typed\n")
    return row


def _told(agent: "subprocess.Popen[str]", last: str) -> Iterator[dict[str, Any]]:
    """What the probe says until it has said this. Raises ChildProcessError when it ended."""
    for line in agent.stderr or ():
        if line.startswith("{"):
            said: dict[str, Any] = json.loads(line)
            yield said
            if last in said:
                return
    raise ChildProcessError(f"the agent ended before it told {last!r}")


def _child(pid: int) -> int:
    """The process that matches: started by one of the agent's threads."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            if b"--match" in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
    raise ProcessLookupError("nothing matches")


def _await_end(pid: int) -> None:
    deadline = time.monotonic() + GONE
    while Path(f"/proc/{pid}").exists():
        if time.monotonic() > deadline:
            raise TimeoutError("the process that matches did not end")
        time.sleep(0.2)
    time.sleep(1.0)


def _fill(home: Path, articles: tuple[Article, ...]) -> None:
    """The laptop has these articles and no others, and all are encoded."""
    paths = choose_paths(home)
    changes = tuple(
        ArticleChange(change=number, article_id=each.article_id, article=each)
        for number, each in enumerate(articles, start=1)
    )
    store = open_store(paths.database)
    store.articles.forget()
    store.articles.apply_page(ArticlePage(changes=changes, head=len(articles)))
    store.close()
    index = open_index(paths.matching)
    index.keep([document_of(each) for each in articles], gone=list(index.keys()))
    for number, own, vectors in _vectors(articles):
        index.add_vectors(number, vectors, own)
    index.close()


def _vectors(articles: tuple[Article, ...]) -> Iterator[tuple[int, int, Vectors]]:
    encoder = Encoder(threads=os.cpu_count() or 1)
    chance = np.random.default_rng(1)
    real: list[Vectors] = []
    for number, article in enumerate(articles, start=1):
        parts = parts_of(document_of(article))
        count = len(parts.texts)
        if number <= len(starter()):
            real.append(encoder.vectors(parts.texts))
            yield number, len(parts.own), real[-1]
            continue
        pattern = real[(number - 1) % len(real)]
        rows = pattern[np.arange(count) % len(pattern)]
        rows = rows + NOISE * chance.standard_normal((count, SIZE)).astype(np.float32)
        yield number, len(parts.own), rows / np.linalg.norm(rows, axis=1, keepdims=True)
