"""What the measuring code knows of a server under test, and how a peer's process is run."""

import os
import shutil
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.load.client import Client
from benchmarks.load.cores import SERVER_CORE, on_core

TALKERS = 512
FEW_TALKERS = 64
START_SECONDS = 40.0
STOP_SECONDS = 10.0


class NotHere(Exception):
    """This peer is not installed; the text says what is missing."""


class CannotRun(Exception):
    """It is installed and did not start; the text is its own last words."""


class Subject(ABC):
    """One server with a name and a sentence about how it keeps messages."""

    name = ""
    keeps = ""
    port = 0

    @abstractmethod
    def start(self, folder: Path, users: int) -> None:
        """Run it with this many users at most. Raises NotHere or CannotRun."""

    @abstractmethod
    def stop(self) -> None:
        """End its processes."""

    @property
    @abstractmethod
    def pids(self) -> Sequence[int]:
        """The processes whose memory and time count, with all below them."""

    @abstractmethod
    def client(self, number: int) -> Client:
        """A connection for this user, to be connected by the caller."""

    @abstractmethod
    async def say_to_all(self, speaker: Client) -> None:
        """Send the notice that everyone gets."""


class Peer(Subject):
    """A peer that is one process, started by a command."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._log = Path()

    @property
    def pids(self) -> Sequence[int]:
        return [] if self._process is None else [self._process.pid]

    def needs(self, program: str) -> str:
        """The program's path. Raises NotHere."""
        found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")
        if found is None:
            raise NotHere(f"{program} is not installed")
        return found

    def run(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        """Starts it on the server's core and waits until its port answers. Raises CannotRun."""
        self._log = folder / "log.txt"
        with self._log.open("wb") as log, on_core(SERVER_CORE):
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + START_SECONDS
        while not answers(self.port):
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise CannotRun(self.last_words())
            time.sleep(0.05)

    def last_words(self) -> str:
        """The end of what it said."""
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return " / ".join(lines[-3:]) or "it said nothing"

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def talkers(users: int) -> int:
    """How many of so many users talk in pairs: all when they are few, the first when many idle."""
    return min(users, TALKERS) if users <= TALKERS else FEW_TALKERS


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as trying:
        trying.settimeout(1.0)
        return trying.connect_ex(("127.0.0.1", port)) == 0
