"""The floor: a bare asyncio protocol that stores nothing and knows nobody, on uvloop.

Run as a program with a port it is the server; as a subject it shows what the least is that a
socket can cost in Python. It answers a line with a line; the line `all` goes to everybody.
"""

import asyncio
import sys
from pathlib import Path
from typing import cast

import uvloop

from benchmarks.load.client import Client
from benchmarks.peers.subject import Peer
from tasks.stage.postgres import free_port

ALL = b"all\n"
BACKLOG = 4096


class _Line(asyncio.Protocol):
    everybody: "set[_Line]" = set()  # noqa: RUF012 - one server, one set

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)
        self.everybody.add(self)

    def data_received(self, data: bytes) -> None:
        if data == ALL:
            for each in self.everybody:
                each._transport.write(ALL)
        else:
            self._transport.write(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.everybody.discard(self)


class BareClient(Client):
    """Says a line and waits for its echo."""

    def greet(self) -> None:
        self.write(b"hi\n")

    def take(self, data: bytes) -> bytes:
        if ALL in data:
            self.ear.on_notice(self)
        self.is_ready()
        return b""


class Bare(Peer):
    """Has no messages of its own."""

    name = "bare asyncio protocol (floor)"
    keeps = "nothing"

    def start(self, folder: Path, users: int) -> None:
        self.port = free_port()
        root = Path(__file__).parents[2]
        command = [sys.executable, "-m", "benchmarks.peers.bare", str(self.port)]
        self.run(command, folder, {"PYTHONPATH": str(root)})

    def client(self, number: int) -> Client:
        return BareClient(number)

    async def say_to_all(self, speaker: Client) -> None:
        speaker.write(ALL)


async def _serve(port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Line, "127.0.0.1", port, backlog=BACKLOG)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(int(sys.argv[1])))
