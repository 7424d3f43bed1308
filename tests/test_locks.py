"""The locks and what is made from them: pinned, hashed, free of addresses, and truly apart."""

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import samebox_shared

from tasks.environments import program
from tasks.licences import installed, normal, refused

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("bootstrap", "agent", "server", "dev", "fuzz")
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[\w.!+]+)( ; [^\\]+)?$")
ADDRESS = re.compile(r"://|@ |--(?:extra-)?index-url|--find-links|www\.|\.org|\.com|\.io")
OURS = {"samebox-agent", "samebox-server", "samebox-shared"}
QT = {"pyside6-essentials", "shiboken6"}
SERVER_ONLY = {"alembic", "asyncpg", "litestar", "sqlalchemy", "uvicorn", "jinja2"}

DISTRIBUTIONS = (
    "import importlib.metadata as m, json;"
    "print(json.dumps([each.metadata['Name'] for each in m.distributions()]))"
)


def entries(lock: str) -> list[str]:
    """The requirements of a lock, each with its continuation lines joined."""
    text = (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return [entry for entry in "\n".join(lines).replace("\\\n", "").splitlines() if entry]


def pins(lock: str) -> dict[str, str]:
    """Name -> version of everything a lock names."""
    found = {}
    for entry in entries(lock):
        match = PINNED.match(entry.partition("--hash")[0].strip())
        assert match, entry
        found[match["name"]] = match["version"]
    return found


def environment(name: str) -> set[str]:
    """What is really installed in one of the environments of dev.py."""
    python = program(ROOT / ".venv" / name, "python")
    assert python.exists(), "make the environments first: python3 dev.py setup"
    said = subprocess.run([python, "-c", DISTRIBUTIONS], capture_output=True, check=True)
    return {normal(each) for each in json.loads(said.stdout)}


def project(distribution: str) -> dict[str, Any]:
    text = (ROOT / distribution / "pyproject.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)["project"]
    return found


def test_every_requirement_is_pinned_and_hashed() -> None:
    for lock in LOCKS:
        assert pins(lock)
        assert [each for each in entries(lock) if "--hash=sha256:" not in each] == []


def test_no_lock_names_a_download_address() -> None:
    for path in sorted((ROOT / "locks").iterdir()):
        assert ADDRESS.findall(path.read_text(encoding="utf-8")) == [], path.name


def test_the_agent_and_the_server_run_the_versions_that_were_tested() -> None:
    tested = pins("dev")
    for lock in ("agent", "server"):
        assert {name: tested.get(name) for name in pins(lock)} == pins(lock)


def test_the_fuzzer_reads_with_the_versions_that_are_shipped() -> None:
    ours = pins("fuzz")
    assert ours.pop("atheris")
    assert {name: pins("server").get(name) for name in ours} == ours


def test_the_agents_environment_holds_no_server() -> None:
    names = environment("agent")
    assert names & (SERVER_ONLY | {"samebox-server"}) == set()
    assert names & OURS == {"samebox-agent", "samebox-shared"}
    assert names - OURS <= pins("agent").keys()


def test_the_servers_environment_holds_no_qt() -> None:
    names = environment("server")
    assert names & (QT | {"samebox-agent", "psutil", "keyring"}) == set()
    assert names & OURS == {"samebox-server", "samebox-shared"}
    assert names - OURS <= pins("server").keys()


def test_each_program_can_be_started_by_its_name() -> None:
    assert program(ROOT / ".venv" / "agent", "samebox").exists()
    assert program(ROOT / ".venv" / "server", "samebox-server").exists()


def test_qt_stays_between_its_floor_and_its_ceiling() -> None:
    """6.12.0 ends the process on Python 3.11; see agent/pyproject.toml."""
    assert "PySide6-Essentials>=6.11.3,<6.12" in project("agent")["dependencies"]
    version = tuple(int(part) for part in pins("agent")["pyside6-essentials"].split("."))
    assert (6, 11, 3) <= version < (6, 12)


def test_shared_depends_on_msgspec_only() -> None:
    (only,) = project("shared")["dependencies"]
    assert only.startswith("msgspec>=")


def test_the_three_distributions_have_one_version() -> None:
    versions = {project(each)["version"] for each in ("shared", "agent", "server")}
    assert versions == {samebox_shared.__version__}


def test_every_licence_may_be_used() -> None:
    assert refused(installed()) == []
