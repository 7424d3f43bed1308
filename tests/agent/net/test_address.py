"""What people paste."""

import pytest
from samebox_agent.net.address import (
    SENTENCES,
    AddressFault,
    BadAddress,
    Invitation,
    parse_invitation,
    socket_url,
)

HOME = Invitation("https://help.example.com", "Ab_9-z")


@pytest.mark.parametrize(
    "text",
    [
        "https://help.example.com/join/Ab_9-z",
        "  https://help.example.com/join/Ab_9-z\n",
        "https://HELP.Example.com/join/Ab_9-z/",
        "help.example.com/join/Ab_9-z",
        "<https://help.example.com/join/Ab_9-z>",
        "'https://help.example.com/join/Ab_9-z'",
        "Hi Ana, join us: https://help.example.com/join/Ab_9-z. See you!",
        "(help.example.com/join/Ab_9-z)",
        "https://help.example.com/join/Ab_9-z?from=mail#top",
    ],
)
def test_a_link_is_found_in_what_was_pasted(text: str) -> None:
    assert parse_invitation(text) == HOME


@pytest.mark.parametrize(
    ("text", "base_url"),
    [
        ("https://help.example.com:8443/join/x", "https://help.example.com:8443"),
        ("https://example.com/it/samebox/join/x", "https://example.com/it/samebox"),
        ("https://bücher.example/join/x", "https://xn--bcher-kva.example"),
        ("http://127.0.0.1:8000/join/x", "http://127.0.0.1:8000"),
        ("localhost:8000/join/x", "http://localhost:8000"),
        ("http://box.localhost/join/x", "http://box.localhost"),
        ("http://[::1]:8000/join/x", "http://[::1]:8000"),
        ("https://[2001:db8::1]/join/x", "https://[2001:db8::1]"),
        ("https://192.0.2.7/join/x", "https://192.0.2.7"),
    ],
)
def test_the_base_address(text: str, base_url: str) -> None:
    assert parse_invitation(text) == Invitation(base_url, "x")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", AddressFault.EMPTY),
        (" \n ", AddressFault.EMPTY),
        ("hello", AddressFault.NOT_A_LINK),
        ("https://help.example.com", AddressFault.NOT_A_LINK),
        ("https://help.example.com/join", AddressFault.NOT_A_LINK),
        ("https://help.example.com/join/a/b", AddressFault.NOT_A_LINK),
        ("ftp://help.example.com/join/x", AddressFault.NOT_A_LINK),
        ("javascript://help.example.com/join/x", AddressFault.NOT_A_LINK),
        ("https:///join/x", AddressFault.NOT_A_LINK),
        ("https://help..example.com/join/x", AddressFault.NOT_A_LINK),
        ("https://-x-.example.com/join/x", AddressFault.NOT_A_LINK),
        ("https://help.example.com:99999/join/x", AddressFault.NOT_A_LINK),
        ("https://help.example.com:port/join/x", AddressFault.NOT_A_LINK),
        ("https://[zz]/join/x", AddressFault.NOT_A_LINK),
        ("https://help.example.com/join/", AddressFault.NO_CODE),
        ("https://help.example.com/join/%20x", AddressFault.BAD_CODE),
        ("https://help.example.com/join/" + "x" * 201, AddressFault.BAD_CODE),
        ("https://ana:secret@help.example.com/join/x", AddressFault.HAS_PASSWORD),
        ("http://help.example.com/join/x", AddressFault.NOT_SAFE),
        ("http://127.0.0.1.example.com/join/x", AddressFault.NOT_SAFE),
        ("http://10.0.0.1/join/x", AddressFault.NOT_SAFE),
    ],
)
def test_what_is_wrong_is_said(text: str, fault: AddressFault) -> None:
    assert parse_invitation(text) == BadAddress(fault, SENTENCES[fault])


def test_an_unsafe_address_must_be_allowed_on_purpose() -> None:
    found = parse_invitation("http://10.0.0.1/join/x", allow_http=True)
    assert found == Invitation("http://10.0.0.1", "x")


def test_the_socket_is_as_safe_as_the_address() -> None:
    assert socket_url("https://example.com/it") == "wss://example.com/it/agent"
    assert socket_url("http://[::1]:8000") == "ws://[::1]:8000/agent"
