"""A real server with people who joined: one with a laptop's home folder, others on the wire."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.laptop.screen import offscreen
from tasks.stage.laptop import Laptop
from tasks.stage.server import Server


@dataclass(frozen=True)
class Office:
    """A folder for everything, the server, and the owner's unused invite."""

    folder: Path
    server: Server
    owner_invite: str

    def joined_home(self, name: str) -> Path:
        """The folder of an agent that joined, agreed to the sharing sheet, and was quit."""
        laptop = Laptop(name, self.folder / name, None, offscreen().environment)
        laptop.start()
        try:
            laptop.joins(self.server.invite(name))
            laptop.agrees()
        finally:
            laptop.quit()
        return laptop.home


@contextlib.contextmanager
def office() -> Iterator[Office]:
    """An office that is torn down with the block."""
    with (
        tempfile.TemporaryDirectory(prefix="samebox-bench-") as folder,
        Server(Path(folder) / "server") as server,
    ):
        yield Office(Path(folder), server, server.set_up("Bench & Co", "Olga Owner"))
