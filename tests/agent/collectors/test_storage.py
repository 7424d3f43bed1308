"""How full the disks are."""

import sys
from pathlib import Path

import pytest
from samebox_agent.collectors.storage import (
    LinuxStorage,
    MacStorage,
    Usage,
    Volume,
    WindowsStorage,
    disk_usage,
    mounted_volumes,
    unix_usage,
)

from tests.agent.collectors.machine_fakes import tree, values

MOUNTS = """\
proc /proc proc rw 0 0
/dev/nvme0n1p2 / ext4 rw 0 0
/dev/nvme0n1p3 /home ext4 rw 0 0
/dev/nvme0n1p3 /srv/same ext4 rw 0 0
/dev/nvme0n1p1 /boot/efi vfat rw 0 0
/dev/loop3 /snap/core/1 squashfs ro 0 0
/dev/sda1 /media/ana/STICK vfat rw 0 0
/dev/sdb1 /my\\040data xfs rw 0 0
/dev/sdc1 /gone ext4 rw 0 0
"""


class FakeDisks:
    """Mount -> usage; an unknown mount cannot be read."""

    def __init__(self, **disks: Usage) -> None:
        self.disks = disks

    def __call__(self, mount: str) -> Usage:
        name = mount.strip("/:\\").replace(" ", "_").replace("/", "_") or "root"
        if name not in self.disks:
            raise OSError(mount)
        return self.disks[name]


def test_linux_counts_each_built_in_volume_once(tmp_path: Path) -> None:
    tree(tmp_path, {"proc/self/mounts": MOUNTS})
    disks = FakeDisks(
        root=Usage(size=1000, free=250, slots=200, slots_free=100),
        home=Usage(size=1000, free=35),
        my_data=Usage(size=1000, free=900),
        boot_efi=Usage(size=10, free=0),
        media_ana_STICK=Usage(size=10, free=0),
        srv_same=Usage(size=10, free=0),
    )
    assert values(LinuxStorage(tmp_path, disks)) == {
        "mounts.system_size": 1000,
        "mounts.system_free": 250,
        "mounts.system_free_percent": 25.0,
        "mounts.system_inodes_free_percent": 50.0,
        "mounts.volumes": 3,
        "mounts.fullest_free_percent": 3.5,
        "mounts.system_read_only": False,
    }


def test_a_system_made_from_an_image_keeps_its_data_in_var(tmp_path: Path) -> None:
    mounts = (
        "composefs / overlay ro 0 0\n/dev/sda2 /var btrfs rw 0 0\n/dev/sda2 /home btrfs rw 0 0\n"
    )
    tree(tmp_path, {"run/ostree-booted": "", "proc/self/mounts": mounts})
    disks = FakeDisks(root=Usage(1, 0), var=Usage(1000, 600))
    found = values(LinuxStorage(tmp_path, disks))
    assert found["mounts.system_free_percent"] == 60.0
    assert found["mounts.volumes"] == 1
    assert "mounts.system_inodes_free_percent" not in found


def test_the_system_disks_kind_and_whether_it_takes_writes(tmp_path: Path) -> None:
    mounts = "/dev/sda2 / ext4 ro,relatime 0 0\n/dev/sdb1 /data ext4 rw 0 0\n"
    disk = "sys/class/block/sda2"
    tree(tmp_path, {"proc/self/mounts": mounts, f"{disk}/queue/rotational": "0\n"})
    found = values(LinuxStorage(tmp_path, FakeDisks(root=Usage(10, 5), data=Usage(10, 5))))
    assert found["mounts.system_read_only"] is True
    assert found["block_devices.system_type"] == "ssd"


def test_windows_counts_fixed_drives() -> None:
    drives = [
        Volume("C:\\", "C:\\", frozenset({"rw", "fixed"})),
        Volume("D:\\", "D:\\", frozenset({"rw", "fixed"})),
        Volume("E:\\", "E:\\", frozenset({"rw", "removable"})),
        Volume("F:\\", "F:\\", frozenset({"cdrom"})),
    ]
    disks = FakeDisks(C=Usage(1000, 40), D=Usage(1000, 500), E=Usage(10, 0))
    found = values(WindowsStorage({"SystemDrive": "C:"}, lambda: drives, disks))
    assert found["mounts.system_free_percent"] == 4.0
    assert found["mounts.volumes"] == 2
    assert found["mounts.fullest_free_percent"] == 4.0


def test_macos_counts_each_disk_once() -> None:
    volumes = [
        Volume("/dev/disk3s1s1", "/", frozenset({"ro"})),
        Volume("/dev/disk3s5", "/System/Volumes/Data", frozenset({"rw"})),
        Volume("/dev/disk5s1", "/Volumes/Work", frozenset({"rw"})),
        Volume("/dev/disk6s1", "/Volumes/Installer", frozenset({"ro"})),
        Volume("map", "/home", frozenset({"rw"})),
    ]
    disks = FakeDisks(root=Usage(1000, 250), Volumes_Work=Usage(1000, 700))
    found = values(MacStorage(lambda: volumes, disks))
    assert found["mounts.volumes"] == 2
    assert found["mounts.fullest_free_percent"] == 25.0


def test_a_file_system_of_no_size_is_not_full() -> None:
    assert Usage(0, 0).free_percent == 100.0


@pytest.mark.skipif(sys.platform == "win32", reason="statvfs is not on Windows")
def test_two_ways_to_ask_for_the_same_disk(tmp_path: Path) -> None:
    assert unix_usage(str(tmp_path)).size == disk_usage(str(tmp_path)).size


def test_psutil_lists_volumes() -> None:
    assert all(volume.mount for volume in mounted_volumes())
