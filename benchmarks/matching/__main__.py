"""Whether a question finds its article, and what each key costs, beside other ways of ranking.

    python3 dev.py bench matching [--corpus FILE --queries FILE] [quality] [latency] [painted]

An outside corpus with its labelled queries, in the format of `samebox-match`, adds a table.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.matching import latency, painted
from benchmarks.matching.quality import (
    PRECISION,
    WITHOUT,
    Found,
    Row,
    ask_all,
    order_row,
    rows,
    sure_row,
    wrong_product,
)
from benchmarks.matching.rankers import RememberingEncoder
from benchmarks.matching.sets import (
    Trial,
    dutch_questions,
    english_articles,
    halves,
    outside,
    second_symptoms,
)
from benchmarks.matching.tables import Column, Table, markdown, share
from benchmarks.measures.figures import keep
from benchmarks.measures.machine import machine_class, only_on_linux

ORDERS = (share("hit@1"), share("hit@3"), share("hit@5"), share("nDCG@10", "ndcg@10"))
SURE = (
    share("AUROC", "auroc"),
    share(f"answered right at {PRECISION:.0%}", f"right at {PRECISION:.0%}"),
    share("first is right, where there is an answer", "right"),
)
KEYS = (
    Column("a key, p50 / p99 ms", ("all p50", "all p99"), ".2f"),
    Column("encode", ("encode p50", "encode p99"), ".2f"),
    Column("vectors", ("vectors p50", "vectors p99"), ".2f"),
    Column("words, scoring", ("words p50", "words p99"), ".2f"),
    Column("worst", ("all worst",), ".0f"),
    Column("index MiB", ("mib",), ".1f"),
    Column("build s", ("seconds",), ".1f"),
    Column("memory MiB", ("pss",), ".0f"),
    Column("start: encoder / index ms", ("loading ms", "reading ms"), ".0f"),
)
PAINTED = (
    Column(
        "first painting after a key, p50 / p99 / worst ms",
        ("first p50", "first p99", "first worst"),
        ".0f",
    ),
    Column(
        "the final list, p50 / p99 / worst ms", ("final p50", "final p99", "final worst"), ".0f"
    ),
    Column("memory: agent + matching = both, MiB", ("agent", "matching", "open"), ".0f"),
    Column("window closed, MiB", ("closed",), ".0f"),
)
CHOICES = ("all", "quality", "latency", "painted")


def main() -> int:
    """Quality, then the window, then latency; one alone when it is named, and nothing is kept."""
    chosen = _parser().parse_args()
    only_on_linux("matching")
    tables: dict[str, tuple[Table, Sequence[Column]]] = {}
    if chosen.what in ("all", "quality"):
        tables |= _quality(chosen.corpus, chosen.queries)
        _print(tables)
    if chosen.what in ("all", "painted"):
        seen = {"a key in the window": (painted.measure(), PAINTED)}
        _print(seen)
        tables |= seen
    if chosen.what in ("all", "latency"):
        costs = {f"{size} articles": (table, KEYS) for size, table in latency.measure().items()}
        _print(costs)
        tables |= costs
    if chosen.what == "all":
        keep("matching", {"tables": {name: table for name, (table, _) in tables.items()}})
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench matching")
    parser.add_argument("what", nargs="?", default="all", choices=CHOICES)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--queries", type=Path)
    return parser


def _quality(
    corpus: Path | None, queries: Path | None
) -> dict[str, tuple[Table, Sequence[Column]]]:
    encoder = RememberingEncoder(threads=os.cpu_count() or 1)
    articles = english_articles()
    symptoms, typos = second_symptoms(articles)
    as_typed, said = dutch_questions(articles)
    tables: dict[str, tuple[Table, Sequence[Column]]] = {}
    for trials in ((symptoms, typos), (as_typed, said)):
        answers = ask_all(trials, encoder, is_taken_apart=True)
        for each, found in zip(trials, answers, strict=True):
            tables[_title(each)] = (_ordered(each, found), ORDERS)
    tables["half of the articles taken out"] = (_sure(halves(articles), encoder), SURE)
    if corpus and queries:
        tables |= _outside(outside(corpus, queries), encoder)
    return tables


def _title(one: Trial) -> str:
    return f"{one.name}: {len(one.questions)} questions, {len(one.documents)} articles"


def _ordered(one: Trial, found: Found) -> Table:
    return _with_lacking(rows(found, lambda each: order_row(each, one.questions)), found)


def _sure(parts: Sequence[Trial], encoder: RememberingEncoder) -> Table:
    answers = [ask_all([each], encoder)[0] for each in parts]
    asked = [(each, part.questions) for each, part in zip(answers, parts, strict=True)]
    table = {
        name: sure_row([(found.rankings[name], questions) for found, questions in asked])
        for name in answers[0].rankings
    }
    return _with_lacking(table, answers[0])


def _outside(one: Trial, encoder: RememberingEncoder) -> dict[str, tuple[Table, Sequence[Column]]]:
    (found,) = ask_all([one], encoder, is_taken_apart=True)

    def row(rankings: list[list[tuple[str, float]]]) -> Row:
        wrong = wrong_product(rankings, one.questions, one.documents)
        return {**order_row(rankings, one.questions), "wrong product": wrong}

    columns = (*ORDERS, share("wrong product in the first five", "wrong product"))
    return {_title(one): (_with_lacking(rows(found, row), found), columns)}


def _with_lacking(table: Mapping[str, Row], found: Found) -> Table:
    return {**table, **{name: {"lacking": why} for name, why in found.lacking.items()}}


def _print(tables: Mapping[str, tuple[Table, Sequence[Column]]]) -> None:
    machine = machine_class()
    sys.stdout.write(f"\nmatching on {machine['cpu']}, {machine['cores']} cores, ")
    sys.stdout.write(
        f"load {machine['load']}; rows “{WITHOUT.strip()} …” are Samebox taken apart\n"
    )
    for title, (table, columns) in tables.items():
        sys.stdout.write(f"\n{title}\n\n{markdown(table, columns)}")


if __name__ == "__main__":
    sys.exit(main())
