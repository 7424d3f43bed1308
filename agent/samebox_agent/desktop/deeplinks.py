"""Opens the right page of the system's own settings for a step of a fix.

The table is closed: a step names a key, never an address. Schemes such as ms-msdt: have been used
to attack, so nothing that came from an article or a server becomes part of what is opened.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from threading import Thread
from typing import Final

from msgspec import Struct
from samebox_shared.model.devices import System


class Address(Struct, frozen=True):
    """Handed to the system, which knows the program for it (Windows, macOS)."""

    uri: str


class Program(Struct, frozen=True):
    """Started as it is, without a shell (Linux)."""

    argv: tuple[str, ...]


Target = Address | Program


class CouldNotOpen(Struct, frozen=True):
    """The page did not open; `sentence` is for the person."""

    sentence: str


class _Page(Struct, frozen=True):
    """One page on each system; an empty text where a system has none."""

    windows: str = ""
    macos: str = ""
    gnome: str = ""
    kde: str = ""


_PRIVACY = "com.apple.preference.security?Privacy_"
_PAGES: Final[Mapping[str, _Page]] = {
    "wifi": _Page(
        "network-wifi", "com.apple.wifi-settings-extension", "wifi", "kcm_networkmanagement"
    ),
    "network": _Page(
        "network-status",
        "com.apple.Network-Settings.extension",
        "network",
        "kcm_networkmanagement",
    ),
    "proxy": _Page("network-proxy", "com.apple.Network-Settings.extension", "network", "kcm_proxy"),
    "vpn": _Page(
        "network-vpn",
        "com.apple.NetworkExtensionSettingsUI.NESettingsUIExtension",
        "network",
        "kcm_networkmanagement",
    ),
    "bluetooth": _Page("bluetooth", "com.apple.BluetoothSettings", "bluetooth", "kcm_bluetooth"),
    "displays": _Page("display", "com.apple.Displays-Settings.extension", "display", "kcm_kscreen"),
    "sound": _Page("sound", "com.apple.Sound-Settings.extension", "sound", "kcm_pulseaudio"),
    "sound_per_app": _Page(
        "apps-volume", "com.apple.Sound-Settings.extension", "sound", "kcm_pulseaudio"
    ),
    "printers": _Page(
        "printers", "com.apple.Print-Scan-Settings.extension", "printers", "kcm_printer_manager"
    ),
    "update": _Page("windowsupdate", "com.apple.Software-Update-Settings.extension"),
    "storage": _Page("storagesense", "com.apple.settings.Storage", "info-overview"),
    "apps": _Page("appsfeatures", "", "applications"),
    "startup": _Page("startupapps", "com.apple.LoginItems-Settings.extension", "", "kcm_autostart"),
    "power": _Page(
        "powersleep",
        "com.apple.Battery-Settings.extension",
        "power",
        "kcm_powerdevilprofilesconfig",
    ),
    "battery": _Page(
        "batterysaver",
        "com.apple.Battery-Settings.extension",
        "power",
        "kcm_powerdevilprofilesconfig",
    ),
    "microphone": _Page("privacy-microphone", f"{_PRIVACY}Microphone", "microphone"),
    "camera": _Page("privacy-webcam", f"{_PRIVACY}Camera", "camera"),
    "screen_capture": _Page("", f"{_PRIVACY}ScreenCapture"),
    "notifications": _Page(
        "notifications",
        "com.apple.Notifications-Settings.extension",
        "notifications",
        "kcm_notifications",
    ),
    "keyboard": _Page(
        "typing", "com.apple.Keyboard-Settings.extension", "keyboard", "kcm_keyboard"
    ),
    "mouse": _Page("mousetouchpad", "com.apple.Mouse-Settings.extension", "mouse", "kcm_mouse"),
    "touchpad": _Page(
        "mousetouchpad", "com.apple.Trackpad-Settings.extension", "mouse", "kcm_touchpad"
    ),
    "language": _Page("regionlanguage", "com.apple.Localization-Settings.extension", "region"),
    "time": _Page("dateandtime", "com.apple.Date-Time-Settings.extension", "datetime", "kcm_clock"),
    "encryption": _Page("deviceencryption", "com.apple.preference.security?FileVault"),
    "about": _Page("about", "com.apple.SystemProfiler.AboutExtension", "info-overview"),
}

_LINUX_UPDATES: Final[Mapping[str, Program]] = {
    "GNOME": Program(("gnome-software", "--mode=updates")),
    "KDE": Program(("plasma-discover", "--mode", "Update")),
}
_GNOME_DESKTOPS: Final = frozenset({"GNOME", "GNOME-Classic", "Unity"})


def keys() -> frozenset[str]:
    """Every key a step may name, on whichever system."""
    return frozenset(_PAGES)


def openable(system: System, desktop: str = "") -> frozenset[str]:
    """The keys that have a page here; a step with another key shows no button."""
    return frozenset(key for key in _PAGES if target(key, system, desktop) is not None)


def target(key: str, system: System, desktop: str = "") -> Target | None:
    """What to open. `desktop` is XDG_CURRENT_DESKTOP, and counts on Linux only."""
    page = _PAGES.get(key)
    if page is None:
        return None
    match system:
        case System.WINDOWS:
            return Address(f"ms-settings:{page.windows}") if page.windows else None
        case System.MACOS:
            return Address(f"x-apple.systempreferences:{page.macos}") if page.macos else None
        case System.LINUX:
            return _on_linux(key, page, frozenset(desktop.split(":")))
        case System.IOS | System.ANDROID:
            return None


def _on_linux(key: str, page: _Page, desktops: frozenset[str]) -> Target | None:
    gnome = bool(desktops & _GNOME_DESKTOPS)
    if not gnome and "KDE" not in desktops:
        return None
    if key == "update":
        return _LINUX_UPDATES["GNOME" if gnome else "KDE"]
    if gnome:
        return Program(("gnome-control-center", page.gnome)) if page.gnome else None
    return Program(("systemsettings", page.kde)) if page.kde else None


def open_settings(
    key: str,
    system: System,
    desktop: str = "",
    start: "Callable[[Target], None] | None" = None,
) -> CouldNotOpen | None:
    """Opens the page, or says why not. Starts a program: never on the UI's thread."""
    found = target(key, system, desktop)
    if found is None:
        return CouldNotOpen("This page cannot be opened from here. Please open your settings.")
    try:
        (start or start_target)(found)
    except OSError:
        return CouldNotOpen("The settings did not open. Please open them yourself.")
    return None


