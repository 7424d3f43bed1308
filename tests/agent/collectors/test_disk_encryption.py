"""Encryption of the system disk."""

from pathlib import Path

import pytest
from samebox_agent.collectors.disk_encryption import LinuxDiskEncryption, MacDiskEncryption

from tests.agent.collectors.machine_fakes import FakePrograms, tree, values

BLOCK = "sys/class/block"
MOUNTS = "/dev/dm-1 / btrfs rw 0 0\n/dev/sdb1 /data ext4 rw 0 0\n"


def laptop(root: Path, uuid: str) -> Path:
    """A logical volume on a mapped device on a partition."""
    return tree(
        root,
        {
            "proc/self/mounts": MOUNTS,
            f"{BLOCK}/dm-1/dm/uuid": "LVM-abc",
            f"{BLOCK}/dm-1/slaves/dm-0": "",
            f"{BLOCK}/dm-0/dm/uuid": uuid,
            f"{BLOCK}/dm-0/slaves/sda3": "",
            f"{BLOCK}/sda3/partition": "3",
        },
    )


@pytest.mark.parametrize(("uuid", "encrypted"), [("CRYPT-LUKS2-1", True), ("LVM-CRYPT", False)])
def test_linux_looks_below_the_volume(tmp_path: Path, uuid: str, encrypted: bool) -> None:
    found = values(LinuxDiskEncryption(laptop(tmp_path, uuid)))
    assert found == {"disk_encryption.encrypted": encrypted}


def test_only_the_system_disk_counts(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "proc/self/mounts": "/dev/dm-0 /data ext4 rw 0 0\n/dev/sda1 / ext4 rw 0 0\n",
            f"{BLOCK}/dm-0/dm/uuid": "CRYPT-LUKS2-1",
            f"{BLOCK}/sda1/partition": "1",
        },
    )
    assert values(LinuxDiskEncryption(tmp_path)) == {"disk_encryption.encrypted": False}


@pytest.mark.parametrize("mounts", ["", "tank/root / zfs rw 0 0\n", "/dev/gone / ext4 rw 0 0\n"])
def test_a_system_on_something_else_says_nothing(tmp_path: Path, mounts: str) -> None:
    tree(tmp_path, {"proc/self/mounts": mounts})
    assert values(LinuxDiskEncryption(tmp_path)) == {}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (b"FileVault is On.\n", {"disk_encryption.encrypted": True}),
        (b"FileVault is Off.\n", {"disk_encryption.encrypted": False}),
        (
            b"FileVault is Off, but will be enabled after the next restart.\n",
            {"disk_encryption.encrypted": False},
        ),
        (b"Error: -1\n", {}),
    ],
)
def test_filevault(told: bytes, found: dict[str, bool]) -> None:
    assert values(MacDiskEncryption(FakePrograms({"fdesetup": told}))) == found
