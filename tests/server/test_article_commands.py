"""Import and export of a whole folder, with a real server on each database."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from samebox_server.cli import main
from samebox_server.core.articles import render
from samebox_server.starter import starter_files
from samebox_shared.model.article_limits import NO_UNDO
from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId

from tests.server.core.test_articles import ARTICLES
from tests.server.running import RunningServer, running

WORN = starter_files()["battery-worn.md"]


class Console:
    """What one command said, and with which code it ended."""

    def __init__(self, server: RunningServer, capsys: pytest.CaptureFixture[str]) -> None:
        self.server = server
        self._capsys = capsys
        self.out: list[str] = []
        self.err = ""

    def __call__(self, what: str, *arguments: object) -> int:
        words = ["articles", what, *map(str, arguments), "--data", str(self.server.data)]
        code = main(words)
        said = self._capsys.readouterr()
        self.out, self.err = said.out.splitlines(), said.err
        return code


@pytest.fixture
def server(tmp_path: Path, address: str) -> Iterator[RunningServer]:
    extra = {"SAMEBOX_DATABASE_URL": address} if address else {}
    (tmp_path / "server").mkdir()
    with running(tmp_path / "server" / "data", **extra) as server:
        yield server


@pytest.fixture
def console(server: RunningServer, capsys: pytest.CaptureFixture[str]) -> Console:
    return Console(server, capsys)


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_whole_starter_base_goes_out_and_in_without_a_change(
    console: Console, tmp_path: Path
) -> None:
    amount = len(starter_files())
    assert console("export", tmp_path / "out") == 0
    assert console.out == [f"{amount} new, 0 changed, 0 as before, 0 gone, 0 left alone."]
    assert texts(tmp_path / "out") == {
        name: text.encode() for name, text in starter_files().items()
    }
    assert console("import", tmp_path / "out") == 0
    assert console.out == [f"0 new, 0 changed, {amount} as before, 0 left out."]
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    assert console("export", tmp_path / "out") == 0
    assert console.out == [f"0 new, 0 changed, {amount} as before, 0 gone, 0 left alone."]
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == before


@pytest.fixture(scope="module")
def one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running(tmp_path_factory.mktemp("one") / "data") as server:
        yield server


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES)
def test_any_article_comes_out_as_the_bytes_that_went_in(
    one_server: RunningServer, tmp_path_factory: pytest.TempPathFactory, article: Article
) -> None:
    top = tmp_path_factory.mktemp("any")
    name = ArticleId(f"{article.article_id}-{top.name.replace('_', '')}")
    text = render(msgspec.structs.replace(article, article_id=name))
    (top / "in").mkdir()
    (top / "in" / f"{name}.md").write_text(text, "utf-8")
    data = ["--data", str(one_server.data)]
    assert main(["articles", "import", str(top / "in"), *data]) == 0
    assert main(["articles", "export", str(top / "out"), *data]) == 0
    assert (top / "out" / f"{name}.md").read_text("utf-8") == text
    assert main(["articles", "export", str(top / "in"), *data]) == 0
    assert texts(top / "in") == texts(top / "out")


def test_a_look_says_what_would_change_and_changes_nothing(
    console: Console, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "new.md").write_text(WORN.replace("id: battery-worn", "id: brand-new"))
    (tmp_path / "in" / "worn.md").write_text(WORN.replace("version: ", "version: 1"))
    (tmp_path / "in" / "broken.md").write_text("no head")
    draft = WORN.replace("id: battery-worn", "id: half").split("## Undo")[0]
    (tmp_path / "in" / "draft.md").write_text(f"{draft}## Undo\n\n{NO_UNDO}\n")
    assert console("import", tmp_path / "in", "--dry-run") == 1
    assert console.out[-1] == (
        "1 new, 1 changed, 0 as before, 2 left out. Nothing was changed: this was only a look."
    )
    assert console.out[0].startswith("new.md: new, version ")
    assert console.out[1].startswith("worn.md: changed, version 1")
    assert "broken.md, line 1: The head is missing." in console.err
    first = list(console.out)
    assert console("import", tmp_path / "in", "--dry-run") == 1
    assert console.out == first


def test_an_older_number_undoes_nothing(console: Console, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "battery-worn.md"
    file.write_text(WORN.replace("version: 1\n", "version: 7\n").replace("title: ", "title: A "))
    assert console("import", tmp_path / "in") == 0
    file.write_text(WORN.replace("title: ", "title: B "))
    assert console("import", tmp_path / "in") == 1
    assert "but version 7 is published and says something else. It stays." in console.err
    assert console("export", tmp_path / "in") == 1
    assert "battery-worn.md: it holds changes that were never imported." in console.err
    assert "title: B" in file.read_text()
    assert console("export", tmp_path / "in", "--overwrite") == 0
    assert "title: A" in file.read_text()


def test_an_export_keeps_places_strays_and_line_ends(console: Console, tmp_path: Path) -> None:
    top = tmp_path / "out"
    (top / "power").mkdir(parents=True)
    (top / "power" / "mine.md").write_bytes(WORN.replace("\n", "\r\n").encode())
    strays = {"notes.md": "no article", "README.md": "read me", "new.md": "---\nid: mine\n---\n"}
    for name, text in strays.items():
        (top / name).write_text(text)
    assert console("export", top, "--prune") == 0
    assert console.out[0] == "new.md: not on this server, left alone. Import it to publish it."
    assert {name: (top / name).read_text() for name in strays} == strays
    assert b"\r\n" in (top / "power" / "mine.md").read_bytes()
    assert not (top / "battery-worn.md").exists()
    (top / "power" / "mine.md").write_text(WORN.replace("\n## Steps", "\n\n## Steps"))
    assert console("export", top) == 0
    assert (top / "power" / "mine.md").read_text() == WORN


def test_what_is_in_the_way_is_left_and_named(console: Console, tmp_path: Path) -> None:
    top = tmp_path / "out"
    top.mkdir()
    (top / "battery-worn.md").write_text("my own notes")
    (top / "captive-portal.md").symlink_to(top / "nowhere")
    for name in ("one.md", "two.md"):
        (top / name).write_text(WORN.replace("id: battery-worn", "id: dns-fails"))
    assert console("export", top) == 1
    assert "battery-worn.md: another file has this name. Move it away." in console.err
    assert "captive-portal.md: another file has this name. Move it away." in console.err
    assert "one.md and two.md: they have the same id. Delete one." in console.err
    assert console.err.endswith("With --overwrite the server's text is written over those.\n")
    assert (top / "battery-worn.md").read_text() == "my own notes"


def test_articles_that_are_gone_are_named_and_pruned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    top, data = tmp_path / "out", tmp_path / "server" / "data"
    data.parent.mkdir()
    with running(data) as server:
        console = Console(server, capsys)
        assert console("export", top) == 0
        assert server.stop() == 0
        with sqlite3.connect(data / "samebox.sqlite3") as database:
            ids = "('battery-worn', 'dns-fails')"
            database.execute(f"UPDATE article SET state = 'draft' WHERE article_id IN {ids}")
        database.close()
        (top / "dns-fails.md").write_text(WORN.replace("id: battery-worn", "id: dns-fails"))
        server.start()
        assert console("export", top) == 1
        assert console.out[0] == (
            "battery-worn.md: no longer published. With --prune it is removed."
        )
        assert "dns-fails.md: no longer published, but it holds changes" in console.err
        assert (top / "battery-worn.md").exists()
        assert console("export", top, "--prune") == 1
        assert console.out[0] == "battery-worn.md: no longer published, removed."
        assert not (top / "battery-worn.md").exists()
        assert (top / "dns-fails.md").exists()


def test_a_folder_that_is_none_is_refused(console: Console, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert console("import", tmp_path / "file") == 1
    assert console.err == f"{tmp_path / 'file'} is no folder. Nothing was done.\n"
    assert console("export", tmp_path / "file") == 1
    assert "cannot be made" in console.err
