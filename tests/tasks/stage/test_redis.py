"""A private Redis forgets on demand and comes back on its port."""

import shutil
import socket
from pathlib import Path

import pytest

from tasks.stage.redis import Redis

pytestmark = pytest.mark.skipif(
    not (shutil.which("valkey-server") or shutil.which("redis-server")),
    reason="no Redis is installed",
)


def say(redis: Redis, words: str) -> str:
    port = int(redis.url.rsplit(":", 1)[1].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(words.encode() + b"\r\n")
        return line.recv(200).decode()


def test_it_forgets_and_comes_back(tmp_path: Path) -> None:
    redis = Redis(tmp_path / "redis")
    redis.start()
    try:
        say(redis, "SET word here")
        assert "here" in say(redis, "GET word")
        redis.flush()
        assert say(redis, "GET word") == "$-1\r\n"
        redis.kill()
        redis.start()
        assert say(redis, "PING") == "+PONG\r\n"
    finally:
        redis.kill()
