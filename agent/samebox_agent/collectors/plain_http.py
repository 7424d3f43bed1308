"""One plain HTTP request over one socket. The library's own client takes longer to import than the
server to answer, and does not speak to CUPS, which listens on a file."""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

TIME_LIMIT = 1.5
MOST = 256 * 1024

Address = str | tuple[str, int]
"""A socket's path on this laptop, or a host and a port."""


class Answer(Struct, frozen=True):
    """`location` is where a redirect points; it is never followed."""

    status: int
    location: str
    body: bytes


def ask(
    address: Address, line: str, headers: Mapping[str, str], body: bytes = b""
) -> Answer | None:
    """`line` is "GET /path". None when nothing answers in HTTP. Blocks, a second and a half at most
    for each piece."""
    import socket

    said = {**headers, "Connection": "close", "Content-Length": str(len(body))}
    lines = [f"{line} HTTP/1.0", *(f"{name}: {value}" for name, value in said.items()), "", ""]
    try:
        if isinstance(address, tuple):
            host, port = address
            place = (plain_name(host), port)
            connection = socket.create_connection(place, TIME_LIMIT)  # type: ignore[arg-type]
        else:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with connection:
            connection.settimeout(TIME_LIMIT)
            if isinstance(address, str):
                connection.connect(address)
            connection.sendall("\r\n".join(lines).encode() + body)
            return parsed(_all_of(connection.recv))
    except (OSError, AttributeError):  # Windows has sockets of this kind, its Python has not
        return None


def plain_name(host: str) -> str | bytes:
    """As bytes the resolver takes it as it is. For a string Python first loads its tables for names
    in foreign letters, 2 ms that a plain name does not need."""
    return host.encode() if host.isascii() else host


def _all_of(receive: Callable[[int], bytes]) -> bytes:
    told = b""
    while len(told) < MOST and (more := receive(65_536)):
        told += more
    return told


def parsed(told: bytes) -> Answer | None:
    """None for what is no HTTP."""
    head, _, body = told.partition(b"\r\n\r\n")
    text = head.decode("latin-1")
    status = re.match(r"HTTP/\d(?:\.\d)? (\d{3})\b", text)
    if status is None:
        return None
    location = re.search(r"^location:[ \t]*(\S+)", text, re.M | re.I)
    return Answer(int(status[1]), location[1] if location else "", body)
