"""Remedies that run the system's own programs, with constant arguments and without a shell.

The programs are looked for in the system's folders, not on the person's path. None of them can ask
for a password: those that might are told not to, and nmcli is asked first whether it may.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Final

from msgspec import Struct

from samebox_agent.core.remedy_list import Found, WhyNot
from samebox_agent.desktop.deeplinks import environment_of_the_system
from samebox_agent.desktop.remedies_limits import CannotDo, Deadline

Run = Callable[[tuple[str, ...], float], str]
"""Takes program and arguments, and seconds; returns what it said. Raises CannotDo."""

FOLDERS: Final = "/usr/bin:/bin:/usr/sbin:/sbin:/run/current-system/sw/bin"


def find(program: str) -> str | None:
    """The program in the folders of the system."""
    return shutil.which(program, path=_folders())


def run(argv: tuple[str, ...], seconds: float) -> str:
    """What the program said on both sides. It speaks English and sees no terminal."""
    import subprocess  # 8 ms to import, and rarely needed

    program = find(argv[0])
    if program is None:
        raise CannotDo(WhyNot.NOT_HERE, f"{argv[0]} is not installed")
    try:
        done = subprocess.run(
            (program, *argv[1:]),
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            env={**environment_of_the_system(os.environ), "LC_ALL": "C"},
            creationflags=_flags(),
        )
    except subprocess.TimeoutExpired as error:
        raise CannotDo(WhyNot.TOO_SLOW, f"{argv[0]} took longer than {seconds:.0f} s") from error
    except OSError as error:
        raise CannotDo(WhyNot.BROKEN, f"{argv[0]} did not start: {error.strerror}") from error
    said = done.stdout.decode(errors="replace")
    if done.returncode:
        why = WhyNot.NOT_ALLOWED if _is_barred(said) else WhyNot.BROKEN
        raise CannotDo(why, f"{argv[0]} ended with {done.returncode}")
    return said


def _is_barred(said: str) -> bool:
    words = said.casefold()
    return any(
        sign in words for sign in ("authentication", "not authorized", "denied", "elevation")
    )


def _folders() -> str:
    if sys.platform == "win32":
        import ctypes

        room = ctypes.create_unicode_buffer(260)
        ctypes.windll.kernel32.GetSystemDirectoryW(room, len(room))
        return room.value
    return FOLDERS


def _flags() -> int:
    """Without it Windows opens a black window for each program."""
    if sys.platform == "win32":
        import subprocess

        return subprocess.CREATE_NO_WINDOW
    return 0


class Programs(Struct, frozen=True):
    """How programs are run and found, and how one waits; tests bring their own."""

    run: Run = run
    find: Callable[[str], str | None] = find
    wait: Callable[[float], None] = time.sleep


class FlushNames(Struct, frozen=True):
    """Drops the names that the system keeps. `partial`: the system keeps more elsewhere.

    On Linux by busctl and not resolvectl, which may let a window ask for a password where newer
    versions of systemd want rights for it (systemd pull request 42163)."""

    programs: Programs
    argv: tuple[str, ...]
    partial: bool = False

    def is_here(self) -> bool:
        return self.programs.find(self.argv[0]) is not None

    def look(self, deadline: Deadline) -> Found:
        return Found()

    def do(self, deadline: Deadline) -> Found:
        self.programs.run(self.argv, deadline.left())
        return Found(partial=self.partial)


FLUSH_LINUX: Final = (
    "busctl",
    "--allow-interactive-authorization=no",
    "call",
    "org.freedesktop.resolve1",
    "/org/freedesktop/resolve1",
    "org.freedesktop.resolve1.Manager",
    "FlushCaches",
)
FLUSH_WINDOWS: Final = ("ipconfig", "/flushdns")
FLUSH_MACOS: Final = ("dscacheutil", "-flushcache")
"""mDNSResponder keeps names of its own, and only an administrator may end it."""


class RestartAudio(Struct, frozen=True):
    """The person's own sound services, as far as they are installed (PipeWire)."""

    programs: Programs
    root: Path = Path("/")

    def is_here(self) -> bool:
        return AUDIO_UNITS[0] in self._units() and self.programs.find("systemctl") is not None

    def look(self, deadline: Deadline) -> Found:
        return Found()

    def do(self, deadline: Deadline) -> Found:
        units = self._units()
        if not units:
            raise CannotDo(WhyNot.NOT_HERE, "PipeWire is not installed")
        argv = ("systemctl", "--user", "--no-ask-password", "restart", *units)
        self.programs.run(argv, deadline.left())
        return Found(items=len(units))

    def _units(self) -> tuple[str, ...]:
        folders = [self.root / folder for folder in UNIT_FOLDERS]
        return tuple(
            unit for unit in AUDIO_UNITS if any((folder / unit).exists() for folder in folders)
        )


