"""A network of a test's own: a server and a name server in a hub, one laptop in a cell beside it.

Nothing of it is connected to the machine's own network, so no packet can leave.
"""

import base64
import contextlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tasks.faults import network
from tasks.faults.network import Cell
from tasks.stage.programs import program
from tasks.stage.server import Server

NAME = "samebox.test"
PORT = 8080
NAME_SERVER = Path(__file__).with_name("name_server.py")
NETNS = Path("/etc/netns")
"""`ip netns exec` puts the files below it in the place of those in /etc."""
QUICK_PULSE = {"SAMEBOX_HEARTBEAT_SECONDS": "0.5", "SAMEBOX_GONE_SECONDS": "2"}
ASK = """
import base64, sys, urllib.request
method, url, kind, body = sys.argv[1:]
asked = urllib.request.Request(url, data=base64.b64decode(body) or None, method=method)
asked.add_header("Content-Type", kind)
sys.stdout.buffer.write(urllib.request.build_opener().open(asked, timeout=20).read())
"""


class HubServer(Server):
    """A server in the hub, which is asked from within the hub."""

    def __init__(self, data: Path, cell: Cell, within: Sequence[str]) -> None:
        place = {"SAMEBOX_HOST": cell.gateway, "SAMEBOX_PUBLIC_URL": f"http://{NAME}:{PORT}"}
        super().__init__(data, {**QUICK_PULSE, **place}, within, PORT)
        self._where = f"http://{cell.gateway}:{PORT}"

    def request(
        self, method: str, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> bytes:
        sent = base64.b64encode(body or b"").decode()
        command = [*self._within, sys.executable, "-c", ASK, method, self._where + path, kind, sent]
        return subprocess.run(command, check=True, capture_output=True).stdout


class Place:
    """The cell, with its cable, its way out and its list of name servers."""

    def __init__(self, cell: Cell, server: HubServer) -> None:
        self.server = server
        self._cell = cell
        self._names = NETNS / cell.namespace / "resolv.conf"

    @property
    def command(self) -> tuple[str, ...]:
        """Starts an agent in the cell. It is no laptop's real network, so http is accepted."""
        return (*self._cell.within, program("agent", "samebox"), "--allow-http")

    def plug_in(self) -> None:
        """The cable with its address and its way out."""
        space, cable = self._cell.namespace, f"{self._cell.network}i{self._cell.number}"
        network.run("ip", "-n", space, "link", "set", cable, "up")
        network.run("ip", "-n", space, "route", "add", "default", "via", self._cell.gateway)

    def pull_out(self) -> None:
        """No cable, and with it no way out."""
        cable = f"{self._cell.network}i{self._cell.number}"
        network.run("ip", "-n", self._cell.namespace, "link", "set", cable, "down")

    def names_work(self) -> None:
        """The laptop asks the name server that there is."""
        self._list(self._cell.gateway)

    def names_fail(self) -> None:
        """The laptop asks where nobody is."""
        self._list(self._cell.gateway.rpartition(".")[0] + ".9")

    def _list(self, address: str) -> None:
        """Into the same file, because it is mounted over the one in /etc."""
        self._names.parent.mkdir(parents=True, exist_ok=True)
        self._names.write_text(f"nameserver {address}\noptions timeout:1 attempts:1\n")

    def forget(self) -> None:
        """Take the list away."""
        with contextlib.suppress(OSError):
            self._names.unlink()
            self._names.parent.rmdir()


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """A running server, names that are found, and the cable plugged in."""
    with network.hub(1) as (within, variables):
        cell = Cell(variables[network.NAME].partition(":")[0], 0)
        where = Place(cell, HubServer(folder / "server", cell, within))
        asking = [*within, sys.executable, str(NAME_SERVER), cell.gateway, NAME, cell.gateway]
        with subprocess.Popen(asking, stdout=subprocess.PIPE) as names:
            try:
                assert names.stdout is not None
                assert names.stdout.readline() == b"ready\n"
                where.names_work()
                where.plug_in()
                where.server.start()
                where.server.set_up("Harbour & Vine", "Imran Aziz")
                yield where
            finally:
                where.server.kill()
                names.kill()
                where.forget()
