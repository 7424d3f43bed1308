"""Network links as macOS tells them: the default route, and the hardware behind each device."""

import re

from msgspec import Struct

from samebox_agent.collectors.system_command import CommandFailed, Run

ROUTE = ("/sbin/route", "-n", "get", "default")
PORTS = ("/usr/sbin/networksetup", "-listallhardwareports")
_IPV4 = 2  # AF_INET


class Port(Struct, frozen=True):
    """A hardware port: "Wi-Fi", "Thunderbolt Ethernet"; and its device, "en0"."""

    name: str
    device: str

    @property
    def connection(self) -> str:
        if self.name == "Wi-Fi":
            return "wifi"
        if "iPhone" in self.name or "WWAN" in self.name:
            return "mobile"
        return "ethernet" if re.search(r"Ethernet|LAN", self.name) else "other"


class MacLinks:
    """Devices that are up and have an IPv4 address: macOS keeps idle tunnels with IPv6 only."""

    def up(self) -> frozenset[str]:
        import psutil

        states, addresses = psutil.net_if_stats(), psutil.net_if_addrs()
        return frozenset(
            name
            for name, state in states.items()
            if state.isup and any(one.family == _IPV4 for one in addresses.get(name, []))
        )


def way_out(run: Run) -> str | None:
    """The device of the default route. `route` fails when there is none."""
    try:
        told = run(ROUTE).decode("utf-8", errors="replace")
    except CommandFailed:
        return None
    found = re.search(r"^\s*interface: (\S+)$", told, re.M)
    return found[1] if found else None


def hardware_ports(run: Run) -> list[Port]:
    """In the order of the person's own preference. Raises CommandFailed."""
    told = run(PORTS).decode("utf-8", errors="replace")
    pairs = re.findall(r"^Hardware Port: (.+)\nDevice: (\S+)$", told, re.M)
    return [Port(name, device) for name, device in pairs]
