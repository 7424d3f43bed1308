"""`samebox-match`: a corpus in, answers out; what is wrong is said with the file and the line."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from samebox_agent.matching import command
from samebox_agent.matching.command import INDEX, USAGE_ERROR, main
from samebox_agent.matching.encoder import Encoder, NoEncoder

CORPUS: list[dict[str, Any]] = [
    {"id": "vpn", "title": "VPN disconnects", "body": "The tunnel stops.", "fix": "Sleep less."},
    {"id": "printer", "title": "Printer offline", "body": "Jobs wait.", "fix": "Start spooler."},
    {"id": 7, "title": "Disk is full", "body": "No space left.", "area": "Storage"},
]
WHO_LOADED_WHAT = """
import sys
from samebox_agent.matching.command import main
code = main(sys.argv[1:])
print(*sorted(sys.modules))
sys.exit(code)
"""


class Desk:
    """The files of one run of the command, and what came out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.corpus = folder / "corpus.jsonl"
        self.queries = folder / "queries.jsonl"
        self.out = folder / "out.jsonl"
        self.index = folder / "deep" / "index"

    def indexing(self, *more: str) -> list[str]:
        return ["index", "--corpus", str(self.corpus), "--index", str(self.index), *more]

    def searching(self, *more: str) -> list[str]:
        files = ["--queries", str(self.queries), "--out", str(self.out)]
        return ["search", "--index", str(self.index), *files, *more]

    def builds(self, *documents: dict[str, Any]) -> None:
        write(self.corpus, documents)
        assert main(self.indexing()) == 0

    def answers(self, *queries: dict[str, Any], topk: int = 10) -> list[dict[str, Any]]:
        write(self.queries, [{"qid": str(at), **each} for at, each in enumerate(queries)])
        assert main(self.searching("--topk", str(topk))) == 0
        return [json.loads(line) for line in self.out.read_text(encoding="utf-8").splitlines()]

    def best(self, **query: object) -> str | None:
        """The id at the top of the answer to one question."""
        (said,) = self.answers(query)
        return str(said["ranking"][0][0]) if said["ranking"] else None

    def found(self, **query: object) -> set[str]:
        (said,) = self.answers(query)
        return {each for each, _ in said["ranking"]}


