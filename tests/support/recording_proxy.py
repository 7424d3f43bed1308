"""A wire tap: passes TCP on to the real server, and keeps every byte that left the laptop."""

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

WEBSOCKET = b"Upgrade: websocket"
END_OF_HEAD = b"\r\n\r\n"
LOOK_SECONDS = 0.05
PART = 65_536


@dataclass
class Recording:
    """The bytes of each connection, from the laptop to the server, in the order they were made."""

    port: int
    connections: list[bytearray] = field(default_factory=list)

    def said(self) -> bytes:
        """Everything the laptop said, with the masks of WebSocket frames taken off."""
        return b"\n".join(unmasked(bytes(raw)) for raw in list(self.connections))

    def frames(self) -> list[bytes]:
        """Every WebSocket frame from the laptop, in order."""
        return [frame for raw in list(self.connections) for frame in frames_in(bytes(raw))]


def unmasked(raw: bytes) -> bytes:
    """The bytes of a connection as its sender meant them."""
    head, _, _ = raw.partition(END_OF_HEAD)
    frames = frames_in(raw)
    return b"\n".join([head, *frames]) if frames else raw


def frames_in(raw: bytes) -> list[bytes]:
    """The payloads of a connection that became a WebSocket; RFC 6455, section 5.2."""
    head, _, rest = raw.partition(END_OF_HEAD)
    if WEBSOCKET.lower() not in head.lower():
        return []
    found = []
    while len(rest) >= 2:
        assert not rest[0] & 0x70, "compressed or extended frames cannot be read here"
        assert rest[1] & 0x80, "a client's frame is always masked"
        size, at = rest[1] & 0x7F, 2
        if size >= 126:
            wide = 2 if size == 126 else 8
            size, at = int.from_bytes(rest[2 : 2 + wide]), 2 + wide
        mask, body = rest[at : at + 4], rest[at + 4 : at + 4 + size]
        if len(body) < size:
            break
        found.append(bytes(byte ^ mask[index % 4] for index, byte in enumerate(body)))
        rest = rest[at + 4 + size :]
    return found


@contextlib.contextmanager
def recording(server_port: int) -> Iterator[Recording]:
    """Listens on a free port of loopback until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        tap = Recording(listening.getsockname()[1])
        over = threading.Event()
        threads = [threading.Thread(target=_accept, args=(listening, server_port, tap, over))]
        threads[0].start()
        try:
            yield tap
        finally:
            over.set()
            threads[0].join()


def _accept(
    listening: socket.socket, server_port: int, tap: Recording, over: threading.Event
) -> None:
    """One thread passes everything on; laptops of a test are few."""
    pairs: dict[socket.socket, tuple[socket.socket, bytearray | None]] = {}
    while not over.is_set():
        ready, _, _ = select.select([listening, *pairs], [], [], LOOK_SECONDS)
        for one in ready:
            if one is listening:
                _connect(listening, server_port, tap, pairs)
            elif one in pairs:
                _pass_on(one, pairs)
    for one in pairs:
        one.close()


def _connect(
    listening: socket.socket,
    server_port: int,
    tap: Recording,
    pairs: dict[socket.socket, tuple[socket.socket, bytearray | None]],
) -> None:
    laptop, _ = listening.accept()
    server = socket.create_connection(("127.0.0.1", server_port))
    tap.connections.append(bytearray())
    pairs[laptop] = (server, tap.connections[-1])
    pairs[server] = (laptop, None)


def _pass_on(
    one: socket.socket, pairs: dict[socket.socket, tuple[socket.socket, bytearray | None]]
) -> None:
    """What cannot be passed on ends both sides."""
    other, kept = pairs[one]
    try:
        part = one.recv(PART)
        if kept is not None:
            kept += part
        other.sendall(part)
    except OSError:
        part = b""
    if not part:
        for side in (one, other):
            del pairs[side]
            side.close()
