"""One WebSocket to the server, from the handshake to the end; a new one for each attempt.

Nothing here is periodic: a frame that arrives moves the one timer that would call the socket dead.
"""

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING

from samebox_shared.protocol.codec import decode_server_frame, encode
from samebox_shared.protocol.errors import RemoteProtocolError
from samebox_shared.protocol.messages import AgentFrame, Hello, ServerFrame

from samebox_agent.net.closing import Closed, Why, closed_by, failed_to_open

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

SILENCE = 45.0
"""Seconds without a frame after which the socket is dead (DEL-7)."""
OPEN_TIMEOUT = 10.0
"""Seconds for name, TCP, TLS and handshake together; then as many again for `Welcome`."""
MOST_WAITING = 256
"""Frames waiting for the socket (DEL-15)."""


class Connection:
    """One attempt: connect, say hello, deliver every frame, tell how it ended. Never reused.

    The callbacks are called on the loop's thread, in order; `on_closed` exactly once, last, unless
    `run` is cancelled. `tls` replaces the system's own trust, for tests.
    """

    def __init__(
        self,
        url: str,
        token: str,
        hello: Hello,
        *,
        on_frame: Callable[[ServerFrame], None],
        on_closed: Callable[[Closed], None],
        silence: float = SILENCE,
        open_timeout: float = OPEN_TIMEOUT,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._url = url
        self._token = token
        self._hello = hello
        self._on_frame = on_frame
        self._on_closed = on_closed
        self._silence = silence
        self._open_timeout = open_timeout
        self._tls = tls
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._socket: ClientConnection | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._ended_here: Why | None = None

    async def run(self) -> Closed:
        """Run the connection to its end. Cancelling it closes the socket at once."""
        from websockets.exceptions import InvalidHandshake, InvalidURI

        try:
            socket = await self._open()
        except (OSError, InvalidHandshake, InvalidURI) as error:
            closed = failed_to_open(error)
        else:
            closed = await self._live(socket)
        self._on_closed(closed)
        return closed

    def send(self, frame: AgentFrame) -> bool:
        """Queue a frame, in order; False when the connection is not open or 256 are waiting.

        Raises LocalProtocolError when the frame is larger than the server accepts.
        """
        data = encode(frame)
        if self._socket is None or self._ended_here or self._waiting.qsize() >= MOST_WAITING:
            return False
        self._waiting.put_nowait(data)
        return True

    def close(self) -> None:
        """Send what is queued, then say goodbye; `on_closed` follows with CLOSED_HERE.

        An attempt that is still opening ends when it is open; cancel `run` to end it at once.
        """
        if self._ended_here is None:
            self._ended_here = Why.CLOSED_HERE
            self._waiting.put_nowait(None)

    async def _open(self) -> "ClientConnection":
        from samebox_agent.net.opening import open_socket  # slow to import, and not before now

        return await open_socket(
            self._url,
            self._token,
            agent_version=self._hello.agent_version,
            timeout=self._open_timeout,
            tls=self._tls,
        )

    async def _live(self, socket: "ClientConnection") -> Closed:
        """Hello, then read until the end; the writer lives as long as the reader."""
        self._socket = socket
        if self._ended_here is None:
            self._waiting.put_nowait(encode(self._hello))
        writer = asyncio.create_task(self._write(socket))
        try:
            return await self._read(socket)
        finally:
            self._socket = None
            if self._timer is not None:
                self._timer.cancel()
            socket.transport.abort()
            writer.cancel()
            await asyncio.wait([writer])

    async def _read(self, socket: "ClientConnection") -> Closed:
        from websockets.exceptions import ConnectionClosed

        self._expect_within(self._open_timeout, socket)
        while True:
            try:
                frame = decode_server_frame(await socket.recv(decode=False))
            except ConnectionClosed as error:
                return closed_by(error, self._ended_here)
            except RemoteProtocolError as error:
                await socket.close(error.close)
                return Closed(Why.MALFORMED, error.close, str(error))
            self._expect_within(self._silence, socket)
            if self._ended_here is None:
                self._on_frame(frame)

    async def _write(self, socket: "ClientConnection") -> None:
        from websockets.exceptions import ConnectionClosed

        with contextlib.suppress(ConnectionClosed):  # the reader tells how it ended
            while (data := await self._waiting.get()) is not None:
                await socket.send(data, text=True)
            await socket.close()

    def _expect_within(self, seconds: float, socket: "ClientConnection") -> None:
        if self._timer is not None:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._give_up, socket)

    def _give_up(self, socket: "ClientConnection") -> None:
        self._ended_here = Why.SILENT
        socket.transport.abort()
