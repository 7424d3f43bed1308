"""The person's own bin on each system: what is in it, and emptying it."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from samebox_agent.core.remedy_list import Found, WhyNot
from samebox_agent.desktop.remedies_folders import Own
from samebox_agent.desktop.remedies_limits import CannotDo, Deadline

NOTES_SECONDS: Final = 5.0


class LinuxBin(Struct, frozen=True):
    """As freedesktop.org's Trash specification lays it out below the home folder. The bins of other
    volumes are left alone. Where the person's data lie elsewhere there is none to offer: we would
    call the wrong one empty."""

    home: Path
    data_home: str = ""

    def is_here(self) -> bool:
        return self.data_home in ("", str(self.home / ".local/share"))

    def look(self, deadline: Deadline) -> Found:
        self._trash().is_there()
        return self._files().measure(deadline)

    def do(self, deadline: Deadline) -> Found:
        """The files first; what stays keeps its note of where it came from, to be put back."""
        notes = Own(self._trash().path / "info")
        if not self._trash().is_there():
            return Found()
        notes.is_there()  # or it says that something else stands there, before anything is deleted
        try:
            return self._files().clear(deadline)
        finally:
            self._drop(notes)

    def _trash(self) -> Own:
        return Own(self.home / ".local/share/Trash")

    def _files(self) -> Own:
        return Own(self._trash().path / "files")

    def _drop(self, notes: Own) -> None:
        """Of what is gone. One that stays without its file is not shown by any file manager."""
        files = self._files()
        stays = files.path.iterdir() if files.is_there() else ()
        keep = frozenset(f"{path.name}.trashinfo" for path in stays)
        with suppress(CannotDo):
            Own(notes.path, keep).clear(Deadline(NOTES_SECONDS))


class MacBin(Struct, frozen=True):
    """~/.Trash, where macOS lets us look into it: most Macs allow that to no program."""

    home: Path

    def is_here(self) -> bool:
        try:
            list((self.home / ".Trash").iterdir())
        except OSError:
            return False
        return True

    def look(self, deadline: Deadline) -> Found:
        return self._bin().measure(deadline)

    def do(self, deadline: Deadline) -> Found:
        return self._bin().clear(deadline)

    def _bin(self) -> Own:
        return Own(self.home / ".Trash", frozenset({".DS_Store"}))


class Shell(Struct, frozen=True):
    """Two functions of shell32: items and bytes of the bin, and emptying it. Both give Windows'
    own answer first, 0 when all is well."""

    query: Callable[[], tuple[int, int, int]]
    empty: Callable[[], int]


class WindowsBin(Struct, frozen=True):
    """By the system's own functions: they know the bins of this person on every drive."""

    shell: Shell

    def is_here(self) -> bool:
        return True

    def look(self, deadline: Deadline) -> Found:
        answer, items, size = self.shell.query()
        if answer != 0:
            raise CannotDo(WhyNot.BROKEN, f"SHQueryRecycleBin said {answer:#010x}")
        return Found(items=items, size=size)

    def do(self, deadline: Deadline) -> Found:
        before = self.look(deadline)
        if not before.items:
            return before
        answer = self.shell.empty()
        after = self.look(deadline)
        gone = Found(items=before.items - after.items, size=max(0, before.size - after.size))
        if answer != 0 or after.items:
            why = WhyNot.LEFT_OVER if gone.items else WhyNot.BROKEN
            raise CannotDo(why, f"SHEmptyRecycleBin said {answer:#010x}", gone)
        return gone


_QUIETLY: Final = 0x1 | 0x2 | 0x4
"""No question, no window, no sound: the person was asked by us."""


def shell_of_windows() -> Shell:
    """shell32 itself."""
    return Shell(_query, _empty)


def _query() -> tuple[int, int, int]:
    if sys.platform != "win32":
        raise CannotDo(WhyNot.NOT_HERE)
    import ctypes

    class Info(ctypes.Structure):
        _fields_ = (
            ("cbSize", ctypes.c_uint32),
            ("i64Size", ctypes.c_int64),
            ("i64NumItems", ctypes.c_int64),
        )

    info = Info(cbSize=ctypes.sizeof(Info))
    answer = ctypes.windll.shell32.SHQueryRecycleBinW(None, ctypes.byref(info))
    return int(answer), int(info.i64NumItems), int(info.i64Size)


def _empty() -> int:
    if sys.platform != "win32":
        raise CannotDo(WhyNot.NOT_HERE)
    import ctypes

    return int(ctypes.windll.shell32.SHEmptyRecycleBinW(None, None, _QUIETLY))
