"""What a mount lies on, in a temporary /sys."""

from pathlib import Path

import pytest
from samebox_agent.collectors.linux_disks import (
    Mount,
    built_in_mounts,
    disk_type,
    is_encrypted,
    layers,
    system_mount,
)

from tests.agent.collectors.machine_fakes import tree

DEVICES = "sys/devices/pci/nvme0n1"
BLOCK = "sys/class/block"


def encrypted_laptop(root: Path, turning: str = "0") -> Path:
    """/dev/mapper/luks-1 on a partition of an NVMe disk."""
    return tree(
        root,
        {
            "dev/mapper/luks-1": "-> ../dm-0",
            "dev/dm-0": "",
            f"{DEVICES}/queue/rotational": turning,
            f"{DEVICES}/nvme0n1p3/partition": "3",
            f"{BLOCK}/nvme0n1p3": f"-> {root / DEVICES / 'nvme0n1p3'}",
            "sys/devices/virtual/dm-0/dm/uuid": "CRYPT-LUKS2-abc-luks-1\n",
            "sys/devices/virtual/dm-0/queue/rotational": "0",
            "sys/devices/virtual/dm-0/slaves/nvme0n1p3": "",
            f"{BLOCK}/dm-0": f"-> {root / 'sys/devices/virtual/dm-0'}",
        },
    )


def test_a_mapped_device_lies_on_a_partition(tmp_path: Path) -> None:
    found = layers(encrypted_laptop(tmp_path), "/dev/mapper/luks-1")
    assert [folder.name for folder in found] == ["dm-0", "nvme0n1p3"]
    assert is_encrypted(found)
    assert disk_type(found) == "ssd"


def test_a_plain_partition(tmp_path: Path) -> None:
    found = layers(encrypted_laptop(tmp_path, turning="1"), "/dev/nvme0n1p3")
    assert not is_encrypted(found)
    assert disk_type(found) == "hdd"


def test_a_device_that_is_not_there(tmp_path: Path) -> None:
    assert layers(tmp_path, "/dev/gone") == []
    assert disk_type([]) is None


@pytest.mark.parametrize(
    ("name", "vendor"), [("vda", ""), ("xvda", ""), ("sda", "QEMU    "), ("sda", "VMware, ")]
)
def test_a_virtual_disk_says_what_it_likes(tmp_path: Path, name: str, vendor: str) -> None:
    tree(
        tmp_path,
        {f"{BLOCK}/{name}/queue/rotational": "1", f"{BLOCK}/{name}/device/vendor": vendor},
    )
    assert disk_type(layers(tmp_path, f"/dev/{name}")) is None


def test_a_disk_of_its_own(tmp_path: Path) -> None:
    tree(tmp_path, {f"{BLOCK}/sda/queue/rotational": "1", f"{BLOCK}/sda/device/vendor": "ATA"})
    assert disk_type(layers(tmp_path, "/dev/sda")) == "hdd"


def test_mounts_with_their_options(tmp_path: Path) -> None:
    mounts = "/dev/sda1 / ext4 ro,relatime 0 0\n/dev/loop1 /snap/x squashfs ro 0 0\n"
    tree(tmp_path, {"proc/self/mounts": mounts})
    assert built_in_mounts(tmp_path) == [Mount("/dev/sda1", "/", frozenset({"ro", "relatime"}))]
    assert system_mount(tmp_path) == "/"
    tree(tmp_path, {"run/ostree-booted": ""})
    assert system_mount(tmp_path) == "/var"
