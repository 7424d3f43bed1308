"""Whether a proxy is set. Its address is not read."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, windows_registry
from samebox_agent.collectors.system_command import CommandFailed, Run, run
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "proxy"
FACTS = frozenset({"network.proxy_set"})
_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_GSETTINGS = ("gsettings", "get", "org.gnome.system.proxy", "mode")
_WITH_GSETTINGS = frozenset({"GNOME", "Unity", "Budgie", "Cinnamon", "X-Cinnamon", "Pantheon"})


class LinuxProxy(Struct, frozen=True):
    """The environment, then the desktop's own setting; desktops without one have only the first."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.NETWORK
    facts: ClassVar[frozenset[str]] = FACTS
    home: Path = field(default_factory=Path.home)
    environment: Mapping[str, str] = field(default_factory=dict)
    run: Run = run

    def collect(self) -> Iterable[Fact]:
        proxy = any(self.environment.get(name) for name in _VARIABLES) or self._of_desktop()
        if proxy is not None:
            yield Fact(name="network.proxy_set", value=proxy)

    def _of_desktop(self) -> bool | None:
        """None when the desktop's setting cannot be read."""
        desktops = set(self.environment.get("XDG_CURRENT_DESKTOP", "").split(":"))
        if "KDE" in desktops:
            told = files.settings(self.home / ".config/kioslaverc")
            return told.get("ProxyType", "0") != "0"
        if not desktops & _WITH_GSETTINGS:
            return False
        try:
            return self.run(_GSETTINGS).strip() != b"'none'"
        except CommandFailed:
            return None


class WindowsProxy(Struct, frozen=True):
    """A fixed proxy or a script that chooses one, as set for this person."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.NETWORK
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)

    def collect(self) -> Iterable[Fact]:
        key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings"
        fixed = windows_registry.number(self.registry, key, "ProxyEnable") == 1
        script = windows_registry.text(self.registry, key, "AutoConfigURL") is not None
        yield Fact(name="network.proxy_set", value=fixed or script)


class MacProxy(Struct, frozen=True):
    """As `scutil` tells it for the network in use."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.NETWORK
    facts: ClassVar[frozenset[str]] = FACTS
    run: Run = run

    def collect(self) -> Iterable[Fact]:
        told = self.run(("/usr/sbin/scutil", "--proxy")).decode("utf-8", errors="replace")
        switches = r"^\s*(?:HTTP|HTTPS|SOCKS|ProxyAutoConfig|ProxyAutoDiscovery)Enable : 1$"
        yield Fact(name="network.proxy_set", value=bool(re.search(switches, told, re.M)))
