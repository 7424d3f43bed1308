"""Network links as Linux shows them in /sys/class/net and /proc/net."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from samebox_agent.collectors import files

_UP = 0x1  # IFF_UP
_TUN = 0x1  # IFF_TUN; taps (0x2) belong to virtual machines
_GATEWAY = 0x2  # RTF_GATEWAY
_ANSWERED = 0x2  # ATF_COM
_HEADINGS = ("Iface", "Inter-|", "face", "IP")
_ASK_ADDRESS = 0x8915  # SIOCGIFADDR
_PPP = 512  # ARPHRD_PPP
_PCI_IDS = ("usr/share/hwdata/pci.ids", "usr/share/misc/pci.ids")


class Link(Struct, frozen=True):
    """One interface that is up. `connection` is "vpn" for tunnels, "" for other virtual ones."""

    device: str
    connection: str


class LinuxLinks(Struct, frozen=True):
    """Reads the links below `root`."""

    root: Path = Path("/")

    def up(self) -> tuple[Link, ...]:
        """Every interface that carries something now, without the loopback."""
        folders = files.entries(self.root / "sys/class/net")
        return tuple(
            Link(folder.name, _connection(folder))
            for folder in folders
            if folder.name != "lo" and _is_up(folder)
        )

    def default_routes(self) -> tuple[str, ...]:
        """Devices with a way out, the preferred one first; IPv4 before IPv6."""
        found: list[tuple[int, int, str]] = []
        for line in self._lines("proc/net/route"):
            device, target, _, flags, _, _, metric, mask, *_ = line
            if target == mask == "00000000" and int(flags, 16) & _UP:
                found.append((0, int(metric), device))
        for line in self._lines("proc/net/ipv6_route"):
            target, length, *_, metric, _, _, flags, device = line
            if length == "00" and int(target, 16) == 0 and _is_usable_v6(device, flags):
                found.append((1, int(metric, 16), device))
        return tuple(dict.fromkeys(device for _, _, device in sorted(found)))

    def adapter(self, link: Link) -> str | None:
        """What the hardware is called; without a list of names, what its driver is called."""
        device = self.root / "sys/class/net" / link.device / "device"
        if (product := files.text(device.resolve().parent / "product")) is not None:
            return product  # a USB adapter tells itself
        told = files.settings(device / "uevent")
        return self._pci_name(told.get("PCI_ID", "")) or told.get("DRIVER")

    def signal(self, link: Link) -> int | None:
        """dBm; None for cables, and for drivers that report a share instead."""
        for line in self._lines("proc/net/wireless"):
            if line[0] == f"{link.device}:":
                level = int(float(line[3].rstrip(".")))
                return level if level < 0 else None
        return None

    def is_blocked(self) -> bool | None:
        """Whether Wi-Fi is off by a key or a switch; None without Wi-Fi.

        Laptops have an entry for the switch and one for the adapter ("phy0"), which counts.
        """
        entries = [
            folder
            for folder in files.entries(self.root / "sys/class/rfkill")
            if files.text(folder / "type") == "wlan"
        ]
        adapters = [each for each in entries if (files.text(each / "name") or "")[:3] == "phy"]
        told = [
            1 in (files.number(each / "soft"), files.number(each / "hard"))
            for each in adapters or entries
        ]
        return all(told) if told else None

    def gateway_answers(self) -> bool | None:
        """What the kernel knows of the gateway's answer to its last packet; nothing is sent.

        None for tunnels, and when nothing went out lately.
        """
        gateways = [
            (int(metric), device, _address(gateway))
            for device, target, gateway, flags, _, _, metric, mask, *_ in self._lines(
                "proc/net/route"
            )
            if target == mask == "00000000" and int(flags, 16) & _GATEWAY
        ]
        answers = [self._answers(device, address) for _, device, address in sorted(gateways)]
        return next((answer for answer in answers if answer is not None), None)

    def _answers(self, device: str, address: str) -> bool | None:
        for told, _, flags, _, _, where, *_ in self._lines("proc/net/arp"):
            if (told, where) == (address, device):
                return bool(int(flags, 16) & _ANSWERED)
        return None

    def _lines(self, path: str) -> list[list[str]]:
        """Rows of data, split; heading rows are known by their first word."""
        rows = (line.split() for line in (files.text(self.root / path) or "").splitlines())
        return [row for row in rows if len(row) > 4 and row[0] not in _HEADINGS]

    def _pci_name(self, told: str) -> str | None:
        vendor, _, product = told.lower().partition(":")
        if not product:
            return None
        for path in _PCI_IDS:
            try:
                names = (self.root / path).read_bytes()
            except OSError:
                continue
            return pci_name(makers_part(names, vendor), vendor, product)
        return None


def address_of(device: str) -> str | None:
    """The device's own IPv4 address, as the kernel tells it; it is compared here, and told to
    nobody. None when it has none."""
    if sys.platform != "linux":
        return None
    import fcntl
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            told = fcntl.ioctl(asking, _ASK_ADDRESS, device.encode()[:15].ljust(40, b"\0"))
        except OSError:
            return None
    return socket.inet_ntoa(told[20:24])


def makers_part(names: bytes, vendor: str) -> str:
    """Of a list of 1.4 MB only one maker's lines are decoded and looked through."""
    found = re.search(rb"^%b  .*\n?(?:[\t#].*\n?)*" % vendor.encode(), names, re.M)
    return found[0].decode("utf-8", "replace") if found else ""


