"""The second start of Samebox asks the first to show itself, and leaves.

The first listens on a free loopback port and writes the port and a random word into a file that
only its owner can read; whoever cannot say the word is not heard. Qt's own local socket would do
the same, but brings its network library and Kerberos with it: 4 MB that an idle laptop pays for.
"""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_SECONDS = 2.0
"""How long the second start tries, because the first may only just have begun."""
AGAIN_SECONDS = 0.05
HEARD = b"heard"


async def listen(file: Path, on_call: Callable[[], None]) -> asyncio.Server:
    """From now on `on_call` is called each time another copy starts. Raises OSError."""
    word = secrets.token_hex(16).encode()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                said = await reader.readexactly(len(word))
            if secrets.compare_digest(said, word):
                on_call()
                writer.write(HEARD)
                await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            return  # not one of ours, or it did not wait for the answer
        finally:
            writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0, start_serving=False)
    try:
        port = server.sockets[0].getsockname()[1]
        _write_private(file, b"%d %s" % (port, word))
        await server.start_serving()
    except BaseException:
        server.close()
        raise
    return server


def call(file: Path) -> bool:
    """Ask the first copy to show itself; False when it does not answer. Blocks."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        if _call_once(file):
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(AGAIN_SECONDS)


def _call_once(file: Path) -> bool:
    try:
        port, word = file.read_bytes().split()
        with socket.create_connection(("127.0.0.1", int(port)), PATIENCE_SECONDS) as first:
            first.sendall(word)
            return first.recv(len(HEARD)) == HEARD
    except (OSError, ValueError):
        return False


def _write_private(file: Path, content: bytes) -> None:
    """In one step, so that nobody reads half of it."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
    fresh.replace(file)
