"""Who answers in the server's place."""

import time
from collections.abc import Iterator
from threading import Event

import pytest
from samebox_agent.collectors.captive_portal import CaptivePortal, is_portal
from samebox_agent.collectors.plain_http import Answer

from tests.agent.collectors.machine_fakes import values

HOST = "help.example.org"
OURS = b'{"product":"samebox","version":"1.0","organisation":"Harbour"}'


@pytest.mark.parametrize(
    ("answer", "portal"),
    [
        (Answer(302, "https://portal.hotel.example/login", b""), True),
        (Answer(307, "http://192.0.2.1/", b""), True),
        (Answer(511, "", b""), True),
        (Answer(200, "", b"<html>Welcome aboard</html>"), True),
        (Answer(200, "", b'{"product":"other"}'), True),
        (Answer(200, "", b""), True),
        (Answer(200, "", OURS), False),
        (Answer(301, "https://HELP.example.org/api/about", b""), False),
        (Answer(308, "/elsewhere", b""), False),
        (Answer(304, "", b""), None),
        (Answer(404, "", b"not found"), None),
        (Answer(503, "", b""), None),
    ],
)
def test_what_an_answer_says_about_the_network(answer: Answer, portal: bool | None) -> None:
    assert is_portal(HOST, answer) is portal
    told = {} if portal is None else {"network.captive_portal": portal}
    assert values(CaptivePortal(HOST, lambda host: answer, patience=30)) == told


def test_names_of_hosts_are_the_same_in_large_letters() -> None:
    assert is_portal("Help.Example.org", Answer(301, "https://help.example.org/", b"")) is False


def test_only_the_servers_own_host_is_asked() -> None:
    asked: list[str] = []

    def ask(host: str) -> Answer | None:
        asked.append(host)
        return None

    assert values(CaptivePortal(HOST, ask)) == {}
    assert asked == [HOST]


@pytest.fixture
def never() -> Iterator[Event]:
    """An answer that does not come before the test is over."""
    event = Event()
    yield event
    event.set()


def test_a_question_that_is_swallowed_holds_nobody_up(never: Event) -> None:
    def ask(host: str) -> Answer | None:
        never.wait(30)
        return Answer(511, "", b"")

    began = time.monotonic()
    assert values(CaptivePortal(HOST, ask, patience=0.01)) == {}
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("host", [None, "", "localhost", "127.0.0.1", "::1"])
def test_without_a_server_in_the_network_nobody_is_asked(host: str | None) -> None:
    def ask(host: str) -> Answer | None:
        raise AssertionError(host)

    assert values(CaptivePortal(host, ask)) == {}
