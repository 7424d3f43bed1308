"""What carries the connection: kind of link, adapter, VPN, way out, Wi-Fi signal.

No network's name and no traffic is read, and no address is told. `interface_details.connection`
is one of wifi, ethernet, mobile, other (a link of another kind) and none (nothing is connected).
"""

from collections.abc import Callable, Iterable
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import linux_network, macos_network, windows_network
from samebox_agent.collectors.linux_network import LinuxLinks
from samebox_agent.collectors.macos_network import MacLinks
from samebox_agent.collectors.system_command import Run, run
from samebox_agent.collectors.windows_network import Up
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "network"
_EVERYWHERE = frozenset(
    {"interface_details.connection", "interface_details.adapter"}
    | {"interface_details.vpn_active", "routes.gateway_present"}
    | {"interface_details.self_assigned"}
)

Addresses = Callable[[str], list[str]]
"""Takes an interface's name; returns its IPv4 addresses, which are told to nobody."""
_IPV4 = 2  # AF_INET


def addresses_of(interface: str) -> list[str]:
    """For Windows and macOS."""
    import psutil

    found = psutil.net_if_addrs().get(interface, [])
    return [one.address for one in found if one.family == _IPV4]


def link_facts(
    connection: str, adapter: str | None, vpn: bool | None, gateway: bool | None
) -> Iterable[Fact]:
    """None stands for what could not be told."""
    yield Fact(name="interface_details.connection", value=connection)
    if adapter is not None:
        yield Fact(name="interface_details.adapter", value=adapter)
    if vpn is not None:
        yield Fact(name="interface_details.vpn_active", value=vpn)
    if gateway is not None:
        yield Fact(name="routes.gateway_present", value=gateway)


def self_assigned(addresses: Iterable[str]) -> Iterable[Fact]:
    """An address from 169.254 is one the laptop gave itself, because the network gave none.

    Without any IPv4 address nothing is said: the network may have IPv6 alone.
    """
    found = list(addresses)
    if found:
        made_up = all(address.startswith("169.254.") for address in found)
        yield Fact(name="interface_details.self_assigned", value=made_up)


class LinuxNetwork(Struct, frozen=True):
    """From /sys/class/net and /proc/net."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.NETWORK
    facts: ClassVar[frozenset[str]] = _EVERYWHERE | {
        "wifi_status.rssi",
        "wifi_status.blocked",
        "routes.gateway_answers",
    }
    links: LinuxLinks = field(default_factory=LinuxLinks)
    address: Callable[[str], str | None] = linux_network.address_of

    def collect(self) -> Iterable[Fact]:
        found = self.links.up()
        routes = self.links.default_routes()
        main = linux_network.main_link(found, routes)
        connection = main.connection if main else "none"
        adapter = self.links.adapter(main) if main else None
        yield from link_facts(connection, adapter, linux_network.vpn(found), bool(routes))
        signal = self.links.signal(main) if main else None
        if signal is not None:
            yield Fact(name="wifi_status.rssi", value=signal)
        blocked = self.links.is_blocked()
        if blocked is not None:
            yield Fact(name="wifi_status.blocked", value=blocked)
        answers = self.links.gateway_answers()
        if answers is not None:
            yield Fact(name="routes.gateway_answers", value=answers)
        own = self.address(main.device) if main else None
        yield from self_assigned([own] if own else [])


class WindowsNetwork(Struct, frozen=True):
    """From the registry. The signal is left out: asking for it asks for the location too."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.NETWORK
    facts: ClassVar[frozenset[str]] = _EVERYWHERE
    registry: Registry = field(default_factory=SystemRegistry)
    up: Up | None = None
    addresses: Addresses = addresses_of

    def collect(self) -> Iterable[Fact]:
        adapters = windows_network.adapters_in_use(self.registry, self.up)
        reaching = [one for one in adapters if windows_network.has_gateway(self.registry, one)]
        physical = [one for one in adapters if one.connection != "vpn"]
        main = next((one for one in reaching if one in physical), None)
        main = main or next(iter(physical), None)
        yield from link_facts(
            main.connection if main else "none",
            main.description if main else None,
            any(one.connection == "vpn" for one in adapters),
            bool(reaching),
        )
        yield from self_assigned(self.addresses(main.name) if main else [])


class MacNetwork(Struct, frozen=True):
    """From `route` and `networksetup`. Reading the signal would ask for the location too."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.NETWORK
    facts: ClassVar[frozenset[str]] = _EVERYWHERE
    links: MacLinks = field(default_factory=MacLinks)
    run: Run = run
    addresses: Addresses = addresses_of

    def collect(self) -> Iterable[Fact]:
        way_out = macos_network.way_out(self.run)
        ports = macos_network.hardware_ports(self.run)
        up = self.links.up()
        main = next((port for port in ports if port.device == way_out), None)
        main = main or next((port for port in ports if port.device in up), None)
        yield from link_facts(
            main.connection if main else "none",
            main.name if main else None,
            any(device.startswith(("utun", "ppp", "ipsec")) for device in up),
            way_out is not None,
        )
        yield from self_assigned(self.addresses(main.device) if main else [])
