"""The system's own firewall."""

from pathlib import Path

import pytest
from samebox_agent.collectors.firewall import LinuxFirewall, MacFirewall, WindowsFirewall

from tests.agent.collectors.machine_fakes import FakePrograms, FakeRegistry, tree, values

UFW = "etc/ufw/ufw.conf"
CHOSEN = r"HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall"
PROFILES = ("DomainProfile", "StandardProfile", "PublicProfile")


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"sys/fs/cgroup/system.slice/firewalld.service/cgroup.procs": ""}, True),
        ({UFW: "# ufw\nENABLED=yes\nLOGLEVEL=low\n"}, True),
        ({UFW: "ENABLED=no\n"}, False),
        (
            {UFW: "ENABLED=no\n", "sys/fs/cgroup/system.slice/firewalld.service/x": ""},
            True,
        ),
        ({}, None),
    ],
)
def test_linux(tmp_path: Path, files: dict[str, str], found: bool | None) -> None:
    told = {} if found is None else {"firewall.active": found}
    assert values(LinuxFirewall(tree(tmp_path, files))) == told


def test_rules_made_by_hand_cannot_be_seen(tmp_path: Path) -> None:
    by_hand = "etc/systemd/system/sysinit.target.wants/nftables.service"
    tree(tmp_path, {UFW: "ENABLED=no\n", by_hand: ""})
    assert values(LinuxFirewall(tmp_path)) == {}


@pytest.mark.parametrize(
    ("chosen", "found"),
    [((1, 1, 1), True), ((1, 1, 0), False), ((1, 1, None), None)],
)
def test_windows_is_on_in_every_network(chosen: tuple[int | None, ...], found: bool | None) -> None:
    keys = {
        rf"{CHOSEN}\{name}": {"EnableFirewall": each}
        for name, each in zip(PROFILES, chosen, strict=True)
    }
    told = {} if found is None else {"firewall.active": found}
    assert values(WindowsFirewall(FakeRegistry(keys))) == told


def test_the_organisations_choice_goes_first() -> None:
    own = {rf"{CHOSEN}\{name}": {"EnableFirewall": 1} for name in PROFILES}
    theirs = {rf"{POLICY}\PublicProfile": {"EnableFirewall": 0}}
    assert values(WindowsFirewall(FakeRegistry({**own, **theirs}))) == {"firewall.active": False}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (b"Firewall is enabled. (State = 1)\n", {"firewall.active": True}),
        (
            b"Firewall is blocking all non-essential connections. (State = 2)\n",
            {"firewall.active": True},
        ),
        (b"Firewall is disabled. (State = 0)\n", {"firewall.active": False}),
        (b"odd\n", {}),
    ],
)
def test_macos(told: bytes, found: dict[str, bool]) -> None:
    assert values(MacFirewall(FakePrograms({"socketfilterfw": told}))) == found
