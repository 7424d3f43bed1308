"""Whether the screen locks by itself."""

from pathlib import Path

import pytest
from samebox_agent.collectors.screen_lock import LinuxScreenLock, MacScreenLock, WindowsScreenLock
from samebox_agent.collectors.windows_registry import RegistryValue

from tests.agent.collectors.machine_fakes import FakePrograms, FakeRegistry, tree, values

DESKTOP = r"HKCU\Control Panel\Desktop"
POLICY = r"HKCU\Software\Policies\Microsoft\Windows\Control Panel\Desktop"
LIMITS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System"
ON, OFF = {"screenlock.enabled": True}, {"screenlock.enabled": False}


@pytest.mark.parametrize(
    ("locks", "idle", "found"),
    [
        (b"true\n", b"uint32 300\n", ON),
        (b"false\n", b"uint32 300\n", OFF),
        (b"true\n", b"uint32 0\n", OFF),
    ],
)
@pytest.mark.parametrize("desktop", ["ubuntu:GNOME", "X-Cinnamon"])
def test_gnome_and_its_relatives(
    tmp_path: Path, desktop: str, locks: bytes, idle: bytes, found: dict[str, bool]
) -> None:
    programs = FakePrograms({"lock-enabled": locks, "idle-delay": idle})
    lock = LinuxScreenLock(tmp_path, tmp_path, {"XDG_CURRENT_DESKTOP": desktop}, programs)
    assert values(lock) == found
    asked = "org.cinnamon.desktop" if desktop == "X-Cinnamon" else "org.gnome.desktop"
    assert {command[2].rpartition(".")[0] for command in programs.ran} == {asked}


@pytest.mark.parametrize(
    ("own", "given", "found"),
    [
        ("", "", ON),
        ("[Daemon]\nAutolock=false\n", "", OFF),
        ("", "[Daemon]\nAutolock=false\n", OFF),
        ("[Daemon]\nAutolock=true\n", "[Daemon]\nAutolock=false\n", ON),
    ],
)
def test_kde(tmp_path: Path, own: str, given: str, found: dict[str, bool]) -> None:
    tree(
        tmp_path,
        {"home/.config/kscreenlockerrc": own, "etc/xdg/kscreenlockerrc": given},
    )
    environment = {"XDG_CURRENT_DESKTOP": "KDE"}
    lock = LinuxScreenLock(tmp_path, tmp_path / "home", environment, FakePrograms({}))
    assert values(lock) == found


@pytest.mark.parametrize("desktop", ["", "sway"])
def test_other_desktops_say_nothing(tmp_path: Path, desktop: str) -> None:
    environment = {"XDG_CURRENT_DESKTOP": desktop}
    lock = LinuxScreenLock(tmp_path, tmp_path, environment, FakePrograms({}))
    assert values(lock) == {}


SECURE: dict[str, RegistryValue] = {"ScreenSaveActive": "1", "ScreenSaverIsSecure": "1"}


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({DESKTOP: SECURE}, ON),
        ({DESKTOP: SECURE | {"ScreenSaverIsSecure": "0"}}, {}),
        ({DESKTOP: SECURE, POLICY: {"ScreenSaveActive": "0"}}, {}),
        ({POLICY: SECURE}, ON),
        ({LIMITS: {"InactivityTimeoutSecs": 900}}, ON),
        ({LIMITS: {"InactivityTimeoutSecs": 0}}, {}),
        ({}, {}),
    ],
)
def test_windows(keys: dict[str, dict[str, RegistryValue]], found: dict[str, bool]) -> None:
    assert values(WindowsScreenLock(FakeRegistry(keys))) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (b"2026-11-27 10:00:00.1 sysadminctl[9:9] screenLock delay is 300 seconds\n", ON),
        (b"2026-11-27 10:00:00.1 sysadminctl[9:9] screenLock delay is immediate\n", ON),
        (b"2026-11-27 10:00:00.1 sysadminctl[9:9] screenLock is off\n", OFF),
        (b"2026-11-27 10:00:00.1 sysadminctl[9:9] screenLock delay is -1.000000 seconds\n", OFF),
        (b"usage: sysadminctl\n", {}),
    ],
)
def test_macos(told: bytes, found: dict[str, bool]) -> None:
    assert values(MacScreenLock(FakePrograms({"sysadminctl": told}))) == found
