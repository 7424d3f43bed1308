"""What macOS's own programs print about the network."""

from samebox_agent.collectors.macos_network import MacLinks, Port, hardware_ports, way_out

from tests.agent.collectors.machine_fakes import FakePrograms
from tests.agent.collectors.network_samples import PORTS, ROUTE


def test_the_way_out() -> None:
    assert way_out(FakePrograms({"route": ROUTE})) == "en0"
    assert way_out(FakePrograms({"route": b"odd"})) is None
    assert way_out(FakePrograms({})) is None


def test_ports_and_their_kinds() -> None:
    ports = hardware_ports(FakePrograms({"networksetup": PORTS}))
    assert ports[1] == Port("Wi-Fi", "en0")
    assert [port.connection for port in ports] == ["ethernet", "wifi", "mobile", "other"]


def test_links_that_are_up_have_an_address() -> None:
    assert all(MacLinks().up())
