"""Links, routes and adapters from /sys and /proc."""

import sys
from pathlib import Path

import pytest
from samebox_agent.collectors.linux_network import (
    Link,
    LinuxLinks,
    address_of,
    main_link,
    makers_part,
    pci_name,
    vpn,
)

from tests.agent.collectors.machine_fakes import tree
from tests.agent.collectors.network_samples import ARP, NET, ROUTES, WIRELESS, interface

NOWHERE = "0" * 32
ROUTES_V6 = (
    f"{NOWHERE} 00 {NOWHERE} 00 fe800000000000000000000000000001 00000400 1 0 00000003 wwan0\n"
    f"{NOWHERE} 00 {NOWHERE} 00 {NOWHERE} ffffffff 1 0 00200200 lo\n"
    f"fe80000000000000{'0' * 16} 40 {NOWHERE} 00 {NOWHERE} 00000100 1 0 00000001 eth0\n"
)
IDS = """\
# a list of names
1002  Advanced Micro Devices, Inc.
\t51f0  Some graphics
8086  Intel Corporation
\t51f0  Alder Lake-P PCH CNVi WiFi
\t\t8086 0090  Wi-Fi 6E AX211
10ec  Realtek Semiconductor Co., Ltd.
\t8168  RTL8111
"""


@pytest.mark.parametrize(
    ("files", "connection"),
    [
        (interface("x0", uevent="DEVTYPE=wlan", device__uevent="DRIVER=iwlwifi"), "wifi"),
        (interface("x0", phy80211__name="phy0", device__uevent=""), "wifi"),
        (interface("x0", device__uevent="DRIVER=e1000e"), "ethernet"),
        (interface("x0", uevent="DEVTYPE=wwan", device__uevent=""), "mobile"),
        (interface("x0", type="32", device__uevent=""), "other"),
        (interface("x0", uevent="DEVTYPE=wireguard", type="65534"), "vpn"),
        (interface("x0", state="unknown", tun_flags="0x1001", type="65534"), "vpn"),
        (interface("x0", tun_flags="0x1002"), ""),
        (interface("x0", type="512", state="unknown"), "ppp"),
        (interface("x0", uevent="DEVTYPE=bridge"), ""),
    ],
)
def test_what_kind_of_link_it_is(tmp_path: Path, files: dict[str, str], connection: str) -> None:
    assert LinuxLinks(tree(tmp_path, files)).up() == (Link("x0", connection),)


def test_only_links_that_are_up(tmp_path: Path) -> None:
    down = interface("eth0", state="down", device__uevent="")
    off = interface("wlan0", flags="0x1002", device__uevent="")
    loop = interface("lo", state="unknown")
    assert LinuxLinks(tree(tmp_path, down | off | loop)).up() == ()


def test_default_routes_in_order_of_preference(tmp_path: Path) -> None:
    tree(tmp_path, {"proc/net/route": ROUTES, "proc/net/ipv6_route": ROUTES_V6})
    assert LinuxLinks(tmp_path).default_routes() == ("eth0", "wlan0", "wwan0")


def test_no_routes_at_all(tmp_path: Path) -> None:
    assert LinuxLinks(tmp_path).default_routes() == ()


def test_the_signal_in_decibels(tmp_path: Path) -> None:
    links = LinuxLinks(tree(tmp_path, {"proc/net/wireless": WIRELESS}))
    assert links.signal(Link("wlan0", "wifi")) == -56
    assert links.signal(Link("wlan1", "wifi")) is None
    assert links.signal(Link("eth0", "ethernet")) is None


def test_the_adapter_by_the_list_of_names_or_its_driver(tmp_path: Path) -> None:
    uevent = "DRIVER=iwlwifi\nPCI_ID=8086:51F0"
    links = LinuxLinks(tree(tmp_path, interface("wlan0", device__uevent=uevent)))
    assert links.adapter(Link("wlan0", "wifi")) == "iwlwifi"
    tree(tmp_path, {"usr/share/misc/pci.ids": IDS})
    assert links.adapter(Link("wlan0", "wifi")) == "Intel Alder Lake-P PCH CNVi WiFi"


def test_a_usb_adapter_tells_its_own_name(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "sys/devices/usb1/product": "USB 10/100/1000 LAN\n",
            "sys/devices/usb1/1-1/uevent": "DRIVER=r8152",
            f"{NET}/eth1/device": f"-> {tmp_path}/sys/devices/usb1/1-1",
        },
    )
    assert LinuxLinks(tmp_path).adapter(Link("eth1", "ethernet")) == "USB 10/100/1000 LAN"


