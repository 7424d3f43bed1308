"""The connection as a whole, on three systems."""

from pathlib import Path

import psutil
import pytest
from samebox_agent.collectors.linux_network import LinuxLinks
from samebox_agent.collectors.macos_network import MacLinks
from samebox_agent.collectors.network import (
    LinuxNetwork,
    MacNetwork,
    WindowsNetwork,
    addresses_of,
    self_assigned,
)

from tests.agent.collectors.machine_fakes import FakePrograms, FakeRegistry, as_table, tree, values
from tests.agent.collectors.network_samples import (
    ARP,
    PORTS,
    RFKILL,
    ROUTE,
    ROUTES,
    WIRELESS,
    interface,
    machine,
    up,
)


class FakeMacLinks(MacLinks):
    """Says what it was told."""

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    def up(self) -> frozenset[str]:
        return self.names


def test_linux_on_wifi_with_a_vpn(tmp_path: Path) -> None:
    wifi = interface("wlan0", uevent="DEVTYPE=wlan", device__uevent="DRIVER=iwlwifi")
    tunnel = interface("wg0", state="unknown", uevent="DEVTYPE=wireguard", type="65534")
    tree(tmp_path, wifi | tunnel | {"proc/net/route": ROUTES, "proc/net/wireless": WIRELESS})
    tree(tmp_path, {"proc/net/arp": ARP, f"{RFKILL}/type": "wlan", f"{RFKILL}/soft": "0"})
    network = LinuxNetwork(LinuxLinks(tmp_path), {"wlan0": "192.0.2.7"}.get)
    assert values(network) == {
        "interface_details.connection": "wifi",
        "interface_details.adapter": "iwlwifi",
        "interface_details.vpn_active": True,
        "interface_details.self_assigned": False,
        "routes.gateway_present": True,
        "routes.gateway_answers": True,
        "wifi_status.rssi": -56,
        "wifi_status.blocked": False,
    }


@pytest.mark.parametrize(
    ("addresses", "found"),
    [
        (["169.254.8.9"], {"interface_details.self_assigned": True}),
        (["169.254.8.9", "192.0.2.7"], {"interface_details.self_assigned": False}),
        (["192.0.2.7"], {"interface_details.self_assigned": False}),
        ([], {}),
    ],
)
def test_an_address_of_ones_own_making(addresses: list[str], found: dict[str, bool]) -> None:
    assert as_table(self_assigned(addresses)) == found


def test_psutil_knows_the_addresses_of_this_machine() -> None:
    assert any("127.0.0.1" in addresses_of(name) for name in psutil.net_if_addrs())
    assert addresses_of("no such interface") == []


def test_linux_with_every_plug_pulled(tmp_path: Path) -> None:
    assert values(LinuxNetwork(LinuxLinks(tmp_path))) == {
        "interface_details.connection": "none",
        "interface_details.vpn_active": False,
        "routes.gateway_present": False,
    }


def test_windows_on_wifi_with_a_vpn() -> None:
    wifi = {"Wi-Fi": ["169.254.8.9"], "Office VPN": ["192.0.2.7"]}
    network = WindowsNetwork(
        machine(), lambda: up("Office VPN", "Wi-Fi"), lambda name: wifi.get(name, [])
    )
    assert values(network) == {
        "interface_details.connection": "wifi",
        "interface_details.adapter": "Intel Wi-Fi 6E AX211",
        "interface_details.vpn_active": True,
        "interface_details.self_assigned": True,
        "routes.gateway_present": True,
    }


def test_windows_with_a_link_that_leads_nowhere() -> None:
    found = values(WindowsNetwork(machine(), lambda: up("Cellular")))
    assert found["interface_details.connection"] == "mobile"
    assert found["routes.gateway_present"] is False


def test_windows_with_every_plug_pulled() -> None:
    assert values(WindowsNetwork(FakeRegistry({}), up)) == {
        "interface_details.connection": "none",
        "interface_details.vpn_active": False,
        "routes.gateway_present": False,
    }


def test_macos_on_wifi() -> None:
    programs = FakePrograms({"route": ROUTE, "networksetup": PORTS})
    addresses = {"en0": ["192.0.2.7"]}
    network = MacNetwork(FakeMacLinks("en0"), programs, lambda device: addresses[device])
    assert values(network) == {
        "interface_details.connection": "wifi",
        "interface_details.adapter": "Wi-Fi",
        "interface_details.vpn_active": False,
        "interface_details.self_assigned": False,
        "routes.gateway_present": True,
    }


def test_macos_with_all_traffic_in_a_tunnel() -> None:
    route = ROUTE.replace(b"en0", b"utun4")
    programs = FakePrograms({"route": route, "networksetup": PORTS})
    found = values(MacNetwork(FakeMacLinks("en4", "utun4"), programs))
    assert found["interface_details.connection"] == "ethernet"
    assert found["interface_details.vpn_active"] is True


def test_macos_with_every_plug_pulled() -> None:
    found = values(MacNetwork(FakeMacLinks(), FakePrograms({"networksetup": PORTS})))
    assert found["interface_details.connection"] == "none"
    assert found["routes.gateway_present"] is False
