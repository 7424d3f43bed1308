"""A laptop whose system disk is small: a program sees this machine's files, and what it writes goes
onto a disk of a few gigabytes of which hardly anything is there. Needs Linux and root."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSED_ON = ("/proc", "/dev", "/sys")
GIGABYTE = 1_000_000_000


class SmallRoom:
    """`root` is the other root folder; below it everything lies as usual."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.within = ("chroot", str(root))

    def inside(self, path: Path) -> Path:
        """Where a file of the small disk is found from outside."""
        return self.root / path.relative_to("/")


class CannotMount(Exception):
    """This machine has no such disks; containers differ."""


def why_not() -> str:
    """What is missing here; empty when all seems well."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "needs Linux and root to mount a small system disk"
    return "" if shutil.which("mkfs.ext4") else "needs mkfs.ext4"


@contextmanager
def small_room(folder: Path, gigabytes: int) -> Iterator[SmallRoom]:
    """The disk is a file with holes, and gone after the block. Raises CannotMount."""
    image, disk, room = folder / "disk.img", folder / "disk", SmallRoom(folder / "root")
    mounted: list[Path] = []

    def mount(where: Path, *words: str) -> None:
        where.mkdir(exist_ok=True)
        try:
            subprocess.run(["mount", *words, str(where)], check=True, capture_output=True)
        except subprocess.CalledProcessError as error:
            raise CannotMount(error.stderr.decode()) from error
        mounted.append(where)

    try:
        with image.open("wb") as file:
            file.truncate(gigabytes * GIGABYTE)
        make = ["mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=1", str(image)]
        subprocess.run(make, check=True, capture_output=True)
        mount(disk, "-o", "loop", str(image))
        upper, work = disk / "upper", disk / "work"
        upper.mkdir()
        work.mkdir()
        layers = f"lowerdir=/,upperdir={upper},workdir={work}"
        mount(room.root, "-t", "overlay", "-o", layers, "overlay")
        for path in PASSED_ON:
            mount(room.inside(Path(path)), "--bind", path)
        yield room
    finally:
        for where in reversed(mounted):
            subprocess.run(["umount", "--lazy", str(where)], check=False, capture_output=True)
        image.unlink(missing_ok=True)


def takes_up(file: Path, size: int) -> None:
    """A file that takes up room without being written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        os.posix_fallocate(opened.fileno(), 0, size)
