"""The portal's link goes from the server to the browser, and nowhere else."""

import logging
import socket

import msgspec
import pytest
from samebox_agent.core.events import PortalFailed
from samebox_agent.core.state import Problem, Trouble
from samebox_agent.runtime.portal import open_portal
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import PortalLink, PortalLinkRequest
from samebox_shared.protocol.http import Problem as Refusal

from tests.agent.net.test_http import Server, base_url, running

SECRET = "one-time-4K7M"


class Browser:
    """Remembers what it was given."""

    def __init__(self, works: bool = True) -> None:
        self.works = works
        self.links: list[tuple[str, str]] = []

    def __call__(self, link: str, server: str) -> bool:
        self.links.append((link, server))
        return self.works


async def asked(
    server: str, browser: Browser, token: str | Trouble = "key", to: str = "/portal"
) -> list[PortalFailed]:
    """What is told of it."""

    async def load() -> str | Trouble:
        return token

    told: list[PortalFailed] = []
    await open_portal(server, to, load, told.append, browser)
    return told


async def test_the_link_is_opened_and_neither_told_nor_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with running(Server()) as server:
        link = f"{base_url(server)}/portal/enter/{SECRET}"
        server.will_answer(201, PortalLink(link=link, expires_at=1.0))
        browser = Browser()
        assert await asked(base_url(server), browser, to="/portal/session/s1") == []
        assert browser.links == [(link, base_url(server))]
        assert server.asked[0][:3] == ("POST", "/api/portal-links", "Bearer key")
        sent = msgspec.json.decode(server.asked[0][3], type=PortalLinkRequest)
        assert sent.to == "/portal/session/s1"
    assert SECRET not in caplog.text


async def test_a_browser_that_does_not_open_is_said() -> None:
    with running(Server()) as server:
        server.will_answer(201, PortalLink(link="https://evil.example/portal", expires_at=1.0))
        told = await asked(base_url(server), Browser(works=False))
    assert told == [PortalFailed(Trouble(Problem.PORTAL_NOT_OPENED))]
    assert "evil" not in repr(told)


async def test_a_refusal_is_said() -> None:
    with running(Server()) as server:
        server.will_answer(403, Refusal(code=ErrorCode.NOT_ALLOWED, message="No."))
        told = await asked(base_url(server), browser := Browser())
    assert [each.trouble.problem for each in told] == [ErrorCode.NOT_ALLOWED]
    assert browser.links == []


async def test_a_server_that_is_not_there_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        told = await asked(f"http://127.0.0.1:{taken.getsockname()[1]}", Browser())
    assert [each.trouble.problem for each in told] == [Problem.CONNECTION_REFUSED]


async def test_a_laptop_without_its_key_asks_nobody() -> None:
    trouble = Trouble(Problem.SIGNED_OUT)
    assert await asked("http://127.0.0.1:1", Browser(), trouble) == [PortalFailed(trouble)]
