"""Adapters in a fake registry of Windows."""

import psutil
from samebox_agent.collectors.windows_network import (
    Adapter,
    adapters_in_use,
    connections_up,
    has_gateway,
)

from tests.agent.collectors.machine_fakes import FakeRegistry
from tests.agent.collectors.network_samples import machine, up


def test_only_adapters_that_are_up_and_carry_something() -> None:
    names = up("Wi-Fi", "Office VPN", "vEthernet", "Cellular", "New")
    found = [(one.description, one.connection) for one in adapters_in_use(machine(), lambda: names)]
    assert found == [
        ("Intel Wi-Fi 6E AX211", "wifi"),
        ("TAP-Windows Adapter V9", "vpn"),
        ("Fibocom L860", "mobile"),
        ("Something new", "other"),
    ]


def test_a_gateway_of_nothing_is_none() -> None:
    wifi, tunnel = adapters_in_use(machine(), lambda: up("Wi-Fi", "Office VPN"))
    assert has_gateway(machine(), wifi)
    assert not has_gateway(machine(), tunnel)
    assert not has_gateway(FakeRegistry({}), Adapter("{none}", "", "wifi"))


def test_psutil_names_what_is_up() -> None:
    assert connections_up() <= set(psutil.net_if_stats())
