"""nats-server with JetStream, its streams in files."""

import json
import socket
from pathlib import Path

from benchmarks.load.client import NOTICE, Client
from benchmarks.load.nats import STREAM, NatsClient, publish
from benchmarks.peers.subject import CannotRun, Peer
from tasks.stage.postgres import free_port

CONFIGURATION = """\
listen: 127.0.0.1:{port}
max_connections: 64000
jetstream {{ store_dir: "{folder}/store" }}
"""


class Nats(Peer):
    """Writes each message to a file before it acknowledges, and syncs every two minutes."""

    name = "nats-server"
    keeps = "JetStream file store, synced by default every 2 minutes"

    def start(self, folder: Path, users: int) -> None:
        program = self.needs("nats-server")
        self.port = free_port()
        file = folder / "nats.conf"
        file.write_text(CONFIGURATION.format(port=self.port, folder=folder), encoding="utf-8")
        self.run([program, "-c", str(file)], folder)
        self._make_stream()

    def client(self, number: int) -> Client:
        return NatsClient(number)

    async def say_to_all(self, speaker: Client) -> None:
        assert isinstance(speaker, NatsClient)
        speaker.say_to_all(NOTICE)

    def _make_stream(self) -> None:
        wanted = {
            "name": STREAM,
            "subjects": ["chat.*", "claim.*"],
            "storage": "file",
            "retention": "limits",
            "num_replicas": 1,
        }
        asked = publish(f"$JS.API.STREAM.CREATE.{STREAM}", "_made", json.dumps(wanted).encode())
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.sendall(b'CONNECT {"verbose":false}\r\nSUB _made 1\r\n' + asked)
            said = b""
            while b"_made" not in said or not said.endswith(b"\r\n"):
                said += line.recv(65536)
        if b'"error"' in said:
            raise CannotRun(said.decode())
