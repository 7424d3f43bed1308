"""A private Redis (or Valkey) for tests: its own port, nothing on the disk, and its own end."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

PROGRAMS = ("valkey-server", "redis-server")
START_SECONDS = 10
WHY_NOT = "neither redis-server nor valkey-server is installed here"


def program() -> str | None:
    """The server that is installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class PrivateRedis:
    """One server; `stop` and `start` again on the same port."""

    def __init__(self) -> None:
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        found = program()
        if found is None:
            raise FileNotFoundError(WHY_NOT)
        words = [
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self._process = subprocess.Popen(
            [found, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        give_up = time.monotonic() + START_SECONDS
        while self._ask("PING") != b"+PONG":
            if time.monotonic() > give_up or self._process.poll() is not None:
                raise RuntimeError("the private Redis did not start")
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Ends it; as hard as a crash unless another signal is given."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(10)
            self._process = None

    def pause(self) -> None:
        """It holds its connections and does nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def flush(self) -> None:
        """Forgets everything and cuts everyone off."""
        self._ask("FLUSHALL")
        for kind in ("normal", "pubsub"):
            self._ask(f"CLIENT KILL TYPE {kind}")

    def publish(self, channel: str, data: str) -> None:
        """As any stranger on the network might."""
        self._ask(f"PUBLISH {channel} {data}")

    def channels(self) -> list[str]:
        """What is listened to."""
        with socket.create_connection(("127.0.0.1", self.port), 1) as link:
            link.sendall(b"PUBSUB CHANNELS\r\n")
            lines = link.recv(65536).decode().split("\r\n")
        return [line for line in lines if line and line[0] not in "*$"]

    def _ask(self, command: str) -> bytes:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as link:
                link.sendall(command.encode() + b"\r\n")
                return link.recv(1024).strip()
        except OSError:
            return b""


@contextmanager
def private_redis() -> Iterator[PrivateRedis]:
    """Runs for as long as the block does."""
    redis = PrivateRedis()
    redis.start()
    try:
        yield redis
    finally:
        redis.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
