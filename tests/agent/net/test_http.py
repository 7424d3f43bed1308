"""Requests to a real HTTP server on this machine, to a broken one, and to none."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest
from samebox_agent.net.failures import (
    BadCertificate,
    CertificateFlaw,
    NotSamebox,
    Refused,
    ServerTrouble,
    TooOld,
    Unreachable,
    UnreachableReason,
)
from samebox_agent.net.http import MAX_BODY, Http
from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.model.people import PersonCard, Role
from samebox_shared.protocol.bundles import Asked
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import (
    About,
    Board,
    Invite,
    InviteRequest,
    Joined,
    JoinRequest,
    PortalLink,
    PortalLinkRequest,
    Problem,
)

from tests.agent.net.conftest import Certificate

ABOUT = About(
    product="Samebox",
    version="1.0",
    oldest_protocol=1,
    protocol=1,
    organisation="Example",
    server_time=1.0,
)
JOINED = Joined(
    person=PersonCard(person_id=PersonId("ana"), name="Ana"),
    device_id=DeviceId("d1"),
    organisation="Example",
    roles=(Role.OWNER,),
)
JOIN = JoinRequest(code="code", device_token="t" * 43)


class Server(ThreadingHTTPServer):
    """Answers every request alike and remembers what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 200
        self.body = b"{}"
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[str, str, str | None, bytes]] = []

    def will_answer(self, status: int, value: object) -> None:
        self.status, self.body = status, msgspec.json.encode(value)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        asked = (
            self.command,
            self.path,
            self.headers.get("Authorization"),
            self.rfile.read(length),
        )
        self.server.asked.append(asked)
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.body)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server()) as started:
        yield started


@contextmanager
def running(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def base_url(server: Server, scheme: str = "http") -> str:
    return f"{scheme}://127.0.0.1:{server.server_port}"


async def test_about_tells_who_is_there(server: Server) -> None:
    server.will_answer(200, ABOUT)
    assert await Http(base_url(server)).about() == ABOUT
    assert server.asked == [("GET", "/api/about", None, b"")]


async def test_a_server_below_a_path(server: Server) -> None:
    server.will_answer(200, ABOUT)
    await Http(base_url(server) + "/it").about()
    assert server.asked[0][1] == "/it/api/about"


async def test_joining_sends_the_request_as_it_is(server: Server) -> None:
    server.will_answer(201, JOINED)
    assert await Http(base_url(server)).join(JOIN) == JOINED
    method, path, token, body = server.asked[0]
    assert (method, path, token) == ("POST", "/api/join", None)
    assert msgspec.json.decode(body, type=JoinRequest) == JOIN


async def test_articles_are_asked_for_with_the_token_in_a_header(server: Server) -> None:
    server.body = b"as it is \xff"
    answer = await Http(base_url(server)).articles("secret", Asked(after=5, scope="s", epoch="e+"))
    assert answer == b"as it is \xff"
    path = "/api/articles?after=5&scope=s&epoch=e%2B"
    assert server.asked == [("GET", path, "Bearer secret", b"")]


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (401, b'{"code": "not_signed_in", "message": "Who?"}', Refused),
        (503, b"<h1>Down</h1>", ServerTrouble),
        (404, b"<h1>Nothing</h1>", NotSamebox),
        (302, b"", NotSamebox),
    ],
)
async def test_articles_that_do_not_come(
    server: Server, status: int, body: bytes, failure: type
) -> None:
    server.status, server.body = status, body
    assert isinstance(await Http(base_url(server)).articles("secret", Asked()), failure)


async def test_the_board_is_asked_for_with_the_token_in_a_header(server: Server) -> None:
    server.will_answer(200, Board(questions=()))
    assert await Http(base_url(server)).board("secret") == Board(questions=())
    assert server.asked == [("GET", "/api/board", "Bearer secret", b"")]


async def test_an_invite_is_made_with_the_token_in_a_header(server: Server) -> None:
    invite = Invite(link="https://help.example.com/join/x", expires_at=9.0)
    server.will_answer(201, invite)
    request = InviteRequest(name="Ben")
    assert await Http(base_url(server)).make_invite("secret", request) == invite
    assert server.asked[0][:3] == ("POST", "/api/invites", "Bearer secret")


async def test_a_link_to_the_portal_is_asked_for_a_place(server: Server) -> None:
    link = PortalLink(link="https://help.example.com/portal/enter/x", expires_at=9.0)
    server.will_answer(201, link)
    request = PortalLinkRequest(to="/portal/session/s1")
    assert await Http(base_url(server)).portal_link("secret", request) == link
    assert server.asked[0][:3] == ("POST", "/api/portal-links", "Bearer secret")


