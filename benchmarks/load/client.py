"""One connection of one user, whatever the protocol; what the measuring code may know of it."""

import asyncio
from collections.abc import Callable
from typing import cast

CONNECT_SECONDS = 30.0
FILLER = " It is still slow after the restart, and the fan has not stopped since then. Any idea?"
NOTICE = "Mail is down. We are on it."
TOKEN_DIGITS = 8


def text_of(token: int) -> str:
    """A message of some hundred characters that carries its number."""
    return f"{token:0{TOKEN_DIGITS}x}{FILLER}"


def token_of(text: str | bytes) -> int:
    """The number a message carries; -1 when it carries none, as a notice does not."""
    try:
        return int(text[:TOKEN_DIGITS], 16)
    except ValueError:
        return -1


class Ear:
    """Who hears of what clients receive; the measuring code overrides what it needs."""

    def on_received(self, client: "Client", token: int) -> None:
        """A message reached this user."""

    def on_ack(self, client: "Client", token: int) -> None:
        """The server says that it has this user's message."""

    def on_notice(self, client: "Client") -> None:
        """What was sent to everybody reached this user."""

    def on_refused(self, client: "Client", token: int, why: str) -> None:
        """The server did not take the message."""


class Client(asyncio.Protocol):
    """Subclasses speak one protocol. `ready` is done when the user can send and be reached."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.ear = Ear()
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.WriteTransport | None = None
        self.rest = b""

    @property
    def partner(self) -> int:
        """The number of the user this one talks with."""
        return self.number ^ 1

    def send(self, token: int) -> None:
        """Write a message to the partner, to be kept by the server."""
        raise NotImplementedError

    def greet(self) -> None:
        """Begin to speak; called once the connection stands."""
        raise NotImplementedError

    def take(self, data: bytes) -> bytes:
        """Handle what is complete in `data`; return what is not."""
        raise NotImplementedError

    def write(self, data: bytes) -> None:
        """Send bytes; after the connection is lost they go nowhere."""
        if self.transport is not None:
            self.transport.write(data)

    def is_ready(self) -> None:
        """Called by the codec at the end of its greeting."""
        if not self.ready.done():
            self.ready.set_result(None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.WriteTransport, transport)  # of uvloop, which inherits none
        self.greet()

    def data_received(self, data: bytes) -> None:
        self.rest = self.take(self.rest + data if self.rest else data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(f"closed by the server: {exc}"))
            self.ready.exception()  # nobody may be waiting any more

    def close(self) -> None:
        """Cut the connection, without a goodbye."""
        if self.transport is not None:
            self.transport.abort()
            self.transport = None


async def connect(port: int, make: Callable[[], Client]) -> Client:
    """A client that is ready. Raises OSError or TimeoutError."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(CONNECT_SECONDS):
        _, client = await loop.create_connection(make, "127.0.0.1", port)
        await client.ready
    return client
