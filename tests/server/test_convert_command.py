"""`articles convert` as an administrator types it, on the sample of an export."""

import json
from pathlib import Path

import pytest
from samebox_server.cli import main
from samebox_server.core.articles import parse
from samebox_shared.model.articles import Article

SAMPLE = Path(__file__).parent / "core" / "exports" / "zendesk_articles.json"


def convert(file: Path, to: Path, *more: str) -> int:
    return main(["articles", "convert", "zendesk", str(file), "--to", str(to), *more])


def test_the_sample_becomes_files_for_review(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert convert(SAMPLE, tmp_path) == 0
    said = capsys.readouterr()
    assert said.out.startswith(
        "9 converted into 10 new files, 4 left out, 0 broken, 0 files kept as they were.\n"
        "Now review them: "
    )
    files = sorted(tmp_path.glob("*.md"))
    assert len(files) == 10
    for file in files:
        article = parse(file.read_text("utf-8"), source=file.name)
        assert isinstance(article, Article)
        assert file.name == f"{article.article_id}.md"
    report = (tmp_path / "conversion-report.txt").read_text("utf-8")
    assert "hidden text: “buy cheap licences here”" in report
    assert "row of a table: Error 691; Wrong password" in report


def test_what_somebody_worked_on_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    convert(SAMPLE, tmp_path)
    (tmp_path / "zendesk-360001.md").write_text("reviewed")
    (tmp_path / "zendesk-360002.md").unlink()
    capsys.readouterr()
    assert convert(SAMPLE, tmp_path, "--with-drafts", "--with-restricted") == 0
    said = capsys.readouterr()
    assert said.out.startswith("11 converted into 3 new files, 2 left out, 0 broken, 1 files kept")
    assert said.err == ("zendesk-360001.md: It is there already with other words, and was kept.\n")
    assert (tmp_path / "zendesk-360001.md").read_text() == "reviewed"


def test_a_broken_export_gives_what_is_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = [{"id": n, "title": f"Odd {n}", "body": "<p>a</p>"} for n in (1, 2, 3)]
    text = json.dumps({"articles": articles}).replace('"id": 2', '"id" 2')
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\n\xe9")
    assert convert(tmp_path / "a.json", tmp_path / "out") == 1
    assert capsys.readouterr().err.startswith("line 1: The JSON breaks here (Expecting ':'")
    names = sorted(path.name for path in (tmp_path / "out").glob("*.md"))
    assert names == ["zendesk-1.md", "zendesk-3.md"]


def test_files_that_cannot_be_used_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert convert(tmp_path / "none.json", tmp_path / "out") == 1
    assert "none.json cannot be read (No such file or directory)" in capsys.readouterr().err
    with (tmp_path / "big.json").open("wb") as file:
        file.truncate(300_000_000)
    assert convert(tmp_path / "big.json", tmp_path / "out") == 1
    assert "over 256 MB" in capsys.readouterr().err
    assert convert(SAMPLE, tmp_path / "big.json") == 1
    assert "cannot be written" in capsys.readouterr().err
