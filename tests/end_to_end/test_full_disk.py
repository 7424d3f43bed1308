"""A system disk that is really full, and a bin that is really emptied (J2)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.stage.programs import program
from tests.end_to_end.ledger import rows
from tests.end_to_end.office import Office, until
from tests.support.small_room import (
    GIGABYTE,
    CannotMount,
    SmallRoom,
    small_room,
    takes_up,
    why_not,
)

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

DISK = 6
IN_THE_BIN = 3 * GIGABYTE
LEFT = GIGABYTE
CARD = "The disk is full and the laptop may stop working"
FIXED = "Samebox looked again and it is gone."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[SmallRoom]:
    try:
        with small_room(tmp_path, DISK) as room:
            yield room
    except CannotMount as error:
        pytest.skip(f"no small system disk here: {error}")


def fill(room: SmallRoom, home: Path) -> Path:
    """Holiday films: one in the bin, and one that leaves little room; the latter."""
    bin_ = room.inside(home) / ".local/share/Trash"
    takes_up(bin_ / "files/holiday.mov", IN_THE_BIN)
    (bin_ / "info").mkdir()
    note = "[Trash Info]\nPath=Videos/holiday.mov\nDeletionDate=2026-01-01T12:00:00\n"
    (bin_ / "info/holiday.mov.trashinfo").write_text(note)
    film = room.inside(home) / "Downloads/film.mov"
    takes_up(film, free(room) - LEFT)
    return film


def free(room: SmallRoom) -> int:
    """Bytes, as the agent's own collector counts them."""
    told = os.statvfs(room.root)
    return told.f_bavail * told.f_frsize


def test_a_full_disk_is_emptied_by_a_remedy_and_seen_to_be_fixed(
    office: Office, tmp_path: Path, room: SmallRoom
) -> None:
    film = fill(room, tmp_path)
    started = (*room.within, program("agent", "samebox"))
    laptop = office.laptop("Noor de Vries", None, command=started)
    laptop.start()
    office.lets_in(laptop)
    laptop.sees(CARD)
    laptop.sees("is left on the system disk")
    laptop.clicks(CARD)
    laptop.clicks("Empty the bin")
    laptop.sees("Found: 1 item, 3 GB.")
    laptop.clicks("Do it")
    laptop.sees("The bin is empty")
    laptop.sees(FIXED)
    assert free(room) > LEFT + IN_THE_BIN - GIGABYTE // 2
    assert film.exists()
    sql = "SELECT amount FROM article_outcome WHERE article_id = 'disk-very-full'"
    until(lambda: rows(office.server, sql) == [(1,)], "the server was told")
