"""ejabberd, a server of XMPP, with the archive of every message on (XEP-0313) in Mnesia."""

import sys
from pathlib import Path

from benchmarks.load.client import NOTICE, Client
from benchmarks.load.xmpp import HOST, XmppClient
from benchmarks.peers.subject import NotHere, Peer
from tasks.stage.postgres import free_port

LIBRARIES = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib/ejabberd")
CONFIGURATION = """\
hosts: ["{host}"]
loglevel: error
auth_method: [external]
extauth_program: "{python} {folder}/says_yes.py"
auth_use_cache: true
disable_sasl_mechanisms: ["X-OAUTH2", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512", "DIGEST-MD5"]
listen:
  -
    port: {port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    backlog: 4096
    shaper: none
    access: all
acl:
  admin:
    user: "user0@{host}"
access_rules:
  announce:
    allow: admin
modules:
  mod_adhoc: {{}}
  mod_announce:
    access: announce
  mod_mam:
    db_type: mnesia
    default: always
  mod_offline: {{}}
  mod_roster: {{}}
  mod_stream_mgmt:
    resend_on_timeout: false
"""
# Signing in is not what is measured: whoever asks is let in.
SAYS_YES = """\
import sys
while head := sys.stdin.buffer.read(2):
    sys.stdin.buffer.read(int.from_bytes(head, "big"))
    sys.stdout.buffer.write(b"\\x00\\x02\\x00\\x01")
    sys.stdout.buffer.flush()
"""


class Ejabberd(Peer):
    """`backlog` is 4096, because with its own 5 only 67 a second can connect."""

    name = "ejabberd"
    keeps = "archive of every message (MAM) in Mnesia, written to its log, not synced"

    def start(self, folder: Path, users: int) -> None:
        program = self.needs("erl")
        self.needs("ejabberdctl")
        places = [place for place in LIBRARIES if any(Path(place).glob("ejabberd*"))]
        if not places:
            raise NotHere("ejabberd's libraries are not where they are expected")
        self.port = free_port()
        (folder / "says_yes.py").write_text(SAYS_YES, encoding="utf-8")
        file = folder / "ejabberd.yml"
        file.write_text(
            CONFIGURATION.format(host=HOST, port=self.port, folder=folder, python=sys.executable),
            encoding="utf-8",
        )
        command = [program, "-noinput", "+K", "true", "+P", "250000", "+Q", "65536"]
        command += ["-mnesia", "dir", f'"{folder}/mnesia"', "-s", "ejabberd"]
        environment = {
            "EJABBERD_CONFIG_PATH": str(file),
            "EJABBERD_LOG_PATH": str(folder / "ejabberd.log"),
            "ERL_CRASH_DUMP": str(folder / "crash.dump"),
            "ERL_LIBS": places[0],
            "HOME": str(folder),
        }
        self.run(command, folder, environment)

    def client(self, number: int) -> Client:
        return XmppClient(number)

    async def say_to_all(self, speaker: Client) -> None:
        assert isinstance(speaker, XmppClient)
        speaker.say_to_all(NOTICE)
