"""Opening, migrating and writing; and what is said when the disk is bad."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from samebox_agent.storage.database import Database, open_database, set_aside
from samebox_agent.storage.migrations import MIGRATIONS
from samebox_agent.storage.trouble import StorageTrouble, TroubleKind


def put(database: Database, name: str) -> None:
    database.execute("INSERT INTO setting VALUES (?, '1')", (name,))


def fail_after(database: Database, *written: str) -> None:
    with database.transaction():
        for name in written:
            with database.transaction():
                put(database, name)
        raise ZeroDivisionError


def names(database: Database) -> list[str]:
    return [name for (name,) in database.rows("SELECT name FROM setting ORDER BY name")]


@pytest.mark.skipif(os.name == "nt", reason="Windows protects the profile folder itself")
def test_a_new_file_is_its_owners_alone(database: Database, file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_written_is_durable(database: Database) -> None:
    assert database.row("PRAGMA journal_mode") == ("wal",)
    assert database.row("PRAGMA synchronous") == (2,)
    assert database.row("PRAGMA user_version") == (len(MIGRATIONS),)


def test_what_was_written_is_there_again(file: Path) -> None:
    with open_database(file) as database:
        put(database, "a")
    with open_database(file) as database:
        assert names(database) == ["a"]


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    put(database, "a")
    with pytest.raises(ZeroDivisionError):
        fail_after(database, "b", "c")
    assert names(database) == ["a"]


def test_a_transaction_can_follow_one_that_failed(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after(database, "a")
    with database.transaction():
        put(database, "b")
    assert names(database) == ["b"]


def test_what_a_killed_process_had_committed_is_there(file: Path) -> None:
    program = (
        "import os, pathlib, sys\n"
        "from samebox_agent.storage.database import open_database\n"
        "database = open_database(pathlib.Path(sys.argv[1]))\n"
        "database.execute(\"INSERT INTO setting VALUES ('kept', '1')\")\n"
        "database.execute('BEGIN')\n"
        "database.execute(\"INSERT INTO setting VALUES ('half', '1')\")\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    with open_database(file) as database:
        assert names(database) == ["kept"]


def test_our_own_mistakes_are_not_called_trouble(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError):
        database.execute("INSERT INTO nowhere VALUES (1)")


def test_a_full_disk_loses_only_the_change_that_did_not_fit(database: Database) -> None:
    put(database, "a")
    (pages,) = database.row("PRAGMA page_count") or (0,)
    database.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageTrouble) as caught:
        database.execute_many(
            "INSERT INTO setting VALUES (?, ?)", [("b", "1"), ("big", "x" * 1_000_000)]
        )
    assert caught.value.kind is TroubleKind.FULL
    database.rows("PRAGMA max_page_count = 100000")
    assert names(database) == ["a"]
    put(database, "c")
    assert names(database) == ["a", "c"]


def test_a_file_that_is_no_database_stays_as_it_is(file: Path) -> None:
    file.write_bytes(b"these are my notes\n" * 200)
    with pytest.raises(StorageTrouble) as caught:
        open_database(file)
    assert caught.value.kind is TroubleKind.CORRUPT
    assert file.read_bytes().startswith(b"these are my notes")


def test_a_database_of_another_program_is_left_alone(file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(StorageTrouble) as caught:
        open_database(file)
    assert caught.value.kind is TroubleKind.CORRUPT


def test_a_database_of_a_newer_version_is_left_alone(file: Path) -> None:
    with open_database(file) as database:
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StorageTrouble) as caught:
        open_database(file)
    assert caught.value.kind is TroubleKind.NEWER


def test_damage_found_while_reading_is_said_in_words(file: Path) -> None:
    with open_database(file) as database:
        for number in range(500):
            put(database, f"{number:0100d}")
    content = bytearray(file.read_bytes())
    content[3 * 4096 :] = b"\xff" * (len(content) - 3 * 4096)
    file.write_bytes(content)
    with pytest.raises(StorageTrouble) as caught, open_database(file) as database:
        names(database)
    assert caught.value.kind is TroubleKind.CORRUPT


def test_a_file_another_program_holds_is_said_in_words(database: Database, file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database.rows("PRAGMA busy_timeout = 1")
    with pytest.raises(StorageTrouble) as caught:
        put(database, "a")
    other.close()
    assert caught.value.kind is TroubleKind.BUSY


def test_a_folder_in_the_place_of_the_file_is_said_in_words(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StorageTrouble) as caught:
        open_database(file)
    assert caught.value.kind is TroubleKind.UNWRITABLE


def test_a_damaged_file_is_put_aside_and_never_deleted(file: Path) -> None:
    file.write_bytes(b"first")
    first = set_aside(file)
    file.write_bytes(b"second")
    second = set_aside(file)
    assert (first.read_bytes(), second.read_bytes()) == (b"first", b"second")
    with open_database(file) as database:
        assert names(database) == []
