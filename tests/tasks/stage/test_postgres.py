"""A private PostgreSQL keeps what it committed through an immediate stop."""

import subprocess
from pathlib import Path

import pytest

from tasks.stage.postgres import Postgres, programs

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")


def psql(postgres: Postgres, words: str) -> str:
    found = programs()
    assert found is not None
    command = [str(found / "psql"), "-tAq", postgres.url, "-c", words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_what_was_committed_outlives_an_immediate_stop(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "postgres")
    postgres.make()
    postgres.start()
    try:
        psql(postgres, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('here')")
        postgres.crash()
        postgres.start()
        assert psql(postgres, "SELECT word FROM kept") == "here"
    finally:
        postgres.stop()
