"""The largest folders of a home: told by those that say something, in bounded time."""

import os
import sys
from pathlib import Path

import pytest
from samebox_agent.core.remedy_list import Folder
from samebox_agent.desktop import remedies_biggest as biggest
from samebox_agent.desktop.remedies_biggest import BiggestFolders, printable, telling
from samebox_agent.desktop.remedies_limits import Deadline

BLOCK = 4_096


def soon() -> Deadline:
    return Deadline(30.0)


def put(home: Path, name: str, blocks: int) -> None:
    file = home / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"x" * BLOCK * blocks)


def test_the_folders_of_a_home_largest_first(tmp_path: Path) -> None:
    put(tmp_path, "Videos/Holiday/film", 40)
    put(tmp_path, "Videos/clip", 5)
    put(tmp_path, "Downloads/installer", 20)
    put(tmp_path, "Pictures/2024/summer/beach/a", 6)
    put(tmp_path, "Pictures/2025/b", 6)
    put(tmp_path, "loose-file", 90)
    (tmp_path / "empty").mkdir()
    found = BiggestFolders(tmp_path).look(soon())
    assert found.folders == (
        Folder("Videos/Holiday", 40 * BLOCK),
        Folder("Downloads", 20 * BLOCK),
        Folder("Pictures", 12 * BLOCK),
    )
    assert (found.items, found.partial) == (3, False)
    assert BiggestFolders(tmp_path).is_here()
    assert BiggestFolders(tmp_path).do(soon()) == found


def test_at_most_ten_and_below_three_folders_they_count_to_the_third(tmp_path: Path) -> None:
    for number in range(12):
        put(tmp_path, f"a/b/{number:02}/d/e/f/file", number + 1)
    found = BiggestFolders(tmp_path).look(soon())
    assert [one.name for one in found.folders] == ["a/b"]
    for number in range(12):
        put(tmp_path, f"{number:02}/file", number + 50)
    found = BiggestFolders(tmp_path).look(soon())
    assert len(found.folders) == 10
    assert found.folders[0].name == "a/b"


@pytest.mark.skipif(sys.platform == "win32", reason="links of Unix")
def test_links_are_not_followed_and_a_second_name_counts_once(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    put(outside, "huge", 100)
    home = tmp_path / "home"
    put(home, "a/file", 3)
    (home / "a/away").symlink_to(outside)
    (home / "loop").symlink_to(home)
    os.link(home / "a/file", home / "a/again")
    assert BiggestFolders(home).look(soon()).folders == (Folder("a", 3 * BLOCK),)


def test_it_stops_when_the_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(biggest, "OFTEN", 1)
    put(tmp_path, "a/file", 3)
    found = BiggestFolders(tmp_path).look(Deadline(0.0))
    assert (found.partial, found.folders) == (True, ())


def test_another_volume_is_not_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a/file", 3)
    home = tmp_path.stat()
    monkeypatch.setattr(
        Path, "stat", lambda path: os.stat_result([*home[:2], home.st_dev + 1, *home[3:10]])
    )
    assert BiggestFolders(tmp_path).look(soon()).folders == ()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_a_barred_folder_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a/file", 3)
    put(tmp_path, "barred/file", 3)
    (tmp_path / "barred").chmod(0)
    assert [one.name for one in BiggestFolders(tmp_path).look(soon()).folders] == ["a"]
    (tmp_path / "barred").chmod(0o700)


def test_no_folder_is_told_twice() -> None:
    sizes = {("a",): 10, ("a", "b"): 30, ("a", "c"): 25, ("d",): 15, (): 99}
    assert telling(sizes) == [(("a",), 65), (("d",), 15)]
    sizes = {("a",): 10, ("a", "b"): 60, ("a", "c"): 25}
    assert telling(sizes) == [(("a", "b"), 60), (("a", "c"), 25)]


def test_any_name_can_be_shown() -> None:
    assert printable("Résumé 2026") == "Résumé 2026"
    assert printable("a\udcffb\nc\u202ed") == "a?b?c?d"
