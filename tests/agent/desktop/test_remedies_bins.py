"""The bin of each system: what is in it, and that only the person's own is emptied."""

import sys
from pathlib import Path

import pytest
from samebox_agent.core.remedy_list import Found, WhyNot
from samebox_agent.desktop.remedies_bins import (
    LinuxBin,
    MacBin,
    Shell,
    WindowsBin,
    shell_of_windows,
)
from samebox_agent.desktop.remedies_limits import CannotDo, Deadline

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="links of Unix")


def soon() -> Deadline:
    return Deadline(30.0)


def trash(home: Path, *names: str) -> Path:
    """A bin as file managers fill it."""
    folder = home / ".local/share/Trash"
    for part in ("files", "info"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / "files" / name).write_bytes(b"x" * 4_096)
        note = f"[Trash Info]\nPath={home / name}\nDeletionDate=2026-11-01T10:00:00\n"
        (folder / "info" / f"{name}.trashinfo").write_text(note, encoding="utf-8")
    return folder


@UNIX
def test_a_bin_is_looked_into_and_emptied_with_its_notes(tmp_path: Path) -> None:
    folder = trash(tmp_path, "one.txt", "two.txt")
    (folder / "files/folder/deep").mkdir(parents=True)
    (folder / "files/folder/deep/three.txt").write_bytes(b"x" * 8_192)
    linux = LinuxBin(tmp_path)
    found = linux.look(soon())
    assert found.items == 3
    assert found.size >= 16_384
    assert linux.do(soon()) == Found(items=3, size=16_384)
    assert [list((folder / part).iterdir()) for part in ("files", "info")] == [[], []]
    assert linux.look(soon()) == Found()


@UNIX
def test_a_hostile_bin_is_emptied_without_touching_what_its_links_lead_to(tmp_path: Path) -> None:
    home = tmp_path / "home"
    documents = home / "Documents"
    documents.mkdir(parents=True)
    (documents / "thesis.odt").write_bytes(b"years of work")
    folder = trash(home, "real.txt")
    (folder / "files/documents").symlink_to(documents)
    (folder / "files/home").symlink_to(home)
    (folder / "files/root").symlink_to("/")
    (folder / "files/nest").mkdir()
    (folder / "files/nest/up").symlink_to("../../../../..")
    (folder / "info/documents.trashinfo").symlink_to(documents / "thesis.odt")
    (folder / "info/evil").symlink_to(documents)
    assert LinuxBin(home).look(soon()).items == 5
    assert LinuxBin(home).do(soon()).items == 5
    assert (documents / "thesis.odt").read_bytes() == b"years of work"
    assert [list((folder / part).iterdir()) for part in ("files", "info")] == [[], []]


@UNIX
@pytest.mark.parametrize("part", ["", "files", "info"])
def test_a_bin_that_is_a_link_is_left_alone(tmp_path: Path, part: str) -> None:
    documents = tmp_path / "Documents"
    documents.mkdir()
    (documents / "thesis.odt").touch()
    folder = trash(tmp_path, "real.txt")
    place = folder / part if part else folder
    place.rename(tmp_path / "aside")
    place.symlink_to(documents)
    with pytest.raises(CannotDo) as caught:
        LinuxBin(tmp_path).do(soon())
    assert caught.value.why is WhyNot.STRANGE
    assert (documents / "thesis.odt").exists()
    assert part != "info" or (folder / "files/real.txt").exists()


@UNIX
def test_what_stays_keeps_its_note_and_can_be_put_back(tmp_path: Path) -> None:
    folder = trash(tmp_path, "one.txt", "two.txt")
    ticks = iter([0.0, 1.0, 99.0, 99.0, 99.0])
    with pytest.raises(CannotDo) as caught:
        LinuxBin(tmp_path).do(Deadline(5.0, lambda: next(ticks)))
    assert (caught.value.why, caught.value.done.items) == (WhyNot.TOO_SLOW, 1)
    (left,) = (folder / "files").iterdir()
    assert [path.name for path in (folder / "info").iterdir()] == [f"{left.name}.trashinfo"]


def test_no_bin_is_an_empty_bin(tmp_path: Path) -> None:
    assert LinuxBin(tmp_path).is_here()
    assert LinuxBin(tmp_path).look(soon()) == Found()
    assert LinuxBin(tmp_path).do(soon()) == Found()


@UNIX
def test_a_mac_offers_it_only_where_it_may_look(tmp_path: Path) -> None:
    mac = MacBin(tmp_path)
    assert not mac.is_here()
    (tmp_path / ".Trash").mkdir()
    for name in ("old.dmg", ".DS_Store"):
        (tmp_path / ".Trash" / name).write_bytes(b"x" * 4_096)
    assert mac.is_here()
    assert mac.look(soon()).items == 1
    assert mac.do(soon()) == Found(items=1, size=4_096)
    assert [path.name for path in (tmp_path / ".Trash").iterdir()] == [".DS_Store"]


class RecycleBin:
    """Windows' bin: so many items of a megabyte; `stays` cannot be deleted."""

    def __init__(self, items: int, stays: int = 0, answer: int = 0) -> None:
        self.items, self.stays, self.answer = items, stays, answer
        self.emptied = 0

    def query(self) -> tuple[int, int, int]:
        return 0, self.items, self.items * 1_000_000

    def empty(self) -> int:
        self.emptied += 1
        self.items = self.stays
        return self.answer

    def windows(self) -> WindowsBin:
        return WindowsBin(Shell(self.query, self.empty))


def test_windows_empties_its_bin_by_itself() -> None:
    recycled = RecycleBin(312)
    assert recycled.windows().is_here()
    assert recycled.windows().look(soon()) == Found(items=312, size=312_000_000)
    assert recycled.emptied == 0
    assert recycled.windows().do(soon()) == Found(items=312, size=312_000_000)
    assert recycled.emptied == 1


def test_an_empty_bin_of_windows_is_not_emptied_which_it_would_call_an_error() -> None:
    recycled = RecycleBin(0)
    assert recycled.windows().do(soon()) == Found()
    assert recycled.emptied == 0


@pytest.mark.parametrize(
    ("recycled", "why", "done"),
    [
        (RecycleBin(3, stays=1), WhyNot.LEFT_OVER, Found(items=2, size=2_000_000)),
        (RecycleBin(3, stays=3, answer=0x8000FFFF), WhyNot.BROKEN, Found()),
    ],
)
def test_what_windows_leaves_is_said(recycled: RecycleBin, why: WhyNot, done: Found) -> None:
    with pytest.raises(CannotDo) as caught:
        recycled.windows().do(soon())
    assert (caught.value.why, caught.value.done) == (why, done)


def test_a_bin_that_windows_cannot_count_is_not_emptied() -> None:
    recycled = RecycleBin(3)
    windows = WindowsBin(Shell(lambda: (0x80004005, 0, 0), recycled.empty))
    with pytest.raises(CannotDo, match="0x80004005"):
        windows.do(soon())
    assert recycled.emptied == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there it is")
def test_elsewhere_there_is_no_bin_of_windows() -> None:
    for call in (shell_of_windows().query, shell_of_windows().empty):
        with pytest.raises(CannotDo):
            call()


@pytest.mark.skipif(sys.platform != "win32", reason="asks Windows")
def test_windows_tells_what_is_in_its_bin() -> None:
    answer, items, size = shell_of_windows().query()
    assert (answer, items >= 0, size >= 0) == (0, True, True)
