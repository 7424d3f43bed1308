"""The plain WebSocket handler of `/agent`, on what the web framework offers.

It does what lean_socket.py does and passes the same tests, at about ten times the memory; it is
the fallback (`SAMEBOX_SOCKET=plain`). It owns two tasks for each socket, one that receives and
one that sends; when one ends, so does the other.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketException
from litestar.handlers import WebsocketRouteHandler
from samebox_shared.protocol.codec import decode_agent_frame
from samebox_shared.protocol.errors import CloseCode, RemoteProtocolError
from samebox_shared.protocol.messages import AgentFrame, Hello
from samebox_shared.protocol.versions import is_spoken

from samebox_server.live.connection import Connection
from samebox_server.live.hub import Hub
from samebox_server.logs import new_connection_id
from samebox_server.store.devices import Caller

CLOSE_SECONDS = 5.0
"""How long a socket that does not read may hold up its own closing."""
_log = logging.getLogger(__name__)

Socket = WebSocket[Any, Any, Any]


def agent_socket(hub: Hub, *, hello_seconds: float) -> WebsocketRouteHandler:
    """The route; it knows nothing but the hub."""

    @websocket("/agent", name="agent")
    async def agent(socket: Socket) -> None:
        await socket.accept()
        code = await _converse(socket, hub, hello_seconds)
        await _close(socket, code)

    return agent


def refuse(first: AgentFrame) -> CloseCode | None:
    """Why this first frame is no hello that we understand."""
    if not isinstance(first, Hello):
        return CloseCode.MALFORMED
    return None if is_spoken(first.protocol) else CloseCode.PROTOCOL_TOO_OLD


class _PlainWire:
    """A queue between the hub, which never waits, and the framework's `send`, which does."""

    def __init__(self, queue_limit: int) -> None:
        self._full = queue_limit // 2
        self.connection_id = new_connection_id()
        self.closing: asyncio.Future[CloseCode] = asyncio.get_running_loop().create_future()
        self.may_read = asyncio.Event()
        self.may_read.set()
        self._outgoing: asyncio.Queue[bytes] = asyncio.Queue()
        self._roomy = asyncio.Event()

    @property
    def waiting(self) -> int:
        return self._outgoing.qsize()

    @property
    def is_full(self) -> bool:
        return self._outgoing.qsize() >= self._full

    def send(self, data: bytes) -> None:
        self._outgoing.put_nowait(data)

    def close(self, code: CloseCode) -> None:
        if not self.closing.done():
            self.closing.set_result(code)

    def hold(self, is_held: bool) -> None:
        if is_held:
            self.may_read.clear()
        else:
            self.may_read.set()

    async def drained(self) -> None:
        self._roomy.clear()
        await self._roomy.wait()

    async def send_all(self, send: Callable[[bytes], Awaitable[None]]) -> None:
        """Sends what is queued, one at a time, for as long as the socket takes it."""
        while True:
            if self._outgoing.qsize() <= self._full // 2:
                self._roomy.set()
            await send(await self._outgoing.get())

    def let_go(self) -> None:
        """Nobody has to wait for this wire any more."""
        self._roomy.set()


async def _converse(socket: Socket, hub: Hub, hello_seconds: float) -> CloseCode | None:
    """From hello to goodbye; the code to close with, or None when the other end is gone."""
    if hub.is_going_down:
        return CloseCode.GOING_DOWN
    caller = await _identify(socket, hub)
    if not isinstance(caller, Caller):
        return CloseCode.NOT_SIGNED_IN if caller is None else CloseCode.GOING_DOWN
    try:
        hello = await asyncio.wait_for(_next_frame(socket), hello_seconds)
        if hello is None:
            return None
        refusal = refuse(hello)
        if refusal is not None or not isinstance(hello, Hello):
            return refusal
        return await _serve(socket, hub, caller, hello)
    except TimeoutError:
        return CloseCode.MALFORMED
    except RemoteProtocolError as error:
        _log.info("a device broke the protocol", extra={"device_id": caller.device_id})
        return error.close


async def _identify(socket: Socket, hub: Hub) -> Caller | Exception | None:
    answer: asyncio.Future[Caller | Exception | None] = asyncio.get_running_loop().create_future()
    hub.identify(
        socket.headers.get("authorization", ""),
        lambda caller: None if answer.done() else answer.set_result(caller),
    )
    return await answer


async def _serve(socket: Socket, hub: Hub, caller: Caller, hello: Hello) -> CloseCode | None:
    wire, welcome = _PlainWire(hub.queue_limit), asyncio.Event()
    connection = hub.greet(caller, hello, wire, welcome.set)

    async def send(data: bytes) -> None:
        await socket.send_data(data.decode(), mode="text")

    tasks: set[asyncio.Future[Any]] = {
        asyncio.create_task(_receive_all(socket, hub, connection, wire, welcome)),
        asyncio.create_task(wire.send_all(send)),
    }
    try:
        await asyncio.wait(tasks | {wire.closing}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        connection.is_closing = True
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        hub.leave(connection)
        wire.let_go()
    for end in ended:
        if isinstance(end, Exception) and not isinstance(end, OSError | WebSocketException):
            _log.error("a connection failed", exc_info=end)
    return wire.closing.result() if wire.closing.done() else None


async def _receive_all(
    socket: Socket, hub: Hub, connection: Connection, wire: _PlainWire, welcome: asyncio.Event
) -> None:
    await welcome.wait()
    while True:
        await wire.may_read.wait()
        try:
            frame = await _next_frame(socket)
        except RemoteProtocolError as error:
            connection.close(error.close)
            return
        if frame is None:
            return
        hub.receive(connection, frame)


async def _next_frame(socket: Socket) -> AgentFrame | None:
    """The next frame, or None when the socket is closed. Raises RemoteProtocolError."""
    message: dict[str, Any] = dict(await socket.receive())
    if message["type"] != "websocket.receive":
        return None
    text = message.get("text")
    return decode_agent_frame(text if text is not None else message["bytes"])


async def _close(socket: Socket, code: CloseCode | None) -> None:
    try:
        await asyncio.wait_for(socket.close(code or CloseCode.GOING_DOWN), CLOSE_SECONDS)
    except (OSError, TimeoutError, WebSocketException):
        _log.debug("a socket was gone before it was closed")
