"""`samebox-match`: index a corpus and search it with the very code that the agent runs.

Corpus and queries are JSON lines; what they may hold is told by docs/matching.md.
"""

import argparse
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from samebox_agent.matching.documents import Document, Query
from samebox_agent.matching.encoder import Encoder, NoEncoder
from samebox_agent.matching.experts import Experts
from samebox_agent.matching.index import discard, open_index
from samebox_agent.matching.matcher import Matcher

INDEX = "index.sqlite"
PEOPLE = "people.json"
USAGE_ERROR = 2


class BadLine(Exception):
    """A line that cannot be read; the sentence names the file and the line."""


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when it is done, 2 when the input is wrong."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except (BadLine, OSError, sqlite3.DatabaseError) as error:
        sys.stderr.write(f"samebox-match: {error}\n")
        return USAGE_ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="samebox-match", description="Find articles by words.")
    orders = parser.add_subparsers(required=True)
    index = orders.add_parser("index", help="build an index")
    index.add_argument("--corpus", type=Path, required=True)
    index.set_defaults(run=build)
    search = orders.add_parser("search", help="answer queries from an index")
    search.add_argument("--queries", type=Path, required=True)
    search.add_argument("--out", type=Path, required=True)
    search.add_argument("--topk", type=int, default=10)
    search.set_defaults(run=answer)
    for order in (index, search):
        order.add_argument("--index", type=Path, required=True, help="the folder of the index")
        order.add_argument("--task", default="", help="a name; it changes nothing")
    return parser


def build(chosen: argparse.Namespace) -> int:
    """Index a corpus; progress goes to standard error."""
    chosen.index.mkdir(parents=True, exist_ok=True)
    discard(chosen.index / INDEX)
    lines = list(_lines(chosen.corpus, "id"))
    matcher = _matcher(chosen.index)
    matcher.keep([_document(line) for line in lines])
    people = {str(line["id"]): _answerers(line) for line in lines if "answerers" in line}
    (chosen.index / PEOPLE).write_bytes(msgspec.json.encode(people))
    done = 0
    while encoded := matcher.encode_some():
        done += encoded
        sys.stderr.write(f"\r{done} of {len(lines)} encoded")
    sys.stderr.write("\n" if done else "")
    return 0


def answer(chosen: argparse.Namespace) -> int:
    """Answer every query; a line of the output for each."""
    if not (chosen.index / INDEX).is_file():
        raise BadLine(f"there is no index in {chosen.index}: build it first")
    matcher = _matcher(chosen.index)
    people = msgspec.json.decode((chosen.index / PEOPLE).read_bytes())
    rank: Callable[[Query, int], list[list[Any]]]
    rank = Experts(matcher, people).rank if people else _documents(matcher)
    with chosen.out.open("wb") as out:
        for line in _lines(chosen.queries, "qid"):
            began = time.perf_counter()
            ranking = rank(_query(line), chosen.topk)
            took = 1_000 * (time.perf_counter() - began)
            said = {"qid": line["qid"], "ranking": ranking, "ms": round(took, 3)}
            out.write(msgspec.json.encode(said) + b"\n")
    return 0


def _documents(matcher: Matcher) -> Callable[[Query, int], list[list[Any]]]:
    return lambda query, most: [[each.id, each.score] for each in matcher.search(query, most)]


def _matcher(folder: Path) -> Matcher:
    try:
        encoder: Encoder | None = Encoder(threads=os.cpu_count() or 1)
    except NoEncoder as error:
        sys.stderr.write(f"samebox-match: words only, because {error}\n")
        encoder = None
    return Matcher(open_index(folder / INDEX), encoder)


def _lines(file: Path, key: str) -> Iterator[dict[str, Any]]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                read = msgspec.json.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise BadLine(f"{file}, line {number}: {error}") from error
            if not isinstance(read, dict) or key not in read:
                raise BadLine(f"{file}, line {number}: an object with '{key}' belongs here")
            yield read


def _document(line: dict[str, Any]) -> Document:
    return Document(
        id=str(line["id"]),
        title=_text(line, "title"),
        body=_text(line, "body"),
        fix=_text(line, "fix"),
        examples=_texts(line.get("examples")),
        applies_to=_texts(line.get("applies_to")),
        area=_text(line, "area"),
        topic=_text(line, "topic"),
        created=_seconds(line.get("created")),
    )


def _query(line: dict[str, Any]) -> Query:
    facts = line.get("facts") or {}
    return Query(
        title=_text(line, "title"),
        body=_text(line, "body"),
        facts=_texts(list(facts.values()) if isinstance(facts, dict) else facts),
        topic=_text(line, "topic"),
        created=_seconds(line.get("created")),
    )


def _answerers(line: dict[str, Any]) -> list[str]:
    """Who answered; the one who solved it first."""
    people = _texts(line["answerers"])
    solver = line.get("solver")
    return [str(solver) if solver is not None else "", *people]


def _text(line: dict[str, Any], key: str) -> str:
    value = line.get(key)
    return "" if value is None else str(value)


def _texts(value: object) -> tuple[str, ...]:
    """A list of texts; an earlier question may also be an object with a title and a body."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        return ()
    return tuple(text for each in value if (text := _one_text(each)))


def _one_text(value: object) -> str:
    if isinstance(value, dict):
        return ". ".join(str(value[key]) for key in ("title", "body") if value.get(key))
    return "" if value is None else str(value)


def _seconds(value: object) -> float | None:
    """A moment as a number, or as ISO 8601 writes it; None when it is neither.

    Where no time zone is said it is UTC, so that the answers are the same on every machine.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


if __name__ == "__main__":
    sys.exit(main())
