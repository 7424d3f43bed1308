"""The client's side of a WebSocket (RFC 6455), as far as a text of at most 64 KiB needs it.

Pure. Frames are masked with the key zero, which is allowed and costs the generator nothing; the
server cannot tell and unmasks as always.
"""

import base64
import struct
from collections.abc import Iterator
from dataclasses import dataclass

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
_FINAL, _MASKED = 0x80, 0x80
_NO_KEY = b"\0\0\0\0"
_KEY = base64.b64encode(b"samebox-bench-16").decode()


@dataclass(frozen=True)
class Frame:
    """One whole frame and where it ended in the data."""

    opcode: int
    payload: bytes
    end: int


def upgrade(path: str, port: int, authorization: str) -> bytes:
    """The request that turns HTTP into a WebSocket."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {_KEY}",
        f"Authorization: {authorization}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def masked(payload: bytes, opcode: int = TEXT) -> bytes:
    """A frame from the client."""
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", _FINAL | opcode, _MASKED | size)
    elif size < 65536:
        head = struct.pack("!BBH", _FINAL | opcode, _MASKED | 126, size)
    else:
        raise ValueError(f"{size} bytes in one frame")
    return head + _NO_KEY + payload


def frames(data: bytes) -> Iterator[Frame]:
    """The whole frames at the start of `data`, from a server, so unmasked."""
    start = 0
    while (found := _frame(data, start)) is not None:
        yield found
        start = found.end


def _frame(data: bytes, start: int) -> Frame | None:
    if len(data) < start + 2:
        return None
    size, body = data[start + 1], start + 2
    if size == 126:
        if len(data) < start + 4:
            return None
        size, body = int.from_bytes(data[start + 2 : start + 4]), start + 4
    elif size == 127:
        if len(data) < start + 10:
            return None
        size, body = int.from_bytes(data[start + 2 : start + 10]), start + 10
    end = body + size
    if len(data) < end:
        return None
    return Frame(data[start] & 0x0F, data[body:end], end)