@pytest.mark.parametrize("status", [400, 404, 409, 410, 503])
async def test_a_refusal_brings_its_code_and_sentence(server: Server, status: int) -> None:
    server.will_answer(status, Problem(code=ErrorCode.INVITE_USED, message="Used already."))
    answer = await Http(base_url(server)).join(JOIN)
    assert answer == Refused(ErrorCode.INVITE_USED, "Used already.")


@pytest.mark.parametrize(("oldest", "newest", "is_server_older"), [(0, 0, True), (7, 9, False)])
async def test_no_protocol_in_common(
    server: Server, oldest: int, newest: int, is_server_older: bool
) -> None:
    server.will_answer(200, msgspec.structs.replace(ABOUT, oldest_protocol=oldest, protocol=newest))
    answer = await Http(base_url(server)).about()
    assert isinstance(answer, TooOld)
    assert answer.is_server_older is is_server_older


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_that_fails(server: Server, status: int) -> None:
    server.status, server.body = status, b"<h1>Bad gateway</h1>"
    assert await Http(base_url(server)).about() == ServerTrouble(status)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>Sign in to the hotel</html>"),
        (200, b"{}"),
        (200, b"\xff\xfe"),
        (200, msgspec.json.encode(msgspec.structs.replace(ABOUT, product="Other"))),
        (204, b""),
        (404, b"not here"),
        (401, b"{}"),
    ],
)
async def test_something_else_at_the_address(server: Server, status: int, body: bytes) -> None:
    server.status, server.body = status, body
    assert isinstance(await Http(base_url(server)).about(), NotSamebox)


async def test_a_redirect_is_not_followed_so_no_token_goes_astray(server: Server) -> None:
    with running(Server()) as other:
        server.status, server.headers = 307, {"Location": base_url(other) + "/api/articles"}
        answer = await Http(base_url(server)).articles("secret", Asked())
        assert other.asked == []
    assert isinstance(answer, NotSamebox)


async def test_an_answer_that_is_far_too_long_is_not_taken(server: Server) -> None:
    server.body = msgspec.json.encode(ABOUT) + b" " * MAX_BODY
    assert isinstance(await Http(base_url(server)).about(), NotSamebox)


async def test_what_is_not_even_http() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.com ESMTP\r\n")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        answer = await Http(f"http://127.0.0.1:{port}").about()
    assert isinstance(answer, NotSamebox)


async def test_a_server_that_dies_in_the_middle_of_its_answer(server: Server) -> None:
    server.headers = {"Content-Length": "1000"}
    assert await Http(base_url(server)).about() == Unreachable(UnreachableReason.CUT)


async def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = await Http(f"http://127.0.0.1:{port}").about()
    assert isinstance(answer, Unreachable)
    assert answer.reason is UnreachableReason.REFUSED


async def test_a_name_that_does_not_exist() -> None:
    answer = await Http("https://nobody.invalid").about()
    assert isinstance(answer, Unreachable)
    assert answer.reason is UnreachableReason.NAME_NOT_FOUND


async def test_a_server_that_never_answers_is_given_up_and_its_thread_ends() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        answer = await Http(url, timeout=0.05).about()
        assert answer == Unreachable(UnreachableReason.TIMED_OUT)


async def test_a_request_that_is_no_longer_wanted_ends_at_once() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        asking = asyncio.create_task(Http(url, timeout=3600.0).about())
        accepted, _ = await asyncio.to_thread(deaf.accept)
        with accepted:
            assert await asyncio.to_thread(accepted.recv, 3) == b"GET"
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            while await asyncio.to_thread(accepted.recv, 4096):
                pass


async def test_a_trusted_certificate(certificate: Certificate) -> None:
    server = Server()
    server.will_answer(200, ABOUT)
    server.socket = certificate.server.wrap_socket(server.socket, server_side=True)
    with running(server):
        url = base_url(server, "https")
        assert await Http(url, tls=certificate.trusting).about() == ABOUT
        answer = await Http(url).about()
    assert isinstance(answer, BadCertificate)
    assert answer.reason is CertificateFlaw.SELF_SIGNED


async def test_a_certificate_for_another_address(certificate_of_another: Certificate) -> None:
    server = Server()
    server.socket = certificate_of_another.server.wrap_socket(server.socket, server_side=True)
    with running(server):
        http = Http(base_url(server, "https"), tls=certificate_of_another.trusting)
        answer = await http.join(JOIN)
    assert isinstance(answer, BadCertificate)
    assert answer.reason is CertificateFlaw.WRONG_NAME
    assert server.asked == []


async def test_a_safe_address_on_a_port_that_is_not(server: Server) -> None:
    server.body = json.dumps({}).encode()
    assert isinstance(await Http(base_url(server, "https")).about(), NotSamebox)
