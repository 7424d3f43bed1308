"""One request over one socket, against a small server of bytes."""

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from samebox_agent.collectors.plain_http import Answer, ask, parsed, plain_name

ANSWER = b"HTTP/1.1 302 Found\r\nlocation: http://portal.example/\r\n\r\nsign in"


class OneAnswer:
    """Answers one request, and keeps it."""

    def __init__(self, listener: socket.socket, answer: bytes) -> None:
        self.asked = b""
        self._listener, self._answer = listener, answer
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()

    def _work(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            while not self.asked.endswith((b"\r\n\r\n", b"body")):
                self.asked += connection.recv(1000)
            connection.sendall(self._answer)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as open_socket:
        yield open_socket


def test_a_host_and_a_port(listener: socket.socket) -> None:
    server = OneAnswer(listener, ANSWER)
    port: int = listener.getsockname()[1]
    answer = ask(("127.0.0.1", port), "GET /api/about", {"Host": "help.example"})
    assert answer == Answer(302, "http://portal.example/", b"sign in")
    assert server.asked.startswith(b"GET /api/about HTTP/1.0\r\nHost: help.example\r\n")


def test_only_foreign_letters_need_pythons_tables() -> None:
    assert plain_name("help.example") == b"help.example"
    assert plain_name("bücher.example") == "bücher.example"


@pytest.mark.skipif(sys.platform == "win32", reason="no sockets on files there")
def test_a_file(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        server = OneAnswer(listener, b"HTTP/1.0 200 OK\r\n\r\n\1\2")
        assert ask(path, "POST /", {}, b"body") == Answer(200, "", b"\1\2")
        assert b"Content-Length: 4\r\n\r\nbody" in server.asked


def test_nobody_there(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert ask(("127.0.0.1", taken.getsockname()[1]), "GET /", {}) is None
    assert ask(str(tmp_path / "no socket"), "GET /", {}) is None


@pytest.mark.parametrize("name", [b"Location", b"location", b"LOCATION"])
def test_a_headers_name_is_written_in_any_way(name: bytes) -> None:
    answer = parsed(b"HTTP/1.1 301 Moved\r\nX-Location: no\r\n" + name + b": /there\r\n\r\n")
    assert answer == Answer(301, "/there", b"")


@pytest.mark.parametrize("told", [b"", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 2x0\r\n\r\n"])
def test_what_is_no_http(told: bytes) -> None:
    assert parsed(told) is None