def pci_name(names: str, vendor: str, product: str) -> str | None:
    """Looks a device up in the list that Linux distributions ship ("hwdata")."""
    maker = re.search(rf"^{vendor}  (.+)$", names, re.M)
    if maker is None:
        return None
    section = names[maker.end() :]
    found = re.search(rf"^\t{product}  (.+)$|^[0-9a-fC]", section, re.M)
    if found is None or found[1] is None:
        return None
    return f"{maker[1].removesuffix(' Corporation')} {found[1]}"


def main_link(links: Iterable[Link], routes: Iterable[str]) -> Link | None:
    """The hardware that carries the connection: by the routes, else the first that is up."""
    hardware = {link.device: link for link in links if link.connection not in ("", "vpn")}
    ordered = [hardware[device] for device in routes if device in hardware]
    return next(iter([*ordered, *hardware.values()]), None)


def vpn(links: Iterable[Link]) -> bool | None:
    """A point-to-point link may be a VPN or a modem: then it is not told."""
    kinds = {link.connection for link in links}
    if "vpn" in kinds:
        return True
    return None if "ppp" in kinds else False


def _address(told: str) -> str:
    """ "0100A8C0" is 192.168.0.1: the kernel prints it in the order of its bytes in memory."""
    return ".".join(str(byte) for byte in int(told, 16).to_bytes(4, sys.byteorder))


def _is_up(folder: Path) -> bool:
    """Tunnels stay in the state "unknown" while they work."""
    flags = int(files.text(folder / "flags") or "0", 16)
    return bool(flags & _UP) and files.text(folder / "operstate") in ("up", "unknown")


def _is_usable_v6(device: str, flags: str) -> bool:
    """The kernel keeps a route to nowhere on the loopback."""
    return device != "lo" and bool(int(flags, 16) & _UP)


def _connection(folder: Path) -> str:
    kind = files.settings(folder / "uevent").get("DEVTYPE")
    tunnel = int(files.text(folder / "tun_flags") or "0", 16)
    if kind == "wireguard" or tunnel & _TUN:
        return "vpn"
    if files.number(folder / "type") == _PPP:
        return "ppp"
    if not (folder / "device").exists():
        return ""
    if kind == "wlan" or (folder / "wireless").exists() or (folder / "phy80211").exists():
        return "wifi"
    if kind == "wwan":
        return "mobile"
    return "ethernet" if files.number(folder / "type") == 1 else "other"