def start_target(found: Target) -> None:
    """Raises OSError when the program is missing or the system refuses the address."""
    match found:
        case Address(uri=uri):
            _open_address(uri)
        case Program(argv=argv):
            start_program(argv)


def _open_address(uri: str) -> None:
    if sys.platform == "win32":
        os.startfile(uri)
    elif sys.platform == "darwin":
        start_program(("/usr/bin/open", uri))
    else:
        raise FileNotFoundError(uri)


def start_program(argv: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    """In a session of its own, so that it outlives us; a thread waits, so that no zombie stays.
    Raises OSError when the program is missing."""
    program = shutil.which(argv[0])
    if program is None:
        raise FileNotFoundError(argv[0])
    process = subprocess.Popen(
        (program, *argv[1:]),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=environment_of_the_system(os.environ),
    )
    Thread(target=process.wait, name="settings page", daemon=True).start()
    return process


def environment_of_the_system(ours: Mapping[str, str]) -> dict[str, str]:
    """Without the library path that a frozen build sets for itself: others would load our Qt."""
    theirs = {name: value for name, value in ours.items() if not name.startswith("LD_LIBRARY_PATH")}
    if original := ours.get("LD_LIBRARY_PATH_ORIG"):
        theirs["LD_LIBRARY_PATH"] = original
    return theirs
