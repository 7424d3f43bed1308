"""The entry in the list of programs."""

from pathlib import Path

from samebox_agent.desktop.launcher import Launcher, data_home

from tests.agent.desktop.entry_validator import validate

COMMAND = ("/opt/My Apps/samebox",)


def test_written_valid_and_removed(tmp_path: Path) -> None:
    icon = tmp_path / "icon.svg"
    icon.write_text("<svg/>")
    launcher = Launcher(tmp_path / "share", COMMAND)
    assert not launcher.is_written()
    launcher.write(icon)
    assert launcher.is_written()
    assert launcher.icon_path.read_text() == "<svg/>"
    launcher.remove()
    launcher.remove()
    assert not launcher.is_written()
    assert not launcher.icon_path.exists()


def test_the_desktops_own_tool_finds_no_fault(tmp_path: Path) -> None:
    icon = tmp_path / "icon.svg"
    icon.write_text("<svg/>")
    launcher = Launcher(tmp_path / "share", COMMAND)
    launcher.write(icon)
    validate(launcher.entry_path)


def test_an_entry_for_an_earlier_place_is_not_this_one(tmp_path: Path) -> None:
    icon = tmp_path / "icon.svg"
    icon.write_text("<svg/>")
    Launcher(tmp_path, ("/old/samebox",)).write(icon)
    assert not Launcher(tmp_path, COMMAND).is_written()


def test_where_a_person_keeps_programs() -> None:
    home = Path("/home/ana")
    assert data_home(home, {}) == home / ".local/share"
    assert data_home(home, {"XDG_DATA_HOME": "/data"}) == Path("/data")
