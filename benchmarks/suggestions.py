"""Fixes while typing: what each key costs on the laptop, from the search to the view data."""

import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path

from msgspec import structs
from samebox_agent import __version__
from samebox_agent.collectors.recorded import load
from samebox_agent.core import fixes
from samebox_agent.core.events import FactsRead, Moment, SearchDone
from samebox_agent.core.intents import OpenHelp, TypeQuestion
from samebox_agent.core.state import AgentState, Me
from samebox_agent.core.update import update
from samebox_agent.presenters import screens
from samebox_agent.runtime.memory import MOST_HITS
from samebox_agent.storage.articles import Articles
from samebox_agent.storage.store import open_store
from samebox_server.core.articles import parse
from samebox_server.starter import starter_files
from samebox_shared.model.articles import Article, ArticleChange, ArticlePage
from samebox_shared.model.ids import ArticleId, DeviceId, PersonId
from samebox_shared.model.people import PersonCard

from benchmarks.measures.figures import Figure, Goal, figure, publish
from tasks.stage.programs import MACHINES

SIZES = (100, 1_000, 10_000)
MACHINE = MACHINES / "thinkpad-t14-gen3-windows11-full-disk.json"
QUERIES = (
    "my disk is full",
    "wifi keeps dropping in the meeting room",
    "battery empty after two hours",
    "laptop very slow since this morning",
    "printer does not print",
    "no sound in teams call",
    "screen flickers with the dock",
)
SEARCH_GOAL = Goal("p95", 20.0)
KEY_GOAL = Goal("p95", 100.0)
LOOKS = 15
MOMENT = Moment(1_800_000_000.0, 1_000.0, "0" * 32)
WORD = re.compile(r"[a-z]{5,}")


@dataclass
class Key:
    """What one key cost, in milliseconds."""

    search: float
    step: float


@cache
def starter() -> tuple[Article, ...]:
    """The articles that ship with Samebox."""
    parsed = (parse(text, source=name) for name, text in sorted(starter_files().items()))
    return tuple(article for article in parsed if isinstance(article, Article))


def library(size: int) -> tuple[Article, ...]:
    """The starter articles, then copies of them with words exchanged; always the same ones."""
    first = starter()
    words = sorted({word for each in first for word in WORD.findall(_all_text(each))})
    chance = random.Random(1)
    made = [_varied(first[n % len(first)], n, words, chance) for n in range(size)]
    return (*first, *made[len(first) :])[:size]


def _varied(article: Article, number: int, words: list[str], chance: random.Random) -> Article:
    """A third of the longer words become others of the same vocabulary, or new ones."""

    def other(found: re.Match[str]) -> str:
        if chance.random() < 0.67:
            return found[0]
        return chance.choice(words) if chance.random() < 0.8 else f"{found[0]}{number % 97}"

    def vary(text: str) -> str:
        return WORD.sub(other, text)

    return structs.replace(
        article,
        article_id=ArticleId(f"{article.article_id}-{number}"),
        title=vary(article.title),
        summary=vary(article.summary),
        symptoms=tuple(map(vary, article.symptoms)),
        steps=tuple(structs.replace(step, text=vary(step.text)) for step in article.steps),
    )


def _all_text(article: Article) -> str:
    steps = " ".join(step.text for step in article.steps)
    return " ".join((article.title, article.summary, *article.symptoms, steps))


def main() -> int:
    """Each size in a store of its own."""
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            rows += _measure(size, Path(folder) / f"{size}.db")
    return publish("suggestions", rows, ["a key: typed, found, matched, presented; not painted"])


def _measure(size: int, file: Path) -> Iterator[Figure]:
    articles = library(size)
    page = ArticlePage(
        changes=tuple(
            ArticleChange(change=number, article_id=each.article_id, article=each)
            for number, each in enumerate(articles, start=1)
        ),
        head=size,
    )
    store = open_store(file)
    try:
        store.articles.apply_page(page)
        state = fixes.with_articles(_laptop(), page)
        looks = list(_looks(state))
        keys = list(_typed(state, store.articles))
    finally:
        store.close()
    conditions = sum(1 for each in articles if each.condition)
    goal = SEARCH_GOAL if size == max(SIZES) else None
    yield figure(f"{size:,} articles: search, each key", "ms", (key.search for key in keys), goal)
    yield figure(f"{size:,} articles: rules and view, each key", "ms", (key.step for key in keys))
    both = (key.search + key.step for key in keys)
    yield figure(f"{size:,} articles: the whole of a key", "ms", both, KEY_GOAL)
    yield figure(f"{size:,} articles: {conditions:,} conditions evaluated", "ms", looks)


def _laptop() -> AgentState:
    """A laptop that joined, with the facts of a recorded machine, and its help window open."""
    card = PersonCard(person_id=PersonId("p"), name="Noor")
    me = Me(card, DeviceId("d"), "Bench & Co", ())
    state = structs.replace(AgentState(), me=me, server="http://localhost", sharing_agreed=True)
    state, _ = update(state, FactsRead(load(MACHINE).facts, 0.0, ()), MOMENT)
    state, _ = update(state, OpenHelp(), MOMENT)
    return state


def _looks(state: AgentState) -> Iterator[float]:
    fixes.look(state)
    for _ in range(LOOKS):
        began = time.perf_counter()
        fixes.look(state)
        yield (time.perf_counter() - began) * 1000


def _typed(state: AgentState, articles: Articles) -> Iterator[Key]:
    """Every query, key by key."""
    for query in QUERIES:
        for end in range(1, len(query) + 1):
            text = query[:end]
            began = time.perf_counter()
            state, _ = update(state, TypeQuestion(text), MOMENT)
            typed = time.perf_counter()
            hits = tuple(hit.article.article_id for hit in articles.search(text, MOST_HITS))
            found = time.perf_counter()
            state, _ = update(state, SearchDone(text, hits), MOMENT)
            screens.present(state, MOMENT.wall, UTC, __version__)
            ended = time.perf_counter()
            yield Key((found - typed) * 1000, (typed - began + ended - found) * 1000)


if __name__ == "__main__":
    sys.exit(main())
