"""Starting at login on three systems."""

import plistlib
import sys
from pathlib import Path

import pytest
from samebox_agent.desktop.autostart import (
    Autostart,
    LaunchAgent,
    RunKeyAutostart,
    SystemRunKey,
    XdgAutostart,
    autostart_for,
)
from samebox_shared.model.devices import COMPUTERS, System

from tests.agent.desktop.entry_validator import validate

COMMAND = ("/opt/My Apps/samebox", "--quiet")


class FakeRunKey:
    """A Run key in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def set(self, name: str, value: str) -> None:
        self.values[name] = value

    def delete(self, name: str) -> None:
        self.values.pop(name, None)


@pytest.mark.parametrize("system", sorted(COMPUTERS))
def test_on_and_off_again(tmp_path: Path, system: System) -> None:
    switches: dict[System, Autostart] = {
        System.LINUX: XdgAutostart(tmp_path / "autostart", COMMAND),
        System.MACOS: LaunchAgent(tmp_path / "LaunchAgents", COMMAND),
        System.WINDOWS: RunKeyAutostart(COMMAND, FakeRunKey()),
    }
    switch = switches[system]
    assert not switch.is_on()
    switch.turn_on()
    switch.turn_on()
    assert switch.is_on()
    switch.turn_off()
    switch.turn_off()
    assert not switch.is_on()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_desktop_entry_is_valid(tmp_path: Path) -> None:
    XdgAutostart(tmp_path, COMMAND).turn_on()
    assert 'Exec="/opt/My Apps/samebox" --quiet\n' in (tmp_path / "samebox.desktop").read_text()
    validate(tmp_path / "samebox.desktop")


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_the_desktops_own_switch_is_respected(tmp_path: Path, line: str) -> None:
    switch = XdgAutostart(tmp_path, COMMAND)
    switch.turn_on()
    path = tmp_path / "samebox.desktop"
    path.write_text(path.read_text() + line + "\n")
    assert not switch.is_on()


def test_the_launch_agent_is_a_property_list(tmp_path: Path) -> None:
    LaunchAgent(tmp_path, COMMAND).turn_on()
    (path,) = tmp_path.iterdir()
    told = plistlib.loads(path.read_bytes())
    assert told["ProgramArguments"] == list(COMMAND)
    assert told["RunAtLoad"] is True
    assert path.name == f"{told['Label']}.plist"


def test_windows_gets_one_quoted_line() -> None:
    key = FakeRunKey()
    RunKeyAutostart(COMMAND, key).turn_on()
    assert key.values == {"Samebox": '"/opt/My Apps/samebox" --quiet'}


def test_each_system_has_its_place(tmp_path: Path) -> None:
    assert autostart_for(System.LINUX, COMMAND, tmp_path, {}) == XdgAutostart(
        tmp_path / ".config/autostart", COMMAND
    )
    assert autostart_for(
        System.LINUX, COMMAND, tmp_path, {"XDG_CONFIG_HOME": "/x"}
    ) == XdgAutostart(Path("/x/autostart"), COMMAND)
    assert autostart_for(System.MACOS, COMMAND, tmp_path, {}) == LaunchAgent(
        tmp_path / "Library/LaunchAgents", COMMAND
    )
    assert isinstance(autostart_for(System.WINDOWS, COMMAND, tmp_path, {}), RunKeyAutostart)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a Run key")
def test_elsewhere_there_is_no_run_key() -> None:
    key = SystemRunKey()
    with pytest.raises(OSError, match="no Run key"):
        key.get("Samebox")
    with pytest.raises(OSError, match="no Run key"):
        key.set("Samebox", "")
    with pytest.raises(OSError, match="no Run key"):
        key.delete("Samebox")
