"""How full the system disk and the other built-in volumes are. No file or folder name is read."""

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import linux_disks

NAME = "storage"
_EVERYWHERE = frozenset(
    {"mounts.system_size", "mounts.system_free", "mounts.system_free_percent"}
    | {"mounts.volumes", "mounts.fullest_free_percent"}
)
_INODES = "mounts.system_inodes_free_percent"
_READ_ONLY = "mounts.system_read_only"
_TYPE = "block_devices.system_type"


class Usage(Struct, frozen=True):
    """Of one file system: bytes, and file slots (0 where the system makes them as it goes)."""

    size: int
    free: int
    slots: int = 0
    slots_free: int = 0

    @property
    def free_percent(self) -> float:
        """With one decimal; a file system of no size counts as empty, not as full."""
        return round(100 * self.free / self.size, 1) if self.size else 100.0


def unix_usage(mount: str) -> Usage:
    """What a person without extra rights may still fill. Raises OSError."""
    if sys.platform == "win32":
        raise OSError("Windows has no such call")
    import os

    told = os.statvfs(mount)
    unit = told.f_frsize
    return Usage(told.f_blocks * unit, told.f_bavail * unit, told.f_files, told.f_favail)


def disk_usage(mount: str) -> Usage:
    """For Windows and macOS. Raises OSError."""
    import shutil

    told = shutil.disk_usage(mount)
    return Usage(told.total, told.free)


class Volume(Struct, frozen=True):
    """One mounted volume: its device, where it is mounted, and how."""

    device: str
    mount: str
    options: frozenset[str] = frozenset()


def mounted_volumes() -> list[Volume]:
    """For Windows and macOS."""
    import psutil

    return [
        Volume(part.device, part.mountpoint, frozenset(part.opts.split(",")))
        for part in psutil.disk_partitions(all=False)
    ]


def storage_facts(
    system: str, others: Iterable[str], usage: Callable[[str], Usage]
) -> Iterable[Fact]:
    """`system` and `others` are mounts; an other that cannot be read is left out of the count."""
    disk = usage(system)
    yield Fact(name="mounts.system_size", value=disk.size)
    yield Fact(name="mounts.system_free", value=disk.free)
    yield Fact(name="mounts.system_free_percent", value=disk.free_percent)
    if disk.slots:
        share = round(100 * disk.slots_free / disk.slots, 1)
        yield Fact(name=_INODES, value=share)
    free = [disk.free_percent]
    for mount in others:
        try:
            free.append(usage(mount).free_percent)
        except OSError:
            continue  # barred or just unmounted: not one of the laptop's volumes now
    yield Fact(name="mounts.volumes", value=len(free))
    yield Fact(name="mounts.fullest_free_percent", value=min(free))


class LinuxStorage(Struct, frozen=True):
    """Volumes are mounted block devices, each counted once, without sticks and images."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.STORAGE
    facts: ClassVar[frozenset[str]] = _EVERYWHERE | {_INODES, _READ_ONLY, _TYPE}
    root: Path = Path("/")
    usage: Callable[[str], Usage] = unix_usage

    def collect(self) -> Iterable[Fact]:
        system = linux_disks.system_mount(self.root)
        mounts = linux_disks.built_in_mounts(self.root)
        main = next((one for one in mounts if one.path == system), None)
        if main is not None:
            yield Fact(name=_READ_ONLY, value="ro" in main.options)
            if kind := linux_disks.disk_type(linux_disks.layers(self.root, main.device)):
                yield Fact(name=_TYPE, value=kind)
        seen = {one.device for one in mounts if one.path in (system, "/")}
        others = []
        for one in mounts:
            if one.device not in seen:
                seen.add(one.device)
                others.append(one.path)
        yield from storage_facts(system, others, self.usage)


class WindowsStorage(Struct, frozen=True):
    """Volumes are fixed drives with a letter."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.STORAGE
    facts: ClassVar[frozenset[str]] = _EVERYWHERE
    environment: Mapping[str, str] = field(default_factory=dict)
    volumes: Callable[[], list[Volume]] = mounted_volumes
    usage: Callable[[str], Usage] = disk_usage

    def collect(self) -> Iterable[Fact]:
        system = self.environment.get("SystemDrive", "C:") + "\\"
        fixed = [volume.mount for volume in self.volumes() if "fixed" in volume.options]
        others = [mount for mount in fixed if mount.casefold() != system.casefold()]
        yield from storage_facts(system, others, self.usage)


class MacStorage(Struct, frozen=True):
    """APFS volumes of one disk share its free space, so each disk counts once."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.STORAGE
    facts: ClassVar[frozenset[str]] = _EVERYWHERE
    volumes: Callable[[], list[Volume]] = mounted_volumes
    usage: Callable[[str], Usage] = disk_usage

    def collect(self) -> Iterable[Fact]:
        volumes = self.volumes()
        seen = {_disk(volume.device) for volume in volumes if volume.mount == "/"}
        others = []
        for volume in volumes:
            disk = _disk(volume.device)
            if disk not in seen and "ro" not in volume.options and disk != volume.device:
                seen.add(disk)
                others.append(volume.mount)
        yield from storage_facts("/", others, self.usage)


def _disk(device: str) -> str:
    """ "/dev/disk3s1s1" lies on "/dev/disk3"."""
    return re.sub(r"(disk\d+)s.*$", r"\1", device)
