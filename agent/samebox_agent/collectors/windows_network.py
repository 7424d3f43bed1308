"""Network adapters as Windows keeps them in the registry."""

import re
from collections.abc import Callable

from msgspec import Struct

from samebox_agent.collectors import windows_registry
from samebox_agent.collectors.windows_registry import Registry

Up = Callable[[], frozenset[str]]
"""Names of the connections that are up, as in the control panel ("Wi-Fi", "Ethernet 2")."""

ADAPTERS = r"HKLM\SYSTEM\CurrentControlSet\Control\Class\{4d36e972-e325-11ce-bfc1-08002be10318}"
CONNECTIONS = (
    r"HKLM\SYSTEM\CurrentControlSet\Control\Network\{4D36E972-E325-11CE-BFC1-08002BE10318}"
)
INTERFACES = r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters\Interfaces"

_BY_INTERFACE_TYPE = {6: "ethernet", 71: "wifi", 243: "mobile", 244: "mobile"}
_TUNNEL_TYPES = frozenset({23, 53, 131})
_TUNNEL_WORDS = ("vpn", "tap-windows", "wireguard", "wintun", "anyconnect", "tunnel", "pangp")
_TRADEMARKS = re.compile(r"\((?:R|TM|C)\)", re.I)
_VIRTUAL_WORDS = ("hyper-v", "virtualbox", "vmware", "loopback", "wi-fi direct", "bluetooth")


class Adapter(Struct, frozen=True):
    """`connection` is wifi, ethernet, mobile, other or vpn; `name` is the control panel's."""

    guid: str
    description: str
    connection: str
    name: str = ""


def connections_up() -> frozenset[str]:
    """The names psutil reports as up; they are compared here and told to nobody."""
    import psutil

    return frozenset(name for name, state in psutil.net_if_stats().items() if state.isup)


def adapters_in_use(registry: Registry, up: Up | None = None) -> list[Adapter]:
    """Adapters that are up, in the registry's order, without those of virtual machines."""
    names = (up or connections_up)()
    found = []
    for number in registry.subkeys(ADAPTERS):
        key = rf"{ADAPTERS}\{number}"
        guid = windows_registry.text(registry, key, "NetCfgInstanceId")
        description = windows_registry.text(registry, key, "DriverDesc")
        if guid is None or description is None:
            continue
        name = windows_registry.text(registry, rf"{CONNECTIONS}\{guid}\Connection", "Name")
        kind = windows_registry.number(registry, key, "*IfType")
        connection = _connection(description, kind)
        if name in names and connection:
            found.append(Adapter(guid, _TRADEMARKS.sub("", description), connection, name))
    return found


def has_gateway(registry: Registry, adapter: Adapter) -> bool:
    """Windows keeps the last gateway of an adapter: ask only for those that are up."""
    key = rf"{INTERFACES}\{adapter.guid}"
    names = ("DefaultGateway", "DhcpDefaultGateway")
    told = [windows_registry.text(registry, key, name) for name in names]
    return any(gateway not in (None, "0.0.0.0") for gateway in told)


def _connection(description: str, kind: int | None) -> str:
    """Empty for adapters that carry nothing of the laptop's own."""
    said = description.casefold()
    if kind in _TUNNEL_TYPES or any(word in said for word in _TUNNEL_WORDS):
        return "vpn"
    if any(word in said for word in _VIRTUAL_WORDS):
        return ""
    return "other" if kind is None else _BY_INTERFACE_TYPE.get(kind, "other")
