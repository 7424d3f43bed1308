"""Desktop, display system, language and displays."""

import plistlib
from pathlib import Path

import pytest
from samebox_agent.collectors.desktop_session import (
    LinuxDesktopSession,
    MacDesktopSession,
    WindowsDesktopSession,
    language,
    mac_displays,
    windows_displays,
    windows_resolution,
)

from tests.agent.collectors.machine_fakes import FakeRegistry, tree, values

DRM = "sys/class/drm"


def test_linux(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            f"{DRM}/version": "drm 1.1.0",
            f"{DRM}/card1-eDP-1/status": "connected\n",
            f"{DRM}/card1-eDP-1/enabled": "enabled\n",
            f"{DRM}/card1-eDP-1/modes": "2560x1600\n1920x1200\n",
            f"{DRM}/card1-HDMI-A-1/status": "connected\n",
            f"{DRM}/card1-HDMI-A-1/enabled": "enabled\n",
            f"{DRM}/card1-HDMI-A-1/modes": "3840x2160\n",
            f"{DRM}/card1-DP-1/status": "disconnected\n",
        },
    )
    environment = {
        "XDG_CURRENT_DESKTOP": "ubuntu:GNOME",
        "XDG_SESSION_TYPE": "wayland",
        "LANG": "nl_NL.UTF-8",
    }
    assert values(LinuxDesktopSession(tmp_path, environment)) == {
        "desktop.environment": "GNOME",
        "desktop.session": "wayland",
        "locale.language": "nl_NL",
        "connected_displays.count": 2,
        "connected_displays.main_resolution": "2560x1600",
    }


def lit(display: str, modes: str) -> dict[str, str]:
    folder = f"{DRM}/card1-{display}"
    return {f"{folder}/enabled": "enabled\n", f"{folder}/modes": modes}


@pytest.mark.parametrize(
    ("displays", "found"),
    [
        (lit("HDMI-A-1", "1920x1080i\n"), "1920x1080"),
        (lit("HDMI-A-1", "1920x1080\n") | lit("DP-1", "1280x1024\n"), None),
        (lit("eDP-1", "1920x1200\n") | lit("eDP-2", "1920x1080\n"), None),
        (lit("eDP-1", ""), None),
    ],
)
def test_the_main_display_among_several_is_never_guessed(
    tmp_path: Path, displays: dict[str, str], found: str | None
) -> None:
    told = values(LinuxDesktopSession(tree(tmp_path, displays), {}))
    assert told.get("connected_displays.main_resolution") == found


def test_linux_without_a_desktop(tmp_path: Path) -> None:
    environment = {"XDG_SESSION_TYPE": "tty", "LANG": "C.UTF-8"}
    assert values(LinuxDesktopSession(tmp_path, environment)) == {}


def test_messages_go_before_the_general_language(tmp_path: Path) -> None:
    environment = {"LANG": "nl_NL.UTF-8", "LC_MESSAGES": "en_GB.UTF-8", "LC_ALL": ""}
    assert values(LinuxDesktopSession(tmp_path, environment)) == {"locale.language": "en_GB"}


def test_windows() -> None:
    registry = FakeRegistry({r"HKCU\Control Panel\International": {"LocaleName": "nl-NL"}})
    assert values(WindowsDesktopSession(registry, lambda: 3, lambda: "2560x1440")) == {
        "locale.language": "nl_NL",
        "connected_displays.count": 3,
        "connected_displays.main_resolution": "2560x1440",
    }


def test_macos(tmp_path: Path) -> None:
    path = tmp_path / "Library/Preferences/.GlobalPreferences.plist"
    path.parent.mkdir(parents=True)
    path.write_bytes(plistlib.dumps({"AppleLocale": "en_NL@rg=nlzzzz"}, fmt=plistlib.FMT_BINARY))
    assert values(MacDesktopSession(tmp_path, lambda: None)) == {"locale.language": "en_NL"}


@pytest.mark.parametrize(
    ("told", "said"),
    [("nl_NL.UTF-8", "nl_NL"), ("de_DE@euro", "de_DE"), ("nl-BE", "nl_BE"), ("C", None)],
)
def test_language(told: str, said: str | None) -> None:
    assert language(told) == said


def test_displays_are_counted_only_on_the_system_itself() -> None:
    assert [count is None or count > 0 for count in (windows_displays(), mac_displays())]


def test_the_resolution_is_two_numbers_where_windows_tells_it() -> None:
    told = windows_resolution()
    assert told is None or all(part.isdecimal() for part in told.split("x"))
