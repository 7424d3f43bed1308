"""Whether a proxy is set."""

from pathlib import Path

import pytest
from samebox_agent.collectors.proxy import LinuxProxy, MacProxy, WindowsProxy
from samebox_agent.collectors.windows_registry import RegistryValue

from tests.agent.collectors.machine_fakes import FakePrograms, FakeRegistry, tree, values

SETTINGS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings"
NAME = "network.proxy_set"


def test_the_environment_says_so(tmp_path: Path) -> None:
    environment = {"https_proxy": "http://proxy.example.org:3128"}
    assert values(LinuxProxy(tmp_path, environment, FakePrograms({}))) == {NAME: True}


@pytest.mark.parametrize(("mode", "is_set"), [(b"'none'\n", False), (b"'manual'\n", True)])
def test_gnome_says_so(tmp_path: Path, mode: bytes, is_set: bool) -> None:
    environment = {"XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}
    assert values(LinuxProxy(tmp_path, environment, FakePrograms({"gsettings": mode}))) == {
        NAME: is_set
    }


def test_a_gnome_that_does_not_answer_tells_nothing(tmp_path: Path) -> None:
    environment = {"XDG_CURRENT_DESKTOP": "GNOME"}
    assert values(LinuxProxy(tmp_path, environment, FakePrograms({}))) == {}


@pytest.mark.parametrize(
    ("text", "is_set"), [("[Proxy Settings]\nProxyType=1\n", True), ("", False)]
)
def test_kde_says_so(tmp_path: Path, text: str, is_set: bool) -> None:
    tree(tmp_path, {".config/kioslaverc": text})
    environment = {"XDG_CURRENT_DESKTOP": "KDE"}
    assert values(LinuxProxy(tmp_path, environment, FakePrograms({}))) == {NAME: is_set}


def test_a_desktop_without_a_setting_starts_no_program(tmp_path: Path) -> None:
    programs = FakePrograms({})
    assert values(LinuxProxy(tmp_path, {}, programs)) == {NAME: False}
    assert programs.ran == []


@pytest.mark.parametrize(
    ("told", "is_set"),
    [
        ({"ProxyEnable": 1, "ProxyServer": "proxy:8080"}, True),
        ({"ProxyEnable": 0, "ProxyServer": "proxy:8080"}, False),
        ({"AutoConfigURL": "http://wpad/wpad.dat"}, True),
        ({}, False),
    ],
)
def test_windows(told: dict[str, RegistryValue], is_set: bool) -> None:
    assert values(WindowsProxy(FakeRegistry({SETTINGS: told}))) == {NAME: is_set}


@pytest.mark.parametrize(
    ("line", "is_set"),
    [(b"  HTTPSEnable : 1", True), (b"  HTTPEnable : 0", False), (b"  FTPPassive : 1", False)],
)
def test_macos(line: bytes, is_set: bool) -> None:
    answer = b"<dictionary> {\n" + line + b"\n}\n"
    assert values(MacProxy(FakePrograms({"scutil": answer}))) == {NAME: is_set}
