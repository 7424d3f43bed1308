"""Measures and empties a folder: never through a link, never onto another volume, in bounded time.

Where the system can (Linux, macOS) everything is done below an open folder, so that nothing swapped
in meanwhile leads elsewhere; on Windows by path, where junctions count as links.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from msgspec import Struct

from samebox_agent.core.remedy_list import Found, WhyNot
from samebox_agent.desktop.remedies_limits import CannotDo, Deadline

DEEPEST: Final = 200
_OWN: Final = stat.S_IRWXU
_JUNCTIONS: Final = frozenset({0xA0000003, 0xA000000C})
"""The reparse tags of mount points and symbolic links on Windows."""
_ELSEWHERE: Final = 0x0004_0000 | 0x0040_0000
"""The attributes of a file that is in the cloud only, on Windows."""


def is_link(status: os.stat_result) -> bool:
    """A symbolic link, or a junction of Windows."""
    junction = getattr(status, "st_reparse_tag", 0) in _JUNCTIONS
    return stat.S_ISLNK(status.st_mode) or junction


def bytes_on_disk(status: os.stat_result) -> int:
    """What a file takes up here; nothing when it is in the cloud only."""
    blocks: int | None = getattr(status, "st_blocks", None)
    if blocks is not None:
        return blocks * 512
    cloud = getattr(status, "st_file_attributes", 0) & _ELSEWHERE
    return 0 if cloud else status.st_size


class Own(Struct, frozen=True):
    """A folder of this person that is no link itself. `keep` are entries to leave alone."""

    path: Path
    keep: frozenset[str] = frozenset()

    def measure(self, deadline: Deadline) -> Found:
        """How many entries, and how large with all below them; an absent folder is empty."""
        if not self.is_there():
            return Found()
        told = _Tally(deadline)
        names = [name for name in os.listdir(self.path) if name not in self.keep]
        for name in names:
            if not told.add_up(self.path / name, self.path.lstat().st_dev):
                break
        return Found(items=len(names), size=told.size, partial=told.partial)

    def clear(self, deadline: Deadline) -> Found:
        """Delete what is in it. Raises CannotDo when something is left, with what is gone."""
        if not self.is_there():
            return Found()
        sweep = _Sweep(deadline)
        if sys.platform == "win32":
            sweep.by_path(self.path, self.keep)
        else:
            sweep.by_handle(self.path, self.keep)
        found = Found(items=sweep.items, size=sweep.size)
        if sweep.stopped:
            raise CannotDo(WhyNot.TOO_SLOW, "not all was deleted in time", found)
        if sweep.left:
            raise CannotDo(WhyNot.LEFT_OVER, f"{sweep.left} could not be deleted", found)
        return found

    def is_there(self) -> bool:
        """Whether it is there. Raises CannotDo when something else stands in its place."""
        try:
            status = self.path.lstat()
        except FileNotFoundError:
            return False
        except PermissionError as error:
            raise CannotDo(WhyNot.NOT_ALLOWED, error.strerror or "") from error
        if is_link(status) or not stat.S_ISDIR(status.st_mode):
            raise CannotDo(WhyNot.STRANGE, "it is not a folder")
        if sys.platform != "win32" and status.st_uid != os.getuid():
            raise CannotDo(WhyNot.STRANGE, "it belongs to somebody else")
        return True


class _Tally:
    """Adds up sizes; a file with several names counts once."""

    def __init__(self, deadline: Deadline) -> None:
        self.size = 0
        self.partial = False
        self._deadline = deadline
        self._seen: set[tuple[int, int]] = set()

    def add_up(self, top: Path, volume: int) -> bool:
        """Whether there is time to go on."""
        waiting = [(str(top), 0)]
        while waiting:
            if self._deadline.is_over:
                self.partial = True
                return False
            path, depth = waiting.pop()
            try:
                status = os.lstat(path)
                if not stat.S_ISDIR(status.st_mode) or is_link(status):
                    self._count(status)
                elif status.st_dev == volume and depth < DEEPEST:
                    waiting += [(os.path.join(path, name), depth + 1) for name in os.listdir(path)]
            except OSError:
                self.partial = True
        return True

    def _count(self, status: os.stat_result) -> None:
        if status.st_nlink > 1:
            key = (status.st_dev, status.st_ino)
            if key in self._seen:
                return
            self._seen.add(key)
        self.size += bytes_on_disk(status)


class _Sweep:
    """Deletes; counts the entries at the top, the bytes, and what had to stay."""

    def __init__(self, deadline: Deadline) -> None:
        self.items = 0
        self.size = 0
        self.left = 0
        self.stopped = False
        self._deadline = deadline
        self._volume = 0

    def by_handle(self, folder: Path, keep: frozenset[str]) -> None:
        """Below an open folder."""
        with _opened(str(folder), None) as handle:
            self._volume = os.fstat(handle).st_dev
            for name in os.listdir(handle):
                if name not in keep:
                    self.items += self._below(handle, name, 0)

    def by_path(self, folder: Path, keep: frozenset[str]) -> None:
        """For a system that cannot open folders."""
        for name in os.listdir(folder):
            if name not in keep:
                self.items += self._at(os.path.join(folder, name), 0)

    def _below(self, parent: int, name: str, depth: int) -> bool:
        """Whether it is gone."""
        if self._is_late():
            return False
        try:
            status = os.stat(name, dir_fd=parent, follow_symlinks=False)
            if not stat.S_ISDIR(status.st_mode):
                os.unlink(name, dir_fd=parent)
                self._gone(status)
            elif depth >= DEEPEST or not self._inside(parent, name, depth):
                return self._stays()
            else:
                os.rmdir(name, dir_fd=parent)
        except OSError:
            return self._stays()
        return True

    def _inside(self, parent: int, name: str, depth: int) -> bool:
        """Whether the folder is empty now. One that its owner may not write is opened up first."""
        with _opened(name, parent) as handle:
            status = os.fstat(handle)
            if status.st_dev != self._volume:
                return False
            if status.st_mode & _OWN != _OWN:
                os.chmod(handle, stat.S_IMODE(status.st_mode) | _OWN)
            return all([self._below(handle, each, depth + 1) for each in os.listdir(handle)])

    def _at(self, path: str, depth: int) -> bool:
        """Whether it is gone. A link or a junction goes, what it leads to stays."""
        if self._is_late():
            return False
        try:
            status = os.lstat(path)
            if is_link(status) or not stat.S_ISDIR(status.st_mode):
                os.unlink(path)
                self._gone(status)
                return True
            inside = [os.path.join(path, name) for name in os.listdir(path)]
            if depth >= DEEPEST or not all([self._at(each, depth + 1) for each in inside]):
                return self._stays()
            os.rmdir(path)
        except OSError:
            return self._stays()
        return True

    def _is_late(self) -> bool:
        self.stopped = self.stopped or self._deadline.is_over
        return self.stopped

    def _gone(self, status: os.stat_result) -> None:
        if status.st_nlink <= 1:
            self.size += bytes_on_disk(status)

    def _stays(self) -> bool:
        self.left += 1
        return False


@contextmanager
def _opened(name: str, parent: int | None) -> Iterator[int]:
    """A folder held open; raises OSError when a link stands there."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(name, flags, dir_fd=parent)
    try:
        yield handle
    finally:
        os.close(handle)