def write(file: Path, lines: Sequence[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(autouse=True)
def loaded_once(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command takes the encoder that is loaded already."""
    monkeypatch.setattr(command, "Encoder", lambda threads: encoder)


def test_what_was_indexed_is_found(desk: Desk) -> None:
    desk.builds(*CORPUS)
    first, second, third = desk.answers(
        {"qid": "q1", "title": "my printer does nothing"},
        {"qid": 2, "title": "", "body": "remote access to the office keeps dropping"},
        {"qid": "q3", "title": "no storage left"},
    )
    assert [first["qid"], second["qid"], third["qid"]] == ["q1", 2, "q3"]
    assert [each["ranking"][0][0] for each in (first, second, third)] == ["printer", "vpn", "7"]
    for said in (first, second, third):
        scores = [score for _, score in said["ranking"]]
        assert scores == sorted(scores, reverse=True)
        assert said["ms"] > 0.0


def test_only_as_many_answers_as_were_asked_for(desk: Desk) -> None:
    desk.builds(*CORPUS)
    (said,) = desk.answers({"title": "printer vpn disk"}, topk=2)
    assert len(said["ranking"]) == 2


def test_empty_lines_and_an_empty_corpus_are_no_mistakes(desk: Desk) -> None:
    desk.corpus.write_text("\n  \n", encoding="utf-8")
    assert main(desk.indexing()) == 0
    (said,) = desk.answers({"title": "vpn"})
    assert said["ranking"] == []


def test_a_document_without_words_does_not_keep_it_from_ending(desk: Desk) -> None:
    desk.builds({"id": "empty"}, *CORPUS)
    assert desk.best(title="printer offline") == "printer"


def test_indexing_again_begins_anew(desk: Desk) -> None:
    desk.builds(*CORPUS, {"id": "p", "title": "x", "answerers": ["ana"]})
    desk.builds(CORPUS[0])
    assert desk.found(title="printer vpn") == {"vpn"}


def test_the_name_of_the_task_changes_nothing(desk: Desk) -> None:
    desk.builds(*CORPUS)
    before = desk.answers({"title": "vpn"})[0]["ranking"]
    assert main(desk.indexing("--task", "anything")) == 0
    assert main(desk.searching("--task", "anything-expert")) == 0
    assert json.loads(desk.out.read_text(encoding="utf-8"))["ranking"] == before


def test_without_an_encoder_it_says_so_and_finds_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(threads: int) -> Encoder:
        raise NoEncoder("it is not there")

    monkeypatch.setattr(command, "Encoder", missing)
    desk.builds(*CORPUS)
    assert desk.best(title="printer") == "printer"
    assert "samebox-match: words only, because it is not there\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    ['{"id": "x", ', "[]", '"id"', "null", '{"qid": "x"}', '{"title": "x"}', '{"id": "\udcff"}'],
)
def test_a_broken_line_of_the_corpus_is_named(
    desk: Desk, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{json.dumps(CORPUS[0])}\n\n{line}\n"
    desk.corpus.write_text(text, encoding="utf-8", errors="surrogateescape")
    assert main(desk.indexing()) == USAGE_ERROR == 2
    assert capsys.readouterr().err.startswith(f"samebox-match: {desk.corpus}, line 3: ")


@pytest.mark.parametrize("line", ['{"qid": "x", ', "[]", '{"id": "x"}'])
def test_a_broken_line_of_the_queries_is_named(
    desk: Desk, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.builds(*CORPUS)
    desk.queries.write_text(f'{{"qid": 1, "title": "vpn"}}\n{line}\n', encoding="utf-8")
    capsys.readouterr()
    assert main(desk.searching()) == 2
    assert capsys.readouterr().err.startswith(f"samebox-match: {desk.queries}, line 2: ")


def test_a_missing_index_is_refused_in_words(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    write(desk.queries, [{"qid": "q"}])
    assert main(desk.searching()) == 2
    said = capsys.readouterr().err
    assert said == f"samebox-match: there is no index in {desk.index}: build it first\n"
    assert not desk.out.exists()
    assert not desk.index.exists()


def test_a_missing_file_is_named(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(desk.indexing()) == 2
    assert "corpus.jsonl" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["index"], ["search", "--topk", "many"], ["sing"]])
def test_a_wrong_order_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(arguments)
    assert refused.value.code == 2
    assert "usage: samebox-match" in capsys.readouterr().err


DATED: list[dict[str, Any]] = [
    {"id": "number", "title": "VPN drops", "created": 1_577_836_800},  # 2020-01-01
    {"id": "zulu", "title": "VPN drops", "created": "2021-01-01T00:00:00Z"},
    {"id": "offset", "title": "VPN drops", "created": "2022-01-01T02:00:00+02:00"},
    {"id": "plain", "title": "VPN drops", "created": "2023-01-01"},
    {"id": "never", "title": "VPN drops", "created": "some day"},
    {"id": "none", "title": "VPN drops", "created": None},
]


@pytest.mark.parametrize(
    ("created", "exist"),
    [
        (1_577_836_800, set()),
        (1_577_836_801.5, {"number"}),
        ("2021-01-01T00:00:00Z", {"number"}),
        ("2021-01-01T00:00:01", {"number", "zulu"}),
        ("2022-01-01T00:00:01+00:00", {"number", "zulu", "offset"}),
        ("2023-01-01T00:00:00+00:00", {"number", "zulu", "offset"}),
        ("2023-01-01T00:00:01+00:00", {"number", "zulu", "offset", "plain"}),
        ("nonsense", {"number", "zulu", "offset", "plain"}),
        (True, {"number", "zulu", "offset", "plain"}),
    ],
)
def test_created_is_a_number_or_iso_8601_and_only_the_past_exists(
    desk: Desk, created: object, exist: set[str]
) -> None:
    desk.builds(*DATED)
    assert desk.found(title="vpn drops", created=created) == exist | {"never", "none"}


@pytest.mark.parametrize(
    "examples",
    [
        ["hourglass forever"],
        [{"title": "hourglass", "body": "forever"}],
        [{"body": "hourglass forever", "qid": 9}],
        [None, {}, "hourglass forever"],
        "hourglass forever",
    ],
)
def test_examples_are_texts_or_objects(desk: Desk, examples: object) -> None:
    desk.builds(*CORPUS, {"id": "slow", "title": "Free some memory", "examples": examples})
    assert desk.best(title="hourglass forever") == "slow"


@pytest.mark.parametrize("facts", [{"os": "Windows 11", "x": None}, ["Windows 11"], "Windows 11"])
def test_facts_are_an_object_or_a_list(desk: Desk, facts: object) -> None:
    desk.builds(
        {"id": "mac", "title": "Slow start", "applies_to": ["macOS"]},
        {"id": "windows", "title": "Start takes long", "applies_to": ["Windows 11"]},
    )
    assert desk.best(title="slow start") == "mac"
    assert desk.best(title="slow start", facts=facts) == "windows"


EXPERTS: list[dict[str, Any]] = [
    {"id": 1, "title": "VPN drops", "created": 10, "answerers": ["ana", "ben"], "solver": "ben"},
    {"id": 2, "title": "Printer jams", "created": 20, "answerers": ["cleo"], "solver": None},
    {"id": 3, "title": "VPN is slow", "created": 30, "answerers": ["dirk"]},
    {"id": 4, "title": "Nobody knows", "created": 40},
]


def test_a_corpus_of_answered_questions_ranks_people(desk: Desk) -> None:
    desk.builds(*EXPERTS)
    (said,) = desk.answers({"title": "VPN tunnel stops", "created": 25})
    people = [person for person, _ in said["ranking"]]
    assert set(people) == {"ana", "ben", "cleo"}
    assert people.index("ben") < people.index("ana")
    assert desk.best(title="paper is stuck in the printer", created=25) == "cleo"
    assert "dirk" in desk.found(title="vpn", created=31)


def test_only_as_many_people_as_were_asked_for(desk: Desk) -> None:
    desk.builds(*EXPERTS)
    (said,) = desk.answers({"title": "VPN"}, topk=1)
    assert len(said["ranking"]) == 1


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    words = [sys.executable, "-c", WHO_LOADED_WHAT, *arguments]
    return subprocess.run(words, capture_output=True, encoding="utf-8", check=False)


def test_it_runs_without_qt_and_without_the_rest_of_the_agent(desk: Desk) -> None:
    write(desk.corpus, CORPUS)
    write(desk.queries, [{"qid": "q", "title": "mijn printer doet niets"}])
    for order in (desk.indexing(), desk.searching()):
        done = run(*order)
        assert done.returncode == 0, done.stderr
        assert "words only" not in done.stderr
        loaded = done.stdout.split()
        assert "onnxruntime" in loaded
        ours = {name for name in loaded if name.startswith("samebox_")}
        assert {name for name in loaded if name.startswith(("PySide6", "shiboken6"))} == set()
        assert {name for name in ours if not name.startswith("samebox_agent.matching")} == {
            "samebox_agent"
        }
    assert json.loads(desk.out.read_text(encoding="utf-8"))["ranking"][0][0] == "printer"
    assert (desk.index / INDEX).is_file()


def test_as_a_program_it_ends_with_2_when_the_input_is_wrong(desk: Desk) -> None:
    module = "samebox_agent.matching.command"
    words = [sys.executable, "-m", module, *desk.indexing()]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("samebox-match: ")
    assert "Traceback" not in done.stderr
