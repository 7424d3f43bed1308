"""A private Redis (or Valkey) that forgets everything on demand; it only ever holds hints."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

from tasks.stage.postgres import free_port

START_SECONDS = 10.0


class RedisFailed(Exception):
    """It did not do what the story needs."""


class Redis:
    """One server without a file, on loopback only."""

    def __init__(self, folder: Path) -> None:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
        if found is None:
            raise RedisFailed("neither redis-server nor valkey-server is installed here")
        self._program = found
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """For SAMEBOX_REDIS_URL."""
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._folder.mkdir(exist_ok=True)
        words = [
            "--port",
            str(self._port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self._process = subprocess.Popen(
            [self._program, *words],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._say(b"PING\r\n") == b"+PONG\r\n":
                return
            time.sleep(0.02)
        raise RedisFailed("the private Redis did not start")

    def flush(self) -> None:
        """Forget everything."""
        self._say(b"FLUSHALL\r\n")

    def kill(self) -> None:
        """End it without a word."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def _say(self, words: bytes) -> bytes:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=2) as line:
                line.sendall(words)
                return line.recv(64)
        except OSError:
            return b""
