"""Whether the system's own firewall is on. Its rules are not read."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, windows_registry
from samebox_agent.collectors.system_command import Run, run
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "firewall"
FACTS = frozenset({"firewall.active"})

_HAND_MADE = (
    "etc/systemd/system/sysinit.target.wants/nftables.service",
    "etc/systemd/system/multi-user.target.wants/nftables.service",
)
_POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall"
_CHOSEN = r"HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
_PROFILES = ("DomainProfile", "StandardProfile", "PublicProfile")
_SWITCH = "EnableFirewall"
_STATE = ("/usr/libexec/ApplicationFirewall/socketfilterfw", "--getglobalstate")


class LinuxFirewall(Struct, frozen=True):
    """firewalld or ufw. The kernel shows its rules to root only, so where rules are made by hand,
    or by neither of the two, nothing is said."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")

    def collect(self) -> Iterable[Fact]:
        # systemd has a group of processes for each service that runs.
        groups = self.root / "sys/fs/cgroup/system.slice"
        if (groups / "firewalld.service").exists():
            yield Fact(name="firewall.active", value=True)
            return
        switch = files.settings(self.root / "etc/ufw/ufw.conf").get("ENABLED")
        if switch is None or any((self.root / path).exists() for path in _HAND_MADE):
            return
        yield Fact(name="firewall.active", value=switch.casefold() == "yes")


class WindowsFirewall(Struct, frozen=True):
    """On in all three kinds of network; what the organisation set goes before the person's own."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)

    def collect(self) -> Iterable[Fact]:
        switches = [self._switch(profile) for profile in _PROFILES]
        if None not in switches:
            yield Fact(name="firewall.active", value=0 not in switches)

    def _switch(self, profile: str) -> int | None:
        set_for_us = windows_registry.number(self.registry, rf"{_POLICY}\{profile}", _SWITCH)
        if set_for_us is not None:
            return set_for_us
        return windows_registry.number(self.registry, rf"{_CHOSEN}\{profile}", _SWITCH)


class MacFirewall(Struct, frozen=True):
    """The firewall of the system settings."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    is_costly: ClassVar[bool] = True
    run: Run = run

    def collect(self) -> Iterable[Fact]:
        found = re.search(rb"State = (\d)", self.run(_STATE))
        if found:
            yield Fact(name="firewall.active", value=found[1] != b"0")