AUDIO_UNITS: Final = ("pipewire.service", "pipewire-pulse.service", "wireplumber.service")
UNIT_FOLDERS: Final = ("usr/lib/systemd/user", "lib/systemd/user", "etc/systemd/user")

AWAY_SECONDS = 2.0
TRIES = 3
STEP_SECONDS = 5.0


class Reconnect(Struct, frozen=True):
    """Off, a moment, and on again: on is tried until it works, whatever happened before. While it
    is off `marker` is there, an empty file, for the next start of a program that was killed."""

    programs: Programs
    marker: Path | None = None

    def is_here(self) -> bool:
        raise NotImplementedError

    def look(self, deadline: Deadline) -> Found:
        return Found()

    def turn_back_on(self) -> None:
        """A program that was killed may have left it off."""
        if self.marker is not None and self.marker.exists():
            self._turn_on(self._on())

    def _on(self) -> tuple[str, ...]:
        raise NotImplementedError

    def _off_and_on(self, off: tuple[str, ...], on: tuple[str, ...]) -> Found:
        if self.marker is not None:
            self.marker.touch()  # where that fails nothing is turned off
        try:
            self.programs.run(off, STEP_SECONDS)
            self.programs.wait(AWAY_SECONDS)
        finally:
            self._turn_on(on)
        return Found()

    def _turn_on(self, on: tuple[str, ...]) -> None:
        trouble = ""
        for _ in range(TRIES):
            try:
                self.programs.run(on, STEP_SECONDS)
            except CannotDo as again:
                trouble = str(again)
                self.programs.wait(AWAY_SECONDS)
            else:
                if self.marker is not None:
                    self.marker.unlink(missing_ok=True)
                return
        raise CannotDo(WhyNot.NOT_BACK, trouble)


NM_MAY: Final = ("nmcli", "-t", "-f", "PERMISSION,VALUE", "general", "permissions")
NM_PERMISSION: Final = "org.freedesktop.NetworkManager.enable-disable-network:yes"
NM_OFF: Final = ("nmcli", "networking", "off")
NM_ON: Final = ("nmcli", "networking", "on")


class ReconnectLinux(Reconnect, frozen=True):
    """By NetworkManager, if it lets this person do so without a password."""

    def is_here(self) -> bool:
        return self.programs.find("nmcli") is not None

    def do(self, deadline: Deadline) -> Found:
        if NM_PERMISSION not in self.programs.run(NM_MAY, STEP_SECONDS).splitlines():
            raise CannotDo(WhyNot.NOT_ALLOWED, "NetworkManager wants a password for it")
        return self._off_and_on(NM_OFF, self._on())

    def _on(self) -> tuple[str, ...]:
        return NM_ON


MAC_PORTS: Final = ("networksetup", "-listallhardwareports")
MAC_DEVICES: Final = tuple(f"en{number}" for number in range(10))


class ReconnectMac(Reconnect, frozen=True):
    """The Wi-Fi device, which is one of the ten that we know."""

    def is_here(self) -> bool:
        return self.programs.find("networksetup") is not None

    def do(self, deadline: Deadline) -> Found:
        argv = self._device()
        return self._off_and_on((*argv, "off"), (*argv, "on"))

    def _on(self) -> tuple[str, ...]:
        return (*self._device(), "on")

    def _device(self) -> tuple[str, ...]:
        said = self.programs.run(MAC_PORTS, STEP_SECONDS).splitlines()
        for before, line in pairwise(said):
            for device in MAC_DEVICES:
                if before == "Hardware Port: Wi-Fi" and line == f"Device: {device}":
                    return ("networksetup", "-setairportpower", device)
        raise CannotDo(WhyNot.NOT_HERE, "no Wi-Fi device")
