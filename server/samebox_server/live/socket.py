"""The WebSocket handler of `/agent`: decodes at the border, hands frames to the hub.

Limits and close codes are those of `samebox_shared.protocol`. The handler owns three tasks for
each socket (receive, send, follow the feed); when one ends, so do the others.
"""

import asyncio
import logging
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
from samebox_server.store.devices import Caller
from samebox_server.store.writer import StorageFailed

CLOSE_SECONDS = 5.0
"""How long a socket that does not read may hold up its own closing."""

_log = logging.getLogger(__name__)

Socket = WebSocket[Any, Any, Any]


def agent_socket(hub: Hub, *, hello_seconds: float, gone_seconds: float) -> WebsocketRouteHandler:
    """The route; it knows nothing but the hub."""

    @websocket("/agent", name="agent")
    async def agent(socket: Socket) -> None:
        await socket.accept()
        code = await _converse(socket, hub, hello_seconds, gone_seconds)
        await _close(socket, code)

    return agent


async def _converse(
    socket: Socket, hub: Hub, hello_seconds: float, gone_seconds: float
) -> CloseCode | None:
    """From hello to goodbye; the code to close with, or None when the other end is gone."""
    if hub.is_going_down:
        return CloseCode.GOING_DOWN
    caller = await hub.identify(socket.headers.get("authorization", ""))
    if caller is None:
        return CloseCode.NOT_SIGNED_IN
    try:
        hello = await asyncio.wait_for(_next_frame(socket), hello_seconds)
        if hello is None:
            return None
        refusal = _refuse(hello)
        if refusal is not None or not isinstance(hello, Hello):
            return refusal
        return await _serve(socket, hub, caller, hello, gone_seconds)
    except TimeoutError:
        return CloseCode.MALFORMED
    except RemoteProtocolError as error:
        _log.info("a device broke the protocol", extra={"device_id": caller.device_id})
        return error.close
    except StorageFailed:
        return CloseCode.GOING_DOWN


def _refuse(first: AgentFrame) -> CloseCode | None:
    if not isinstance(first, Hello):
        return CloseCode.MALFORMED
    return None if is_spoken(first.protocol) else CloseCode.PROTOCOL_TOO_OLD


async def _serve(
    socket: Socket, hub: Hub, caller: Caller, hello: Hello, gone_seconds: float
) -> CloseCode | None:
    connection = await hub.greet(caller, hello)

    async def send(data: bytes) -> None:
        await socket.send_data(data.decode(), mode="text")

    tasks: set[asyncio.Future[Any]] = {
        asyncio.create_task(_receive_all(socket, hub, connection, gone_seconds)),
        asyncio.create_task(connection.send_all(send)),
        asyncio.create_task(connection.follow(lambda: hub.peers_now(caller))),
    }
    try:
        await asyncio.wait(tasks | {connection.closing}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        await hub.leave(connection)
    for end in ended:
        if isinstance(end, Exception) and not isinstance(end, OSError | WebSocketException):
            _log.error("a connection failed", exc_info=end)
    return connection.closing.result() if connection.closing.done() else None


async def _receive_all(
    socket: Socket, hub: Hub, connection: Connection, gone_seconds: float
) -> None:
    while True:
        try:
            frame = await asyncio.wait_for(_next_frame(socket), gone_seconds)
        except RemoteProtocolError as error:
            connection.close(error.close)
            return
        except TimeoutError:
            return
        if frame is None:
            return
        await hub.receive(connection, frame)


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
