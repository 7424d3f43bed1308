"""Where files go, and who may read them."""

import os
import stat
from pathlib import Path

import pytest
from samebox_agent.storage.paths import choose_paths
from samebox_agent.storage.trouble import StorageTrouble, TroubleKind

posix = pytest.mark.skipif(os.name == "nt", reason="Windows protects the profile folder itself")


def test_everything_lies_in_the_folder_given(tmp_path: Path) -> None:
    paths = choose_paths(tmp_path / "ana" / "box")
    places = (paths.database, paths.lock, paths.log, paths.token)
    assert {place.parent for place in places} == {paths.data} == {tmp_path / "ana" / "box"}


@posix
def test_a_new_folder_is_its_owners_alone(tmp_path: Path) -> None:
    data = choose_paths(tmp_path / "box").data
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


@posix
def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "box").mkdir(mode=0o750)
    assert stat.S_IMODE(choose_paths(tmp_path / "box").data.stat().st_mode) == 0o750


def test_without_a_folder_the_system_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert choose_paths().data.is_relative_to(tmp_path)


def test_a_file_in_the_way_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "box").write_text("not a folder")
    with pytest.raises(StorageTrouble) as caught:
        choose_paths(tmp_path / "box")
    assert caught.value.kind is TroubleKind.UNWRITABLE