@pytest.mark.parametrize(
    ("vendor", "product", "name"),
    [
        ("8086", "51f0", "Intel Alder Lake-P PCH CNVi WiFi"),
        ("8086", "8168", None),
        ("dead", "51f0", None),
        ("10ec", "ffff", None),
    ],
)
def test_names_of_pci_devices(vendor: str, product: str, name: str | None) -> None:
    assert pci_name(IDS, vendor, product) == name


def test_of_the_list_only_one_makers_part_is_looked_through() -> None:
    part = makers_part(IDS.encode() + b"C 00  Unclassified \xff\n", "8086")
    assert part.startswith("8086  Intel")
    assert "51f0" in part
    assert "10ec" not in part
    assert makers_part(IDS.encode(), "dead") == ""


def test_the_main_link_is_hardware_even_under_a_vpn() -> None:
    wifi, tunnel, bridge = Link("wlan0", "wifi"), Link("tun0", "vpn"), Link("br0", "")
    cable = Link("eth0", "ethernet")
    assert main_link((tunnel, wifi, cable), ("tun0", "eth0")) == cable
    assert main_link((bridge, wifi), ()) == wifi
    assert main_link((tunnel, bridge), ("tun0",)) is None


def test_a_point_to_point_link_is_not_told_as_a_vpn() -> None:
    assert vpn((Link("tun0", "vpn"), Link("ppp0", "ppp"))) is True
    assert vpn((Link("ppp0", "ppp"),)) is None
    assert vpn((Link("eth0", "ethernet"),)) is False


def entry(number: int, name: str, soft: int, hard: int = 0, kind: str = "wlan") -> dict[str, str]:
    folder = f"sys/class/rfkill/rfkill{number}"
    told = {"name": name, "type": kind, "soft": f"{soft}\n", "hard": f"{hard}\n"}
    return {f"{folder}/{file}": text for file, text in told.items()}


@pytest.mark.parametrize(
    ("entries", "blocked"),
    [
        (entry(0, "phy0", soft=1), True),
        (entry(0, "phy0", soft=0, hard=1), True),
        (entry(0, "phy0", soft=0), False),
        (entry(0, "ideapad_wlan", soft=1) | entry(1, "phy0", soft=0), False),
        (entry(0, "ideapad_wlan", soft=0) | entry(1, "phy0", soft=1), True),
        (entry(0, "phy0", soft=1) | entry(1, "phy1", soft=0), False),
        (entry(0, "hp-wifi", soft=0, hard=1), True),
        (entry(0, "hci0", soft=1, kind="bluetooth"), None),
    ],
)
def test_wifi_that_is_switched_off(
    tmp_path: Path, entries: dict[str, str], blocked: bool | None
) -> None:
    assert LinuxLinks(tree(tmp_path, entries)).is_blocked() is blocked


COMPLETE, NOT_YET = "0x2         02:", "0x0         02:"


@pytest.mark.parametrize(
    ("arp", "answers"),
    [(ARP, True), (ARP.replace(COMPLETE, NOT_YET), False), (ARP.splitlines()[0], None), ("", None)],
)
def test_what_the_kernel_knows_of_the_gateway(
    tmp_path: Path, arp: str, answers: bool | None
) -> None:
    tree(tmp_path, {"proc/net/route": ROUTES, "proc/net/arp": arp})
    assert LinuxLinks(tmp_path).gateway_answers() is answers


def test_the_preferred_gateway_counts(tmp_path: Path) -> None:
    silent = ARP.replace("192.168.0.9", "192.168.0.1").replace(
        "0x2         02:00:00:00:00:09", "0x0         00:00:00:00:00:00"
    )
    tree(tmp_path, {"proc/net/route": ROUTES, "proc/net/arp": silent})
    assert LinuxLinks(tmp_path).gateway_answers() is False


def test_without_a_route_there_is_no_gateway(tmp_path: Path) -> None:
    assert LinuxLinks(tree(tmp_path, {"proc/net/arp": ARP})).gateway_answers() is None


@pytest.mark.skipif(sys.platform != "linux", reason="a question to Linux")
def test_the_kernel_tells_an_interfaces_address() -> None:
    assert address_of("lo") == "127.0.0.1"
    assert address_of("no such thing") is None
