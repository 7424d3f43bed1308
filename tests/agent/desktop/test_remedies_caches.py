"""Caches: only what is made again goes, and not while its program runs."""

from pathlib import Path

import pytest
from samebox_agent.core.remedy_list import Found, WhyNot
from samebox_agent.desktop.remedies_caches import TASKS, TEAMS_FOLDER, TeamsCache, Thumbnails
from samebox_agent.desktop.remedies_limits import CannotDo, Deadline

from tests.support.recording_runner import RecordingRunner

RUNS = '"ms-teams.exe","4711","Console","1","412,000 K"\n'
RESTS = "INFO: No tasks are running which match the specified criteria.\n"


def soon() -> Deadline:
    return Deadline(30.0)


def test_previews_go_and_other_caches_stay(tmp_path: Path) -> None:
    for name in ("thumbnails/large/a.png", "thumbnails/normal/b.png", "fontconfig/c"):
        file = tmp_path / ".cache" / name
        file.parent.mkdir(parents=True)
        file.write_bytes(b"x" * 4_096)
    previews = Thumbnails(tmp_path)
    assert previews.is_here()
    assert previews.look(soon()).items == 2
    assert previews.do(soon()) == Found(items=2, size=8_192)
    assert (tmp_path / ".cache/fontconfig/c").exists()
    assert (tmp_path / ".cache/thumbnails").is_dir()


def a_cache(home: Path) -> Path:
    folder = home / TEAMS_FOLDER
    for name in ("EBWebView/Cache/data", "Logs/log", "Backgrounds/Uploads/beach.jpg"):
        file = folder / name
        file.parent.mkdir(parents=True)
        file.write_bytes(b"x" * 4_096)
    return folder


def test_the_teams_cache_goes_and_the_persons_own_pictures_stay(tmp_path: Path) -> None:
    runner = RecordingRunner({TASKS: RESTS})
    teams = TeamsCache(tmp_path, runner.programs())
    assert not teams.is_here()
    folder = a_cache(tmp_path)
    assert teams.is_here()
    assert teams.look(soon()).items == 2
    assert teams.do(soon()) == Found(items=2, size=8_192)
    assert [path.name for path in folder.iterdir()] == ["Backgrounds"]
    assert (folder / "Backgrounds/Uploads/beach.jpg").exists()
    assert runner.argvs == [TASKS, TASKS]


@pytest.mark.parametrize("said", [RUNS, RUNS.upper()])
def test_while_teams_runs_nothing_goes(tmp_path: Path, said: str) -> None:
    folder = a_cache(tmp_path)
    teams = TeamsCache(tmp_path, RecordingRunner({TASKS: said}).programs())
    for act in (teams.look, teams.do):
        with pytest.raises(CannotDo) as caught:
            act(soon())
        assert caught.value.why is WhyNot.IN_USE
    assert (folder / "Logs/log").exists()


def test_when_it_cannot_be_told_whether_teams_runs_nothing_goes(tmp_path: Path) -> None:
    folder = a_cache(tmp_path)
    teams = TeamsCache(tmp_path, RecordingRunner(failing={TASKS: 1}).programs())
    with pytest.raises(CannotDo):
        teams.do(soon())
    assert (folder / "Logs/log").exists()
