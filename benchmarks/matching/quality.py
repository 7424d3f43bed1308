"""What each way of ranking finds, on every set: the rows of the tables of quality."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from samebox_agent.matching.documents import Document
from samebox_agent.matching.encoder import Encoder
from samebox_agent.matching.ranking import plain

from benchmarks.matching.beside import NAMES, Beside, Ranking
from benchmarks.matching.rankers import DEPTH, Ranker, Rankers, fused, without_dutch
from benchmarks.matching.scores import Top, auroc, coverage, hit, mean, ndcg
from benchmarks.matching.sets import Question, Trial

PRECISION = 0.9
WITHOUT = "without "

Row = dict[str, float]


class Found(NamedTuple):
    """The rankings of each way on a set, and why another way is not there."""

    rankings: dict[str, list[Ranking]]
    lacking: dict[str, str]


def text_of(document: Document) -> str:
    """All that Samebox indexes too, as one text for those who know no fields."""
    parts = (document.title, document.body, document.fix, *document.examples, document.topic)
    return "\n".join(filter(None, parts))


def ask_all(
    sets: Sequence[Trial], encoder: Encoder, *, is_taken_apart: bool = False
) -> list[Found]:
    """Sets over one corpus, which is indexed once."""
    documents = sets[0].documents
    assert all(each.documents is documents for each in sets)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        rankers = Rankers(folder, documents, encoder)
        beside = Beside(folder, ((each.id, text_of(each)) for each in documents))
        return [_ask(each, rankers, beside, is_taken_apart) for each in sets]


def _ask(one: Trial, rankers: Rankers, beside: Beside, is_taken_apart: bool) -> Found:
    texts = [(each.query.text, False) for each in one.questions]
    found = {
        name: beside.ask(name, texts, DEPTH).rankings for name in NAMES if name in beside.built
    }
    ways: dict[str, Ranker] = {
        "minilm": rankers.minilm,
        "words only": rankers.words_only,
        "samebox": rankers.samebox,
    }
    if is_taken_apart:
        ways |= {WITHOUT + name: ranker for name, ranker in rankers.without().items()}
    with without_dutch() if one.is_in_english else nullcontext():
        for name, ranker in ways.items():
            found[name] = [ranker(each.query) for each in one.questions]
    pairs = zip(found["fts5"], found["minilm"], strict=True)
    found["fusion"] = [fused(one, other) for one, other in pairs]
    return Found(found, beside.lacking)


def order_row(rankings: Sequence[Ranking], questions: Sequence[Question]) -> Row:
    """How early the answers stand."""
    orders = [[document_id for document_id, _ in each] for each in rankings]
    pairs = list(zip(orders, questions, strict=True))
    row = {
        f"hit@{most}": mean([hit(order, asked.relevant, most) for order, asked in pairs])
        for most in (1, 3, 5)
    }
    row["ndcg@10"] = mean([ndcg(order, asked.relevant) for order, asked in pairs])
    return row


def wrong_product(
    rankings: Sequence[Ranking], questions: Sequence[Question], documents: Sequence[Document]
) -> float:
    """The share of the first five, where they are for a product, that are for none of these."""
    made_for = {each.id: set(map(plain, each.applies_to)) for each in documents}
    return mean(
        [
            float(made_for[document_id].isdisjoint(map(plain, asked.query.facts)))
            for each, asked in zip(rankings, questions, strict=True)
            if asked.query.facts
            for document_id, _ in each[:5]
            if made_for[document_id]
        ]
    )


def sure_row(asked: Sequence[tuple[Sequence[Ranking], Sequence[Question]]]) -> Row:
    """Whether the score of the first answer tells that there is one; several sets as one."""
    tops = [
        _top(ranking, question)
        for rankings, questions in asked
        for ranking, question in zip(rankings, questions, strict=True)
    ]
    with_answer = [each.score for each in tops if each.has_answer]
    without = [each.score for each in tops if not each.has_answer]
    return {
        "auroc": auroc(with_answer, without),
        f"right at {PRECISION:.0%}": coverage(tops, PRECISION),
        "right": mean([float(each.is_right) for each in tops if each.has_answer]),
    }


def _top(ranking: Ranking, question: Question) -> Top:
    if not ranking:
        return Top(0.0, False, bool(question.relevant))
    document_id, score = ranking[0]
    return Top(score, document_id in question.relevant, bool(question.relevant))


def rows(found: Found, row: Callable[[list[Ranking]], Row]) -> Mapping[str, Row]:
    """One row for each way."""
    return {name: row(rankings) for name, rankings in found.rankings.items()}
