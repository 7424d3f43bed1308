"""Versions of the programs on the list, each at its own place."""

import plistlib
from pathlib import Path

import pytest
from samebox_agent.collectors.programs import LinuxPrograms, MacPrograms, WindowsPrograms, version
from samebox_agent.collectors.windows_registry import RegistryValue

from tests.agent.collectors.machine_fakes import FakeRegistry, as_table, tree, values

INI = "[App]\nVendor=Mozilla\nName=Firefox\nVersion={}\n\n[Gecko]\nMinVersion=1.0\nMaxVersion=9.0\n"
RC = "[Version]\nAllLanguages=en-US nl\nMsiProductVersion=24.8.3.2\nOOOBaseVersion=4.1\n"
FAMILY = (
    r"HKCU\Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel"
    r"\Repository\Families\MSTeams_8wekyb3d8bbwe"
)
OFFICE = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
UNINSTALL = r"HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"


def test_linux_from_files_that_come_with_the_programs(tmp_path: Path) -> None:
    home = tmp_path / "home"
    tree(
        tmp_path,
        {
            "usr/lib/firefox-esr/application.ini": INI.format("128.4.0"),
            "snap/firefox/current/usr/lib/firefox/application.ini": INI.format("133.0"),
            "usr/lib64/thunderbird/application.ini": INI.format("128.4.3"),
            "usr/lib/libreoffice/program/bootstraprc": "[Bootstrap]\nProductKey=LibreOffice 24.8\n",
            "opt/google/chrome/chrome": "",
            "opt/zoom/version.txt": "6.2.10.4983\n",
            "home/.config/google-chrome/Last Version": "131.0.6778.86",
            "home/.config/microsoft-edge/Last Version": "131.0.2903.70",
        },
    )
    assert values(LinuxPrograms(tmp_path, home)) == {
        "programs.firefox": "128.4.0",
        "programs.thunderbird": "128.4.3",
        "programs.libreoffice": "24.8",
        "programs.chrome": "131.0.6778.86",
        "programs.zoom": "6.2.10.4983",
    }


def test_linux_with_none_of_them(tmp_path: Path) -> None:
    assert values(LinuxPrograms(tmp_path, tmp_path)) == {}


class WatchedRegistry(FakeRegistry):
    """Remembers of which keys the names below were asked for."""

    def __init__(self, keys: dict[str, dict[str, RegistryValue]]) -> None:
        super().__init__(keys)
        self.listed: list[str] = []

    def subkeys(self, key: str) -> list[str]:
        self.listed.append(key)
        return super().subkeys(key)


def test_windows_looks_each_up_and_lists_nothing_else(tmp_path: Path) -> None:
    registry = WatchedRegistry(
        {
            r"HKLM\SOFTWARE\Mozilla\Mozilla Firefox": {"CurrentVersion": "133.0 (x64 nl)"},
            r"HKCU\SOFTWARE\Google\Chrome\BLBeacon": {"version": "131.0.6778.86"},
            r"HKCU\SOFTWARE\Microsoft\OneDrive": {"Version": "24.221.1103.0005"},
            OFFICE: {"VersionToReport": "16.0.18129.20158"},
            r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\OUTLOOK.EXE": {"": "x"},
            rf"{FAMILY}\MSTeams_24277.3502.3161.3007_x64__8wekyb3d8bbwe": {},
            rf"{FAMILY}\MSTeams_24295.605.3225.8804_x64__8wekyb3d8bbwe": {},
            rf"{UNINSTALL}\ZoomUMX": {"DisplayVersion": "6.2.10 (50000)"},
            rf"{UNINSTALL}\Game": {"DisplayVersion": "1.0"},
        }
    )
    tree(tmp_path, {"LibreOffice/program/version.ini": RC})
    assert values(WindowsPrograms(registry, {"ProgramFiles": str(tmp_path)})) == {
        "programs.firefox": "133.0",
        "programs.chrome": "131.0.6778.86",
        "programs.onedrive": "24.221.1103.0005",
        "programs.microsoft_365": "16.0.18129.20158",
        "programs.outlook": "16.0.18129.20158",
        "programs.teams": "24295.605.3225.8804",
        "programs.zoom": "6.2.10",
        "programs.libreoffice": "24.8.3.2",
    }
    assert registry.listed == [FAMILY]


def test_windows_without_outlook() -> None:
    registry = FakeRegistry({OFFICE: {"VersionToReport": "16.0.18129.20158"}})
    assert set(values(WindowsPrograms(registry))) == {"programs.microsoft_365"}


def test_macos_from_each_apps_own_description(tmp_path: Path) -> None:
    for app, told in {
        "zoom.us": "6.2.10 (43047)",
        "Microsoft Word": "16.91",
        "Chess": "3.18",
    }.items():
        path = tmp_path / f"Applications/{app}.app/Contents/Info.plist"
        path.parent.mkdir(parents=True)
        path.write_bytes(plistlib.dumps({"CFBundleShortVersionString": told}))
    assert values(MacPrograms(tmp_path)) == {
        "programs.zoom": "6.2.10",
        "programs.microsoft_365": "16.91",
    }


@pytest.mark.parametrize("told", [None, "", "nightly", "7"])
def test_what_has_no_number_is_left_out(told: str | None) -> None:
    assert as_table(version("programs.firefox", told)) == {}
