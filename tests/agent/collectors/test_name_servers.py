"""Name servers and the one name that is looked up."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from samebox_agent.collectors.name_servers import (
    Lookup,
    UnixNameServers,
    WindowsNameServers,
    is_name,
    resolves,
)

from tests.agent.collectors.machine_fakes import FakeRegistry, as_table, tree, values
from tests.agent.collectors.network_samples import adapter, up

HOST = "help.example.org"


@pytest.fixture
def never() -> Iterator[Event]:
    """An answer that does not come before the test is over."""
    event = Event()
    yield event
    event.set()


def test_resolv_conf_is_counted(tmp_path: Path) -> None:
    text = "search example.org\nnameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.1\n"
    tree(tmp_path, {"etc/resolv.conf": text})
    assert values(UnixNameServers(tmp_path)) == {"dns_resolvers.count": 2}


def test_behind_the_local_stub_the_real_ones_are_counted(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "etc/resolv.conf": "nameserver 127.0.0.53\n",
            "run/systemd/resolve/resolv.conf": "# none\n",
        },
    )
    assert values(UnixNameServers(tmp_path)) == {"dns_resolvers.count": 0}


def test_without_a_file_nothing_is_counted(tmp_path: Path) -> None:
    assert values(UnixNameServers(tmp_path)) == {}


def test_windows_counts_those_of_the_adapters_in_use() -> None:
    registry = FakeRegistry(
        adapter("0001", "Wi-Fi", 71, "Wi-Fi", NameServer="", DhcpNameServer="192.0.2.1 192.0.2.2")
        | adapter("0002", "Cable", 6, "Ethernet", NameServer="192.0.2.9,192.0.2.1")
        | adapter("0003", "Old", 6, "Ethernet 2", DhcpNameServer="192.0.2.7")
        | adapter("0004", "New", 6, "Ethernet 3")
    )
    servers = WindowsNameServers(registry, up=lambda: up("Wi-Fi", "Ethernet", "Ethernet 3"))
    assert values(servers) == {"dns_resolvers.count": 3}


@pytest.mark.parametrize("works", [True, False])
def test_the_servers_name_is_found_or_not(works: bool) -> None:
    asked: list[str] = []

    def resolve(host: str) -> bool:
        asked.append(host)
        return works

    found = as_table(Lookup(HOST, resolve=resolve).facts())
    assert (found, asked) == ({"dns_resolvers.works": works}, [HOST])


def test_no_answer_in_time_means_that_it_does_not_work(never: Event) -> None:
    lookup = Lookup(HOST, patience=0.01, resolve=lambda host: never.wait(30) or True)
    assert as_table(lookup.facts()) == {"dns_resolvers.works": False}


@pytest.mark.parametrize("host", [None, "", "192.0.2.7", "[2001:db8::1]", "localhost"])
def test_what_is_no_name_is_not_looked_up(host: str | None) -> None:
    def resolve(host: str) -> bool:
        raise AssertionError(host)

    assert as_table(Lookup(host, resolve=resolve).facts()) == {}
    assert host is None or not is_name(host)


def test_the_systems_resolver() -> None:
    assert resolves("127.0.0.1")
    assert not resolves("name.invalid")
