"""Networks as three systems show them: files, registry keys and printed text."""

from samebox_agent.collectors.windows_network import ADAPTERS, CONNECTIONS, INTERFACES
from samebox_agent.collectors.windows_registry import RegistryValue

from tests.agent.collectors.machine_fakes import FakeRegistry

NET = "sys/class/net"
WIRELESS = """\
Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
 wlan0: 0000   54.  -56.  -256        0      0      0      0     25        0
 wlan1: 0000   54.   70.  -256        0      0      0      0     25        0
"""
ROUTES = """\
Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlan0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t00000000\t0100A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0000A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
"""
ARP = """\
IP address       HW type     Flags       HW address            Mask     Device
192.168.0.1      0x1         0x2         02:00:00:00:00:01     *        wlan0
192.168.0.1      0x1         0x0         00:00:00:00:00:00     *        eth1
192.168.0.9      0x1         0x2         02:00:00:00:00:09     *        eth0
"""
RFKILL = "sys/class/rfkill/rfkill1"
ROUTE = b"   route to: default\ndestination: default\n    gateway: 192.0.2.1\n  interface: en0\n"
PORTS = b"""
Hardware Port: Ethernet Adapter (en4)
Device: en4
Ethernet Address: aa:bb:cc:dd:ee:ff

Hardware Port: Wi-Fi
Device: en0
Ethernet Address: aa:bb:cc:dd:ee:00

Hardware Port: iPhone USB
Device: en7
Ethernet Address: N/A

Hardware Port: Thunderbolt Bridge
Device: bridge0
Ethernet Address: aa:bb:cc:dd:ee:01
"""


def interface(name: str, state: str = "up", flags: str = "0x1003", **files: str) -> dict[str, str]:
    """The files of one interface; `type` is 1 (Ethernet) unless given."""
    told = {"operstate": state, "flags": flags, "type": "1", "uevent": "INTERFACE=x", **files}
    return {f"{NET}/{name}/{file.replace('__', '/')}": text for file, text in told.items()}


Keys = dict[str, dict[str, RegistryValue]]


def adapter(
    number: str, description: str, kind: int | None, name: str, **interface: RegistryValue
) -> Keys:
    """One adapter with its connection and its addresses."""
    guid = f"{{guid-{number}}}"
    told: dict[str, RegistryValue] = {"NetCfgInstanceId": guid, "DriverDesc": description}
    if kind is not None:
        told["*IfType"] = kind
    return {
        rf"{ADAPTERS}\{number}": told,
        rf"{CONNECTIONS}\{guid}\Connection": {"Name": name},
        rf"{INTERFACES}\{guid}": dict(interface),
    }


def machine() -> FakeRegistry:
    """Wi-Fi up, cable unplugged, a VPN client and the leavings of a virtual machine."""
    return FakeRegistry(
        adapter("0001", "Intel(R) Wi-Fi 6E AX211", 71, "Wi-Fi", DhcpDefaultGateway="192.0.2.1")
        | adapter("0002", "Realtek PCIe GbE", 6, "Ethernet", DhcpDefaultGateway="192.0.2.1")
        | adapter("0003", "TAP-Windows Adapter V9", 6, "Office VPN", DefaultGateway="0.0.0.0")
        | adapter("0004", "Hyper-V Virtual Ethernet Adapter", 6, "vEthernet")
        | adapter("0005", "Fibocom L860", 243, "Cellular")
        | adapter("0006", "Something new", None, "New")
        | {rf"{ADAPTERS}\Properties": {}}
    )


def up(*names: str) -> frozenset[str]:
    return frozenset(names)
