"""Eclipse Mosquitto, a broker of MQTT, with its persistence on."""

from pathlib import Path

from benchmarks.load.client import NOTICE, Client
from benchmarks.load.mqtt import MqttClient
from benchmarks.peers.subject import Peer
from tasks.stage.postgres import free_port

CONFIGURATION = """\
listener {port} 127.0.0.1
allow_anonymous true
user root
persistence true
persistence_location {folder}/
autosave_interval 1
set_tcp_nodelay true
max_queued_messages 0
max_inflight_messages 0
log_type error
"""


class Mosquitto(Peer):
    """Acknowledges from memory; its file is written every second."""

    name = "mosquitto"
    keeps = "memory, saved to a file every second (quality of service 1, kept sessions)"

    def start(self, folder: Path, users: int) -> None:
        program = self.needs("mosquitto")
        self.port = free_port()
        file = folder / "mosquitto.conf"
        file.write_text(CONFIGURATION.format(port=self.port, folder=folder), encoding="utf-8")
        self.run([program, "-c", str(file)], folder)

    def client(self, number: int) -> Client:
        return MqttClient(number)

    async def say_to_all(self, speaker: Client) -> None:
        assert isinstance(speaker, MqttClient)
        speaker.say_to_all(NOTICE)
