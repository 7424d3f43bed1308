"""The largest folders below the home folder. Looks only; what it finds stays on this laptop."""

import os
import stat
from collections import defaultdict
from pathlib import Path
from typing import Final

from msgspec import Struct

from samebox_agent.core.remedy_list import Folder, Found
from samebox_agent.desktop.remedies_folders import bytes_on_disk, is_link
from samebox_agent.desktop.remedies_limits import Deadline

MOST: Final = 10
NAMED_DEPTH: Final = 3
"""How many folders deep a folder is named for itself; below that it counts to its parent."""
DEEPEST: Final = 40
MOSTLY: Final = 0.5
OFTEN: Final = 256
"""After so many entries the clock is looked at again."""

Parts = tuple[str, ...]


class BiggestFolders(Struct, frozen=True):
    """Follows no links and stays on the volume of the home folder."""

    home: Path

    def is_here(self) -> bool:
        return True

    def look(self, deadline: Deadline) -> Found:
        walk = _Walk(self.home, deadline)
        walk.go()
        folders = tuple(
            Folder("/".join(printable(part) for part in parts), size)
            for parts, size in telling(walk.sizes)
        )
        return Found(len(folders), sum(one.size for one in folders), folders, walk.partial)

    def do(self, deadline: Deadline) -> Found:
        return self.look(deadline)


def printable(name: str) -> str:
    """A name that a screen can show, whatever bytes the disk has."""
    shown = name.encode(errors="replace").decode()
    return "".join(letter if letter.isprintable() else "?" for letter in shown)


def telling(own: dict[Parts, int]) -> list[tuple[Parts, int]]:
    """Ten folders that do not lie in each other, the largest first.

    A folder most of which lies in one folder inside it is told by that one.
    """
    total: dict[Parts, int] = defaultdict(int)
    for parts, size in own.items():
        for end in range(1, len(parts) + 1):
            total[parts[:end]] += size
    heaviest: dict[Parts, int] = defaultdict(int)
    for parts, size in total.items():
        heaviest[parts[:-1]] = max(heaviest[parts[:-1]], size)
    chosen: list[tuple[Parts, int]] = []
    for parts, size in sorted(total.items(), key=lambda item: (-item[1], item[0])):
        in_another = any(parts[: len(other)] == other for other, _ in chosen)
        told_by_a_part = heaviest[parts] > MOSTLY * size
        if size and not in_another and not told_by_a_part:
            chosen.append((parts, size))
    return chosen[:MOST]


class _Walk:
    """Adds up what lies in each named folder, until the time is over."""

    def __init__(self, home: Path, deadline: Deadline) -> None:
        self.sizes: dict[Parts, int] = defaultdict(int)
        self.partial = False
        self._deadline = deadline
        self._volume = home.stat().st_dev
        self._seen: set[tuple[int, int]] = set()
        self._entries = 0
        self._waiting: list[tuple[str, Parts, int]] = [(str(home), (), 0)]

    def go(self) -> None:
        """All of it, or as much as there is time for."""
        while self._waiting and not self.partial:
            path, parts, depth = self._waiting.pop()
            try:
                with os.scandir(path) as entries:
                    for entry in entries:
                        self._take(entry, parts, depth)
            except OSError:
                continue  # barred, or gone meanwhile

    def _take(self, entry: os.DirEntry[str], parts: Parts, depth: int) -> None:
        self._entries += 1
        if self._entries % OFTEN == 0 and self._deadline.is_over:
            self.partial = True
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            return
        if self.partial or is_link(status):
            return
        if not stat.S_ISDIR(status.st_mode):
            self._count(status, parts)
        elif status.st_dev in (self._volume, 0) and depth < DEEPEST:  # 0: not told, on Windows
            inside = (*parts, entry.name) if len(parts) < NAMED_DEPTH else parts
            self._waiting.append((entry.path, inside, depth + 1))

    def _count(self, status: os.stat_result, parts: Parts) -> None:
        if status.st_nlink > 1:
            key = (status.st_dev, status.st_ino)
            if key in self._seen:
                return
            self._seen.add(key)
        self.sizes[parts] += bytes_on_disk(status)
