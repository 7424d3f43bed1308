"""Whether the system disk is encrypted. Windows tells it to administrators only."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import linux_disks
from samebox_agent.collectors.system_command import Run, run

NAME = "disk encryption"
FACTS = frozenset({"disk_encryption.encrypted"})
_FILEVAULT = ("/usr/bin/fdesetup", "status")


class LinuxDiskEncryption(Struct, frozen=True):
    """LUKS and its like. A disk that encrypts itself does so unseen: it counts as not encrypted."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")

    def collect(self) -> Iterable[Fact]:
        system = linux_disks.system_mount(self.root)
        for one in linux_disks.built_in_mounts(self.root):
            if one.path == system and (found := linux_disks.layers(self.root, one.device)):
                encrypted = linux_disks.is_encrypted(found)
                yield Fact(name="disk_encryption.encrypted", value=encrypted)
                return


class MacDiskEncryption(Struct, frozen=True):
    """FileVault, which everyone may ask about."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    is_costly: ClassVar[bool] = True
    run: Run = run

    def collect(self) -> Iterable[Fact]:
        told = self.run(_FILEVAULT)
        if b"FileVault is " in told:
            encrypted = b"FileVault is On" in told
            yield Fact(name="disk_encryption.encrypted", value=encrypted)
