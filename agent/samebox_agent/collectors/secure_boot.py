"""Whether the firmware starts only what is signed. Macs tell it to administrators only."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import windows_registry
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "secure boot"
FACTS = frozenset({"secureboot.secure_boot"})
_VARIABLE = "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
_STATE = r"HKLM\SYSTEM\CurrentControlSet\Control\SecureBoot\State"


class LinuxSecureBoot(Struct, frozen=True):
    """The firmware's own variable: four bytes of what kind it is, one of yes or no."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")

    def collect(self) -> Iterable[Fact]:
        try:
            told = (self.root / _VARIABLE).read_bytes()
        except OSError:
            return
        if len(told) == 5:
            yield Fact(name="secureboot.secure_boot", value=told[4] == 1)


class WindowsSecureBoot(Struct, frozen=True):
    """As Windows found it when it started."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)

    def collect(self) -> Iterable[Fact]:
        state = windows_registry.number(self.registry, _STATE, "UEFISecureBootEnabled")
        if state is not None:
            yield Fact(name="secureboot.secure_boot", value=state == 1)
