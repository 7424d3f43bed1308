"""A client that says bytes: good ones, and any bad ones a test wants. Frames are put together by
hand here, so that the tests do not believe the library that they test."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from tests.server.running import Person

TEXT, BINARY, CONT, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10
FIN = 0x80
DEADLINE = 20.0
KEY = "dGhlIHNhbXBsZSBub25jZQ=="
MASK = b"\x37\xfa\x21\x3d"
HELLO = b'{"type":"hello","protocol":1,"agent_version":"0","epoch":"","acked_seq":0}'


class Seen(NamedTuple):
    """A frame of the server."""

    opcode: int
    data: bytes


def frame(
    opcode: int, data: bytes = b"", *, fin: bool = True, reserved: int = 0, masked: bool = True
) -> bytes:
    """One frame of a client."""
    mask_bit = 0x80 if masked else 0
    head = bytes([(FIN if fin else 0) | reserved << 4 | opcode])
    if len(data) < 126:
        head += bytes([mask_bit | len(data)])
    elif len(data) < 65536:
        head += struct.pack("!BH", mask_bit | 126, len(data))
    else:
        head += struct.pack("!BQ", mask_bit | 127, len(data))
    return head + (MASK + _masked(data) if masked else data)


def _masked(data: bytes) -> bytes:
    key = MASK * (len(data) // 4 + 1)
    number = int.from_bytes(data, "big") ^ int.from_bytes(key[: len(data)], "big")
    return number.to_bytes(len(data), "big")


def close_frame(code: int, reason: bytes = b"") -> bytes:
    """A goodbye."""
    return frame(CLOSE, struct.pack("!H", code) + reason)


def upgrade(token: str, *, without: str = "", **changes: str) -> bytes:
    """The request that opens a socket; names are written with _ for -."""
    headers = {
        "Host": "localhost",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": KEY,
        "Sec-WebSocket-Version": "13",
        "Authorization": f"Bearer {token}",
    } | {name.replace("_", "-"): text for name, text in changes.items()}
    lines = [f"{name}: {text}\r\n" for name, text in headers.items() if name != without]
    return ("GET /agent HTTP/1.1\r\n" + "".join(lines) + "\r\n").encode()


class RawSocket:
    """A TCP connection to the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, *data: bytes) -> None:
        """Some bytes; a peer that is gone takes nothing any more."""
        try:
            for each in data:
                self._writer.write(each)
                await self._writer.drain()
        except ConnectionError:
            return

    async def answer(self) -> bytes:
        """The head of the answer to a request."""
        return await asyncio.wait_for(self._reader.readuntil(b"\r\n\r\n"), DEADLINE)

    async def next(self) -> Seen:
        """The next frame. Raises IncompleteReadError at the end."""
        return await asyncio.wait_for(self._next(), DEADLINE)

    async def next_of(self, opcode: int) -> Seen:
        """The next frame of a kind; others are passed over."""
        while True:
            seen = await self.next()
            if seen.opcode == opcode:
                return seen

    async def closed_with(self) -> int:
        """The code of the server's goodbye; 1005 for one without, 1006 for none at all."""
        try:
            seen = await self.next_of(CLOSE)
        except (asyncio.IncompleteReadError, ConnectionError):
            return 1006
        return struct.unpack("!H", seen.data[:2])[0] if seen.data else 1005

    async def ended(self) -> None:
        """Waits until the server has closed the connection."""
        try:
            while await asyncio.wait_for(self._reader.read(65536), DEADLINE):
                pass
        except ConnectionError:
            return

    async def close(self) -> None:
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except ConnectionError:
            return

    async def _next(self) -> Seen:
        first, length = await self._reader.readexactly(2)
        assert first & 0x70 == 0, "reserved bits of the server"
        assert length & 0x80 == 0, "a server must not mask"
        if length == 126:
            (length,) = struct.unpack("!H", await self._reader.readexactly(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", await self._reader.readexactly(8))
        return Seen(first & 15, await self._reader.readexactly(length))


@asynccontextmanager
async def connection(url: str) -> AsyncIterator[RawSocket]:
    """A connection that has said nothing yet."""
    host, port = url.removeprefix("http://").split(":")
    socket = RawSocket(*await asyncio.open_connection(host, int(port)))
    try:
        yield socket
    finally:
        await socket.close()


@asynccontextmanager
async def opened(person: Person, *, is_welcome: bool = True) -> AsyncIterator[RawSocket]:
    """An open socket of this person."""
    async with connection(person.server.url) as socket:
        await socket.send(upgrade(person.token))
        assert (await socket.answer()).startswith(b"HTTP/1.1 101")
        if is_welcome:
            await socket.send(frame(TEXT, HELLO))
            assert b'"type":"welcome"' in (await socket.next()).data
        yield socket
