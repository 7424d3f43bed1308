"""The connection as a whole, on three systems."""

from pathlib import Path

from samebox_agent.collectors.linux_network import LinuxLinks
from samebox_agent.collectors.macos_network import MacLinks
from samebox_agent.collectors.network import LinuxNetwork, MacNetwork, WindowsNetwork

from tests.agent.collectors.machine_fakes import FakePrograms, FakeRegistry, tree, values
from tests.agent.collectors.network_samples import (
    PORTS,
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
    assert values(LinuxNetwork(LinuxLinks(tmp_path))) == {
        "interface_details.connection": "wifi",
        "interface_details.adapter": "iwlwifi",
        "interface_details.vpn_active": True,
        "routes.gateway_present": True,
        "wifi_status.rssi": -56,
    }


def test_linux_with_every_plug_pulled(tmp_path: Path) -> None:
    assert values(LinuxNetwork(LinuxLinks(tmp_path))) == {
        "interface_details.connection": "none",
        "interface_details.vpn_active": False,
        "routes.gateway_present": False,
    }


def test_windows_on_wifi_with_a_vpn() -> None:
    network = WindowsNetwork(machine(), lambda: up("Office VPN", "Wi-Fi"))
    assert values(network) == {
        "interface_details.connection": "wifi",
        "interface_details.adapter": "Intel Wi-Fi 6E AX211",
        "interface_details.vpn_active": True,
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
    assert values(MacNetwork(FakeMacLinks("en0"), programs)) == {
        "interface_details.connection": "wifi",
        "interface_details.adapter": "Wi-Fi",
        "interface_details.vpn_active": False,
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
