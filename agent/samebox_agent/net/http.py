"""HTTP requests to the server: about, join, articles, invites. Each in a worker thread.

Redirects are not followed and no proxy is asked: a token goes to the address the person joined,
or nowhere.
"""

import asyncio
import contextlib
import socket
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec
from samebox_shared.protocol.bundles import Asked
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
from samebox_shared.protocol.versions import PROTOCOL, is_spoken

from samebox_agent.net.failures import (
    Failure,
    NotSamebox,
    Refused,
    ServerTrouble,
    TooOld,
    Unreachable,
    UnreachableReason,
    from_os_error,
)

if TYPE_CHECKING:
    from http.client import HTTPConnection

TIMEOUT = 10.0
"""Seconds for the whole of a request."""
MAX_BODY = 16 * 1024 * 1024
"""Bytes of one answer; a page of articles is far below."""
PRODUCT = "samebox"

T = TypeVar("T")


@dataclass(frozen=True)
class _Request:
    method: str
    path: str
    token: str = ""
    body: bytes | None = None


@dataclass(frozen=True)
class _Answer:
    status: int
    body: bytes


class Http:
    """Requests to one server. `base_url` has no trailing slash; `timeout` counts seconds in all.

    `tls` replaces the system's own trust, for tests.
    """

    def __init__(
        self, base_url: str, *, timeout: float = TIMEOUT, tls: ssl.SSLContext | None = None
    ) -> None:
        self._base_url = base_url
        self._timeout = timeout
        self._tls = tls

    async def about(self) -> About | Failure:
        """Who is there; TooOld when we share no protocol."""
        about = await self._ask(_Request("GET", "/api/about"), About)
        if not isinstance(about, About):
            return about
        if about.product.casefold() != PRODUCT:
            return NotSamebox(f"the address is of {about.product}")
        oldest, newest = about.oldest_protocol, about.protocol
        if not is_spoken(PROTOCOL, oldest=oldest, newest=newest):
            return TooOld(oldest, newest, PROTOCOL)
        return about

    async def join(self, request: JoinRequest) -> Joined | Failure:
        """Redeem an invite. Safe to repeat with the same token."""
        body = msgspec.json.encode(request)
        return await self._ask(_Request("POST", "/api/join", body=body), Joined)

    async def articles(self, token: str, asked: Asked) -> bytes | Failure:
        """What changed since the laptop's copy, as a bundle that nobody has looked at yet."""
        query = urlencode(msgspec.structs.asdict(asked))
        answer = await self._carry_out(_Request("GET", f"/api/articles?{query}", token))
        if isinstance(answer, _Answer):
            return answer.body if answer.status < 300 else _refusal(answer)
        return answer

    async def board(self, token: str) -> Board | Failure:
        """Open questions of others that fit the caller's own device types."""
        return await self._ask(_Request("GET", "/api/board", token), Board)

    async def make_invite(self, token: str, request: InviteRequest) -> Invite | Failure:
        """An invite for a colleague, by the owner or IT."""
        body = msgspec.json.encode(request)
        return await self._ask(_Request("POST", "/api/invites", token, body), Invite)

    async def portal_link(self, token: str, request: PortalLinkRequest) -> PortalLink | Failure:
        """A link that opens the portal once, signed in as the caller. Keep it out of the log."""
        body = msgspec.json.encode(request)
        return await self._ask(_Request("POST", "/api/portal-links", token, body), PortalLink)

    async def _ask(self, request: _Request, kind: type[T]) -> T | Failure:
        answer = await self._carry_out(request)
        return _read(answer, kind) if isinstance(answer, _Answer) else answer

    async def _carry_out(self, request: _Request) -> _Answer | Failure:
        exchange = _Exchange(self._base_url, self._timeout, self._tls)
        try:
            async with asyncio.timeout(self._timeout):
                return await asyncio.to_thread(exchange.carry_out, request)
        except TimeoutError:
            return Unreachable(UnreachableReason.TIMED_OUT)
        finally:
            exchange.abort()


class _Exchange:
    """One request on one connection, in a worker thread; may be aborted from another."""

    def __init__(self, base_url: str, timeout: float, tls: ssl.SSLContext | None) -> None:
        self._url = urlsplit(base_url)
        self._timeout = timeout
        self._tls = tls
        self._connection: HTTPConnection | None = None

    def carry_out(self, request: _Request) -> _Answer | Failure:
        from http.client import HTTPException, IncompleteRead  # with the mail parser: not before

        try:
            return self._exchange(request)
        except OSError as error:
            return from_os_error(error)
        except IncompleteRead:
            return Unreachable(UnreachableReason.CUT)
        except (HTTPException, ValueError) as error:
            return NotSamebox(f"not an answer in HTTP: {type(error).__name__}")
        finally:
            if self._connection is not None:
                self._connection.close()

    def abort(self) -> None:
        """Wake a thread that waits for bytes; harmless when it is done."""
        connection = self._connection
        if connection is not None and connection.sock is not None:
            with contextlib.suppress(OSError):
                # The plain socket's method: TLS's own would pull the state from under the thread.
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    def _exchange(self, request: _Request) -> _Answer | Failure:
        self._connection = connection = self._connect()
        headers = {"Accept": "application/json", "Connection": "close"}
        if request.token:
            headers["Authorization"] = f"Bearer {request.token}"
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(request.method, self._url.path + request.path, request.body, headers)
        response = connection.getresponse()
        body = response.read(MAX_BODY + 1)
        if len(body) > MAX_BODY:
            return NotSamebox("the answer is far too long")
        if response.length:  # promised and not sent
            return Unreachable(UnreachableReason.CUT)
        return _Answer(response.status, body)

    def _connect(self) -> "HTTPConnection":
        from http.client import HTTPConnection, HTTPSConnection

        host = self._url.hostname or ""
        if self._url.scheme == "http":
            return HTTPConnection(host, self._url.port, timeout=self._timeout)
        tls = self._tls or ssl.create_default_context()
        return HTTPSConnection(host, self._url.port, timeout=self._timeout, context=tls)


def _read(answer: _Answer, kind: type[T]) -> T | Failure:
    if answer.status < 300:
        try:
            return msgspec.json.decode(answer.body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return _not_ours(answer)
    return _refusal(answer)


def _refusal(answer: _Answer) -> Failure:
    if answer.status < 400:
        return _not_ours(answer)
    try:
        problem = msgspec.json.decode(answer.body, type=Problem)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ServerTrouble(answer.status) if answer.status >= 500 else _not_ours(answer)
    return Refused(problem.code, problem.message)


def _not_ours(answer: _Answer) -> NotSamebox:
    return NotSamebox(f"an answer {answer.status} that is not ours")
