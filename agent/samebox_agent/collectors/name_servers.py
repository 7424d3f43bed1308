"""Whether names are found: how many name servers are set, and whether the server's name resolves.

Only the name of the Samebox server is ever looked up.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, windows_registry
from samebox_agent.collectors.plain_http import plain_name
from samebox_agent.collectors.windows_network import INTERFACES, adapters_in_use
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "name servers"
FACTS = frozenset({"dns_resolvers.count", "dns_resolvers.works"})
PATIENCE = 1.5
"""Seconds. A name server that takes longer does not work for a person either."""


def resolves(host: str) -> bool:
    """Asks the system's resolver. The calls cannot be cancelled: run it in a thread of its own."""
    import socket

    try:
        return bool(socket.getaddrinfo(plain_name(host), None))
    except OSError:
        return False


def is_name(host: str) -> bool:
    """Addresses and this very machine are found without asking any name server."""
    from ipaddress import ip_address

    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return host not in ("", "localhost")
    return False


class Lookup(Struct, frozen=True):
    """Looks one host name up, giving up after `patience` seconds."""

    host: str | None = None
    patience: float = PATIENCE
    resolve: Callable[[str], bool] = resolves

    def facts(self) -> Iterable[Fact]:
        """Nothing when there is no name to look up. No answer in time means: it does not work."""
        from threading import Thread

        host = self.host
        if host is None or not is_name(host):
            return
        answers: list[bool] = []
        asking = Thread(target=lambda: answers.append(self.resolve(host)), daemon=True)
        asking.start()
        asking.join(self.patience)
        yield Fact(name="dns_resolvers.works", value=answers == [True])


class UnixNameServers(Struct, frozen=True):
    """Linux and macOS: resolv.conf, or behind systemd's local stub the list it really asks."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.NETWORK
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")
    lookup: Lookup = Lookup()

    def collect(self) -> Iterable[Fact]:
        servers = self._listed("etc/resolv.conf")
        if servers == ["127.0.0.53"]:
            servers = self._listed("run/systemd/resolve/resolv.conf")
        if servers is not None:
            yield Fact(name="dns_resolvers.count", value=len(servers))
        yield from self.lookup.facts()

    def _listed(self, path: str) -> list[str] | None:
        """None when there is no such file; an empty list is a laptop without name servers."""
        if not (self.root / path).exists():
            return None
        lines = (files.text(self.root / path) or "").splitlines()
        words = [line.split() for line in lines]
        return sorted({line[1] for line in words if len(line) > 1 and line[0] == "nameserver"})


class WindowsNameServers(Struct, frozen=True):
    """The name servers of the adapters in use; those set by hand go before the network's."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.NETWORK
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)
    lookup: Lookup = Lookup()
    up: Callable[[], frozenset[str]] | None = None

    def collect(self) -> Iterable[Fact]:
        servers: set[str] = set()
        for adapter in adapters_in_use(self.registry, self.up):
            key = rf"{INTERFACES}\{adapter.guid}"
            told = windows_registry.text(self.registry, key, "NameServer")
            told = told or windows_registry.text(self.registry, key, "DhcpNameServer") or ""
            servers.update(told.replace(",", " ").split())
        yield Fact(name="dns_resolvers.count", value=len(servers))
        yield from self.lookup.facts()
