"""The commands of the server's console, as an administrator types them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from samebox_server.starter import starter_files

from tests.server.running import RunningServer, code_in, join, running, set_up


def command(server: RunningServer, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "samebox_server", *arguments, "--data", str(server.data)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running(tmp_path_factory.mktemp("cli") / "data") as server:
        yield server


def test_an_invite_made_at_the_console_works(server: RunningServer) -> None:
    said = command(server, "invite", "--name", "Ina It", "--role", "it")
    assert (said.returncode, said.stderr) == (0, "")
    person = join(server, code_in(said.stdout.strip()))
    assert (person.joined.person.name, person.joined.roles) == ("Ina It", ("it",))


def test_a_setup_link_is_made_until_there_is_an_owner(server: RunningServer) -> None:
    said = command(server, "setup-link")
    assert said.returncode == 0
    server.setup_link = said.stdout.strip()
    set_up(server)
    refused = command(server, "setup-link")
    assert refused.returncode == 1
    assert refused.stderr.strip() == "You may not do this. Nothing was changed."


def test_articles_are_imported_and_broken_ones_named(server: RunningServer, tmp_path: Path) -> None:
    assert command(server, "articles", "import", str(tmp_path)).returncode == 1
    known = min(starter_files().values())
    (tmp_path / "a_known.md").write_text(known)
    said = command(server, "articles", "import", str(tmp_path))
    assert (said.returncode, said.stdout) == (0, "0 new, 0 changed, 1 as before, 0 left out.\n")
    (tmp_path / "a_known.md").write_text(known.replace("title: ", "title: Newly ", 1))
    (tmp_path / "broken.md").write_text("no head")
    said = command(server, "articles", "import", str(tmp_path))
    assert said.returncode == 1
    assert said.stdout.splitlines() == [
        "a_known.md: version 1 was published with other text, so this is 2 now.",
        "0 new, 1 changed, 0 as before, 1 left out.",
    ]
    assert said.stderr.startswith("broken.md, line 1:")


def test_a_second_server_on_the_same_data_is_refused(server: RunningServer) -> None:
    for arguments in (["serve", "--port", "0"], ["migrate"]):
        refused = command(server, *arguments)
        assert refused.returncode == 1
        assert "Another Samebox server already uses" in refused.stderr


def test_a_taken_port_is_named(server: RunningServer, tmp_path: Path) -> None:
    port = server.url.rsplit(":", 1)[1]
    other = RunningServer(tmp_path / "data")
    refused = command(other, "serve", "--port", port)
    assert refused.returncode == 1
    assert f"Cannot listen on 127.0.0.1 port {port}" in refused.stderr


def test_without_a_server_the_console_says_how_to_start_it(tmp_path: Path) -> None:
    refused = command(RunningServer(tmp_path), "invite", "--name", "Ada")
    assert refused.returncode == 1
    assert "samebox-server serve" in refused.stderr


def test_migrate_makes_the_database_and_stops(tmp_path: Path) -> None:
    assert command(RunningServer(tmp_path / "new"), "migrate").returncode == 0
    assert (tmp_path / "new" / "samebox.sqlite3").exists()


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    refused = command(RunningServer(tmp_path), "serve", "--port", "70000")
    assert refused.returncode == 1
    assert refused.stderr.startswith("port is 70000")
