"""Versions of a closed list of programs that fixes are written for.

Each is looked for at its own place. No list of what is installed is ever read.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, macos_properties, windows_registry
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "programs"

CHROME, EDGE, FIREFOX = "programs.chrome", "programs.edge", "programs.firefox"
LIBREOFFICE, MICROSOFT_365 = "programs.libreoffice", "programs.microsoft_365"
ONEDRIVE, OUTLOOK, TEAMS = "programs.onedrive", "programs.outlook", "programs.teams"
THUNDERBIRD, ZOOM = "programs.thunderbird", "programs.zoom"

_ON_LINUX: Mapping[str, tuple[tuple[str, str], ...]] = {
    FIREFOX: (
        ("usr/lib/firefox/application.ini", "Version"),
        ("usr/lib64/firefox/application.ini", "Version"),
        ("usr/lib/firefox-esr/application.ini", "Version"),
        ("opt/firefox/application.ini", "Version"),
        ("snap/firefox/current/usr/lib/firefox/application.ini", "Version"),
        (
            "var/lib/flatpak/app/org.mozilla.firefox/current/active/files/lib/firefox/"
            "application.ini",
            "Version",
        ),
    ),
    THUNDERBIRD: (
        ("usr/lib/thunderbird/application.ini", "Version"),
        ("usr/lib64/thunderbird/application.ini", "Version"),
        ("snap/thunderbird/current/usr/lib/thunderbird/application.ini", "Version"),
    ),
    LIBREOFFICE: (
        ("usr/lib/libreoffice/program/bootstraprc", "ProductKey"),
        ("usr/lib64/libreoffice/program/bootstraprc", "ProductKey"),
        ("snap/libreoffice/current/lib/libreoffice/program/bootstraprc", "ProductKey"),
        (
            "var/lib/flatpak/app/org.libreoffice.LibreOffice/current/active/files/libreoffice/"
            "program/bootstraprc",
            "ProductKey",
        ),
    ),
}
"""Where each program describes itself, and under which word."""

_STARTED_ON_LINUX = {
    CHROME: ("opt/google/chrome/chrome", ".config/google-chrome/Last Version"),
    EDGE: ("opt/microsoft/msedge/msedge", ".config/microsoft-edge/Last Version"),
}
"""The program, and where it writes its version down when it is started."""
_ZOOM_ON_LINUX = "opt/zoom/version.txt"

_UPDATER = r"HKLM\SOFTWARE\WOW6432Node"
_CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_PATHS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
_ON_WINDOWS: Mapping[str, tuple[tuple[str, str], ...]] = {
    CHROME: (
        (rf"{_UPDATER}\Google\Update\Clients\{{8A69D345-D564-463C-AFF1-A69D9E530F96}}", "pv"),
        (r"HKCU\SOFTWARE\Google\Chrome\BLBeacon", "version"),
    ),
    EDGE: (
        (
            rf"{_UPDATER}\Microsoft\EdgeUpdate\Clients\{{56EB18F8-B008-4CBD-B6D2-8C97FE7E9062}}",
            "pv",
        ),
        (r"HKCU\SOFTWARE\Microsoft\Edge\BLBeacon", "version"),
    ),
    FIREFOX: (
        (r"HKLM\SOFTWARE\Mozilla\Mozilla Firefox", "CurrentVersion"),
        (r"HKCU\SOFTWARE\Mozilla\Mozilla Firefox", "CurrentVersion"),
    ),
    THUNDERBIRD: (
        (r"HKLM\SOFTWARE\Mozilla\Mozilla Thunderbird", "CurrentVersion"),
        (r"HKCU\SOFTWARE\Mozilla\Mozilla Thunderbird", "CurrentVersion"),
    ),
    MICROSOFT_365: ((_CLICK_TO_RUN, "VersionToReport"),),
    ONEDRIVE: ((r"HKCU\SOFTWARE\Microsoft\OneDrive", "Version"),),
    ZOOM: (
        (
            r"HKCU\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\ZoomUMX",
            "DisplayVersion",
        ),
    ),
}
_TEAMS_ON_WINDOWS = (
    r"HKCU\Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel"
    r"\Repository\Families\MSTeams_8wekyb3d8bbwe"
)
_LIBREOFFICE_ON_WINDOWS = "LibreOffice/program/version.ini"

_ON_MACOS = {
    CHROME: "Google Chrome",
    EDGE: "Microsoft Edge",
    FIREFOX: "Firefox",
    LIBREOFFICE: "LibreOffice",
    MICROSOFT_365: "Microsoft Word",
    ONEDRIVE: "OneDrive",
    OUTLOOK: "Microsoft Outlook",
    TEAMS: "Microsoft Teams",
    THUNDERBIRD: "Thunderbird",
    ZOOM: "zoom.us",
}
"""The apps of Microsoft 365 are brought out together: Word speaks for them."""


def version(name: str, told: str | None) -> Iterable[Fact]:
    """The number alone: Firefox says "133.0 (x64 nl)"."""
    found = re.search(r"\d+(?:\.\d+)+", told or "")
    if found:
        yield Fact(name=name, value=found[0])


class LinuxPrograms(Struct, frozen=True):
    """From files that come with the programs; LibreOffice's tells only the first two numbers.
    Browsers of Google and Microsoft have none: they write down the version that was started last.
    """

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.PROGRAMS
    facts: ClassVar[frozenset[str]] = frozenset({*_ON_LINUX, *_STARTED_ON_LINUX, ZOOM})
    root: Path = Path("/")
    home: Path = field(default_factory=Path.home)

    def collect(self) -> Iterable[Fact]:
        for name, places in _ON_LINUX.items():
            told = (files.settings(self.root / path).get(word) for path, word in places)
            yield from version(name, next(filter(None, told), None))
        for name, (program, written) in _STARTED_ON_LINUX.items():
            if (self.root / program).exists():
                yield from version(name, files.text(self.home / written))
        yield from version(ZOOM, files.text(self.root / _ZOOM_ON_LINUX))


class WindowsPrograms(Struct, frozen=True):
    """From each program's own key."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.PROGRAMS
    facts: ClassVar[frozenset[str]] = frozenset({*_ON_WINDOWS, LIBREOFFICE, OUTLOOK, TEAMS})
    registry: Registry = field(default_factory=SystemRegistry)
    environment: Mapping[str, str] = field(default_factory=dict)

    def collect(self) -> Iterable[Fact]:
        for name, places in _ON_WINDOWS.items():
            told = (windows_registry.text(self.registry, key, value) for key, value in places)
            yield from version(name, next(filter(None, told), None))
        if self.registry.has(rf"{_PATHS}\OUTLOOK.EXE"):  # it is one of the apps of 365
            office = windows_registry.text(self.registry, _CLICK_TO_RUN, "VersionToReport")
            yield from version(OUTLOOK, office)
        # "MSTeams_24295.605.3225.8804_x64__8wekyb3d8bbwe"; the former one stays until a restart
        packages = self.registry.subkeys(_TEAMS_ON_WINDOWS)
        yield from version(TEAMS, max(packages, default=None))
        if folder := self.environment.get("ProgramFiles"):
            about = files.settings(Path(folder) / _LIBREOFFICE_ON_WINDOWS)
            yield from version(LIBREOFFICE, about.get("MsiProductVersion"))


class MacPrograms(Struct, frozen=True):
    """From each app's description of itself."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.PROGRAMS
    facts: ClassVar[frozenset[str]] = frozenset(_ON_MACOS)
    root: Path = Path("/")

    def collect(self) -> Iterable[Fact]:
        for name, app in _ON_MACOS.items():
            path = self.root / f"Applications/{app}.app/Contents/Info.plist"
            about = macos_properties.from_file(path)
            yield from version(name, macos_properties.text(about, "CFBundleShortVersionString"))
