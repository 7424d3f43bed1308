"""The block devices below a mount: "/" may lie on an encrypted volume on a partition on a disk."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from samebox_agent.collectors import files

_NOT_A_DISK = frozenset({"squashfs", "iso9660", "udf", "erofs", "overlay"})
_FIRMWARE = ("/boot/efi", "/efi", "/boot/firmware")
_PLUGGED_IN = ("/media/", "/run/media/")
_MADE_UP = ("vd", "xvd", "nbd")
_MADE_UP_VENDORS = frozenset({"QEMU", "VMware", "VMware,", "Msft", "VBOX"})


class Mount(Struct, frozen=True):
    """A block device and where it is mounted."""

    device: str
    path: str
    options: frozenset[str]


def built_in_mounts(root: Path) -> list[Mount]:
    """The laptop's own block devices, without sticks and images."""
    lines = (files.text(root / "proc/self/mounts") or "").splitlines()
    return [
        Mount(device, path.replace("\\040", " "), frozenset(options.split(",")))
        for device, path, system, options, *_ in (line.split() for line in lines)
        if device.startswith("/dev/")
        and not device.startswith("/dev/loop")
        and system not in _NOT_A_DISK
        and not path.startswith((*_FIRMWARE, *_PLUGGED_IN))
    ]


def system_mount(root: Path) -> str:
    """On systems made from an image, / is a small read-only picture that is always full."""
    return "/var" if (root / "run/ostree-booted").exists() else "/"


def layers(root: Path, device: str) -> list[Path]:
    """Folders below /sys/class/block: the device, and everything it lies on."""
    found: list[Path] = []
    waiting = [(root / device.lstrip("/")).resolve().name]
    while waiting:
        folder = root / "sys/class/block" / waiting.pop()
        if folder.exists() and folder not in found:
            found.append(folder)
            waiting += [below.name for below in files.entries(folder / "slaves")]
    return found


def is_encrypted(found: Iterable[Path]) -> bool:
    """The kernel names the kind of each mapped device."""
    names = [files.text(folder / "dm/uuid") for folder in found]
    return any(name is not None and name.startswith("CRYPT-") for name in names)


def disk_type(found: Iterable[Path]) -> str | None:
    """ "hdd" when any disk below turns; None when a disk is made up by a virtual machine, which
    says of itself what it likes."""
    disks = [disk for folder in found if (disk := _disk(folder)) is not None]
    turning = [files.number(disk / "queue/rotational") for disk in disks]
    if not turning or None in turning or any(_is_made_up(disk) for disk in disks):
        return None
    return "hdd" if 1 in turning else "ssd"


def _disk(folder: Path) -> Path | None:
    """The disk of a partition, or the disk itself; a mapped device is none."""
    real = folder.resolve()
    if (folder / "dm").exists():
        return None
    return real if (real / "queue").exists() else real.parent


def _is_made_up(disk: Path) -> bool:
    vendor = files.text(disk / "device/vendor") or ""
    return disk.name.startswith(_MADE_UP) or vendor in _MADE_UP_VENDORS
