"""What a laptop does to us: started twice, asleep, full, damaged, with a part that hangs."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.stage.laptop import Laptop
from tasks.stage.programs import program
from tasks.stage.server import Server
from tests.end_to_end.ledger import questions
from tests.end_to_end.office import Office, brings_together, no_screen, says, until

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="uses parts of Linux")
QUICK_PULSE = {"SAMEBOX_HEARTBEAT_SECONDS": "0.5", "SAMEBOX_GONE_SECONDS": "2"}
DISK_BYTES = 3_000_000
PATIENCE = 20.0


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Office]:
    """An office without a server."""
    office = Office(tmp_path)
    try:
        yield office
    finally:
        office.close()


def test_a_second_copy_raises_the_first_and_leaves(alone: Office) -> None:
    first = alone.laptop("Ana Ruiz")
    first.start()
    first.cue("windows")
    second = subprocess.run(
        [program("agent", "samebox"), "--home", str(first.home)],
        env={**os.environ, **no_screen(alone.folder)},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (second.returncode, second.stderr) == (0, b"")
    first.sees("Welcome to Samebox")


def test_it_ends_cleanly_when_the_system_asks_and_keeps_the_last_words(alone: Office) -> None:
    laptop = alone.laptop("Ana Ruiz")
    laptop.start()
    laptop.opens_help()
    laptop.types("Invite", "https://help.example.com/join/half-a-li")
    assert laptop.terminate() == 0
    laptop.start()
    laptop.opens_help()
    laptop.sees("half-a-li")


def test_words_half_written_survive_a_kill(office: Office) -> None:
    asker = office.joined("Noor de Vries")
    asker.opens_help()
    asker.types("What is wrong?", "It began when I")
    until(lambda: "It began when I" in unsent(asker), "the words are on the disk")
    asker.kill()
    asker.start()
    asker.opens_help()
    asker.sees("It began when I")


def unsent(laptop: Laptop) -> list[str]:
    """What a laptop keeps of words that were not sent."""
    file = (laptop.home / "samebox.db").as_uri()
    with contextlib.closing(sqlite3.connect(f"{file}?mode=ro", uri=True)) as database:
        return [text for (text,) in database.execute("SELECT text FROM unsent_text")]


def test_a_damaged_file_is_put_aside_and_said_so(office: Office) -> None:
    laptop = office.joined("Ana Ruiz")
    laptop.quit()
    (laptop.home / "samebox.db").write_bytes(b"this is no database " * 500)
    laptop.start()
    laptop.opens_help()
    laptop.sees("Samebox cannot read its own memory")
    laptop.sees("The old file was put aside")
    assert (laptop.home / "samebox.db.damaged-1").read_bytes().startswith(b"this is no database")
    laptop.clicks("OK")
    office.lets_in(laptop)


@LINUX
def test_a_laptop_that_slept_catches_up(tmp_path: Path) -> None:
    office = Office(tmp_path, Server(tmp_path / "server", QUICK_PULSE))
    try:
        office.server.start()
        office.server.set_up("Harbour & Vine", "Imran Aziz")
        asker, helper = office.joined("Noor de Vries"), office.helper("Ana Ruiz")
        brings_together(asker, helper)
        os.kill(helper.pid, signal.SIGSTOP)
        asker.sees("Ana Ruiz is away for a moment")
        says(asker, "Ana", "Are you still there?")
        asker.sees("Sent")
        os.kill(helper.pid, signal.SIGCONT)
        helper.sees("Are you still there?")
        asker.sees("You are talking with Ana Ruiz")
        says(helper, "Noor", "I am back")
        asker.sees("I am back")
    finally:
        office.close()
        office.server.kill()


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own, in memory; needs the right to mount."""
    folder.mkdir()
    size = f"size={DISK_BYTES}"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("may not mount a small disk here; only root may")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Write until nothing more goes in; the file to delete."""
    filling = disk / "holiday-pictures"
    with filling.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"\0" * 4_096):
            pass
    return filling


@LINUX
def test_a_full_disk_is_said_and_nothing_typed_is_lost(office: Office, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        asker = office.laptop("Noor de Vries", home=disk / "noor")
        asker.start()
        office.lets_in(asker)
        helper = office.helper("Ana Ruiz")
        brings_together(asker, helper)
        filling = fill(disk)
        says(asker, "Ana", "Do you see this?")
        asker.sees("Not sent: your disk is full")
        asker.sees("Do you see this?")
        asker.sees("Make some room")
        filling.unlink()
        says(asker, "Ana", "There is room again")
        helper.sees("There is room again")
        assert "Do you see this?" not in helper.texts()
        asker.kill()


@LINUX
def test_a_question_that_a_full_disk_refused_stays_on_the_sheet(
    office: Office, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        asker = office.laptop("Noor de Vries", home=disk / "noor")
        asker.start()
        office.lets_in(asker)
        asker.types("What is wrong?", "Where did my space go?")
        asker.clicks("Ask a colleague")
        filling = fill(disk)
        asker.clicks("Send")
        asker.sees("Your disk is full")
        asker.sees("Where did my space go?")
        assert "Where did my space go?" not in questions(office.server)
        filling.unlink()
        sends_again(asker)
        until(
            lambda: questions(office.server).count("Where did my space go?") == 1,
            "the question is on the server",
        )
        asker.clicks("Withdraw")
        asker.sees("Withdrawn")
        asker.kill()


def sends_again(asker: Laptop) -> None:
    """From wherever the words are now."""
    if not asker.texts("Ask a colleague"):
        asker.clicks("Ask a colleague")
    asker.clicks("Send")
    asker.sees("Nobody who fits is there right now")


@LINUX
def test_a_part_that_hangs_costs_only_itself(office: Office) -> None:
    """The desktop's own settings file is a pipe into which nobody writes: reading it never ends."""
    settings = office.folder / ".config" / "kioslaverc"
    settings.parent.mkdir()
    os.mkfifo(settings)
    screen = no_screen(office.folder) | {"XDG_CURRENT_DESKTOP": "KDE"}
    laptop = office.laptop("Ana Ruiz", machine=None, screen=screen)
    laptop.start()
    office.lets_in(laptop)
    laptop.cue("menu", name="Settings")
    laptop.sees("Could not be read: proxy")
    laptop.sees("facts read in")
    assert laptop.quit() == 0
