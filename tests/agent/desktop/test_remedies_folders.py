"""Emptying and measuring: never through a link, never past the time, and what stays is said."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from samebox_agent.core.remedy_list import Found, WhyNot
from samebox_agent.desktop import remedies_folders as folders
from samebox_agent.desktop.remedies_folders import Own
from samebox_agent.desktop.remedies_limits import CannotDo, Deadline

if sys.platform == "win32":
    pytest.skip("links and rights of Unix", allow_module_level=True)

KB = 4_096


def soon() -> Deadline:
    return Deadline(30.0)


def over() -> Deadline:
    return Deadline(0.0)


def by_path(own: Own, deadline: Deadline) -> Found:
    """As on Windows, where folders cannot be held open."""
    sweep = folders._Sweep(deadline)
    sweep.by_path(own.path, own.keep)
    return Found(items=sweep.items, size=sweep.size)


def by_handle(own: Own, deadline: Deadline) -> Found:
    return own.clear(deadline)


WAYS = pytest.mark.parametrize("clear", [by_handle, by_path])
Clear = Callable[[Own, Deadline], Found]


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """What must still be there afterwards."""
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "thesis.txt").write_bytes(b"x" * 10)
    return folder


@pytest.fixture
def rubbish(tmp_path: Path, precious: Path) -> Path:
    """A folder full of links that lead outside, beside real rubbish."""
    folder = tmp_path / "rubbish"
    deep = folder / "a/b/c"
    deep.mkdir(parents=True)
    (deep / "old.bin").write_bytes(b"x" * KB)
    (folder / "note.txt").write_bytes(b"x" * KB)
    (folder / "to-folder").symlink_to(precious)
    (folder / "to-file").symlink_to(precious / "thesis.txt")
    (deep / "up").symlink_to("../../../../precious")
    (folder / "nowhere").symlink_to("/no/such/place")
    os.link(precious / "thesis.txt", folder / "second-name")
    os.mkfifo(folder / "pipe")
    return folder


@WAYS
def test_all_of_it_goes_and_what_links_lead_to_stays(
    rubbish: Path, precious: Path, clear: Clear
) -> None:
    found = clear(Own(rubbish), soon())
    assert list(rubbish.iterdir()) == []
    assert (precious / "thesis.txt").read_bytes() == b"x" * 10
    assert found.items == 7
    assert found.size >= 2 * KB


def test_a_look_changes_nothing_and_counts_what_would_go(rubbish: Path) -> None:
    before = sorted(rubbish.rglob("*"))
    found = Own(rubbish).measure(soon())
    assert (found.items, found.partial) == (7, False)
    assert 2 * KB <= found.size < 20 * KB
    assert sorted(rubbish.rglob("*")) == before


@WAYS
def test_what_is_to_be_kept_is_kept(rubbish: Path, clear: Clear) -> None:
    own = Own(rubbish, frozenset({"note.txt"}))
    assert own.measure(soon()).items == 6
    assert clear(own, soon()).items == 6
    assert [path.name for path in rubbish.iterdir()] == ["note.txt"]


def test_an_absent_folder_is_empty(tmp_path: Path) -> None:
    own = Own(tmp_path / "no")
    assert (own.measure(soon()), own.clear(soon())) == (Found(), Found())


@pytest.mark.parametrize("stands", ["link", "file"])
def test_something_else_in_the_place_of_the_folder_is_left_alone(
    tmp_path: Path, precious: Path, stands: str
) -> None:
    place = tmp_path / "place"
    if stands == "link":
        place.symlink_to(precious)
    else:
        place.write_text("a file", encoding="utf-8")
    for act in (Own(place).measure, Own(place).clear):
        with pytest.raises(CannotDo) as caught:
            act(soon())
        assert caught.value.why is WhyNot.STRANGE
    assert (precious / "thesis.txt").exists()


def test_a_link_swapped_in_after_the_look_is_not_followed(tmp_path: Path, precious: Path) -> None:
    place = tmp_path / "place"
    place.symlink_to(precious)
    sweep = folders._Sweep(soon())
    with pytest.raises(OSError):  # noqa: PT011 - ELOOP or ENOTDIR, as the system likes
        sweep.by_handle(place, frozenset())
    assert (precious / "thesis.txt").exists()


def test_a_folder_of_somebody_else_is_left_alone(
    rubbish: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 12_345)
    with pytest.raises(CannotDo) as caught:
        Own(rubbish).clear(soon())
    assert caught.value.why is WhyNot.STRANGE
    assert (rubbish / "note.txt").exists()


def test_folders_that_may_not_be_written_go_too(tmp_path: Path) -> None:
    locked = tmp_path / "bin/locked/inner"
    locked.mkdir(parents=True)
    (locked / "file").touch()
    locked.chmod(0o500)
    locked.parent.chmod(0o500)
    assert Own(tmp_path / "bin").clear(soon()).items == 1
    assert list((tmp_path / "bin").iterdir()) == []


@WAYS
def test_when_the_time_is_over_nothing_more_goes(rubbish: Path, clear: Clear) -> None:
    before = sorted(rubbish.rglob("*"))
    if clear is by_path:
        assert by_path(Own(rubbish), over()) == Found()
    else:
        with pytest.raises(CannotDo) as caught:
            clear(Own(rubbish), over())
        assert (caught.value.why, caught.value.done) == (WhyNot.TOO_SLOW, Found())
    assert sorted(rubbish.rglob("*")) == before
    assert Own(rubbish).measure(over()).partial


def test_time_that_runs_out_on_the_way_says_what_was_done(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}").touch()
    ticks = iter(range(100))
    deadline = Deadline(4.5, lambda: float(next(ticks)))
    with pytest.raises(CannotDo) as caught:
        Own(tmp_path).clear(deadline)
    assert caught.value.why is WhyNot.TOO_SLOW
    assert caught.value.done.items == 10 - len(list(tmp_path.iterdir())) == 4


@WAYS
def test_what_cannot_go_is_said_and_the_rest_goes(
    rubbish: Path, clear: Clear, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.unlink

    def unlink(path: str, *, dir_fd: int | None = None) -> None:
        if Path(path).name == "old.bin":
            raise PermissionError(path)
        real(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "unlink", unlink)
    if clear is by_path:
        assert by_path(Own(rubbish), soon()).items == 6
    else:
        with pytest.raises(CannotDo) as caught:
            clear(Own(rubbish), soon())
        assert (caught.value.why, caught.value.done.items) == (WhyNot.LEFT_OVER, 6)
    assert [path.name for path in rubbish.rglob("*") if path.is_file()] == ["old.bin"]


def test_another_volume_in_it_is_left_alone(rubbish: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fstat
    calls = []

    def fstat(handle: int) -> os.stat_result:
        found = real(handle)
        calls.append(handle)
        if len(calls) == 1:
            return found
        fields = list(found)
        fields[2] += 1  # st_dev
        return os.stat_result(fields)

    monkeypatch.setattr(os, "fstat", fstat)
    with pytest.raises(CannotDo) as caught:
        Own(rubbish).clear(soon())
    assert caught.value.why is WhyNot.LEFT_OVER
    assert (rubbish / "a/b/c/old.bin").exists()


def test_names_that_are_no_text_go_too(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(bytes(tmp_path) + b"/\xff\xfe.txt")).touch()
    except OSError:
        pytest.skip("this disk takes no such names")
    (tmp_path / "-rf ~").touch()
    assert Own(tmp_path).clear(soon()).items == 2


@WAYS
def test_what_lies_too_deep_stays_and_is_said(tmp_path: Path, clear: Clear) -> None:
    deep = tmp_path / "bin"
    for _ in range(folders.DEEPEST + 5):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (tmp_path / "bin/file").touch()
    own = Own(tmp_path / "bin")
    if clear is by_path:
        assert by_path(own, soon()).items == 1
    else:
        with pytest.raises(CannotDo) as caught:
            clear(own, soon())
        assert (caught.value.why, caught.value.done.items) == (WhyNot.LEFT_OVER, 1)
    assert deep.is_dir()


def test_files_in_the_cloud_take_no_room() -> None:
    class Windows:
        st_size = 5_000
        st_file_attributes = 0x0040_0000

    assert folders.bytes_on_disk(Windows()) == 0  # type: ignore[arg-type]
    Windows.st_file_attributes = 0x20
    assert folders.bytes_on_disk(Windows()) == 5_000  # type: ignore[arg-type]


def test_a_junction_of_windows_is_a_link() -> None:
    class Junction:
        st_mode = 0o40777
        st_reparse_tag = 0xA0000003

    assert folders.is_link(Junction())  # type: ignore[arg-type]
    Junction.st_reparse_tag = 0x9000701A  # a folder of OneDrive
    assert not folders.is_link(Junction())  # type: ignore[arg-type]
