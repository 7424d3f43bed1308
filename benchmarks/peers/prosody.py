"""Prosody, a server of XMPP, with the archive of every message on (XEP-0313) in its own files."""

from pathlib import Path

from benchmarks.load.client import NOTICE, Client
from benchmarks.load.xmpp import HOST, XmppClient
from benchmarks.peers.subject import Peer
from tasks.stage.postgres import free_port

CONFIGURATION = """\
run_as_root = true
daemonize = false
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
s2s_ports = {{}}
http_ports = {{}}
https_ports = {{}}
modules_enabled = {{ "saslauth", "roster", "disco", "mam", "smacks", "announce", "offline" }}
modules_disabled = {{ "s2s", "tls" }}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "insecure"
insecure_open_authentication = "Yes please, I know what I'm doing!"
admins = {{ "user0@{host}" }}
storage = "internal"
archive_policy = true
default_archive_policy = true
network_settings = {{ nagle = false; tcp_backlog = 4096 }}
log = {{ warn = "{folder}/prosody.log" }}
VirtualHost "{host}"
"""


class Prosody(Peer):
    """`nagle` off, or each message waits for the one before (22 ms instead of 1)."""

    name = "prosody"
    keeps = "archive of every message (MAM) in its own files, not synced"

    def start(self, folder: Path, users: int) -> None:
        program = self.needs("prosody")
        self.port = free_port()
        (folder / "data").mkdir()
        file = folder / "prosody.cfg.lua"
        text = CONFIGURATION.format(port=self.port, folder=folder, host=HOST)
        file.write_text(text, encoding="utf-8")
        self.run([program, "-F", "--config", str(file)], folder)

    def client(self, number: int) -> Client:
        return XmppClient(number)

    async def say_to_all(self, speaker: Client) -> None:
        assert isinstance(speaker, XmppClient)
        speaker.say_to_all(NOTICE)
