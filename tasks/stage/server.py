"""A real server process, and what its owner does in a browser and over the API."""

import json
import os
import signal
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from tasks.stage.programs import program

START_SECONDS = 20.0
STOP_SECONDS = 15.0


class ServerFailed(Exception):
    """The server did not do what the story needs; its own words are in the message."""


class Server:
    """One server on loopback with its data in a folder; it can be killed and started again.

    `within` goes before its commands, to put it into a network; then `port` may be chosen.
    """

    def __init__(
        self,
        data: Path,
        settings: Mapping[str, str] | None = None,
        within: Sequence[str] = (),
        port: int = 0,
    ) -> None:
        self._data = data
        self._settings = dict(settings or {})
        self._process: subprocess.Popen[str] | None = None
        self._log: IO[str] | None = None
        self._within = tuple(within)
        self._port = port
        self.url = ""
        self.setup_link = ""

    @property
    def pid(self) -> int:
        """The process."""
        if self._process is None:
            raise ServerFailed("the server does not run")
        return self._process.pid

    @property
    def port(self) -> int:
        """Where it listens; 0 before its first start."""
        return self._port

    @property
    def data(self) -> Path:
        """The folder with its database."""
        return self._data

    @property
    def log(self) -> Path:
        """What it said."""
        return self._data.with_suffix(".log")

    def start(self) -> float:
        """Start it and wait until it answers; the seconds that took. Keeps its port."""
        began = time.monotonic()
        self._log = self.log.open("a", encoding="utf-8")
        self._process = subprocess.Popen(
            [
                *self._within,
                program("server", "samebox-server"),
                "serve",
                "--announce",
                "--data",
                str(self._data),
                "--port",
                str(self._port),
            ],
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1", **self._settings},
        )
        said = json.loads(self._first_line() or "{}")
        self.url = said["url"]
        self.setup_link = said.get("setup_link") or self.setup_link
        self._port = urllib.parse.urlsplit(self.url).port or 0
        self.request("GET", "/health/ready")
        return time.monotonic() - began

    def stop(self) -> None:
        """Ask it to end, as a supervisor would."""
        self._end(kill=False)

    def kill(self) -> None:
        """End it without a word."""
        self._end(kill=True)

    def pause(self) -> None:
        """It stops where it stands, until `go_on`."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """It goes on as if nothing had been."""
        os.kill(self.pid, signal.SIGCONT)

    def set_up(self, organisation: str, owner: str) -> str:
        """Fill in the owner's one-time page; the owner's own invite link."""
        form = urllib.parse.urlencode({"organisation": organisation, "name": owner, "it": "yes"})
        path = urllib.parse.urlsplit(self.setup_link).path
        page = self.request("POST", path, form.encode(), "application/x-www-form-urlencoded")
        return _link_in(page.decode(), self.url)

    def invite(self, name: str, *roles: str) -> str:
        """Make a single-use invite with the server's own command."""
        command = [*self._within, program("server", "samebox-server"), "invite", "--name", name]
        command += ["--data", str(self._data)]
        for role in roles:
            command += ["--role", role]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ServerFailed(done.stderr.strip())
        return done.stdout.strip()

    def request(
        self, method: str, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> bytes:
        """One HTTP request; the body of the answer."""
        asked = urllib.request.Request(
            self.url + path, data=body, method=method, headers={"Content-Type": kind}
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(asked, timeout=START_SECONDS) as answer:
            found: bytes = answer.read()
            return found

    def _first_line(self) -> str:
        if self._process is None or self._process.stdout is None:
            raise ServerFailed("the server does not run")
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            raise ServerFailed(f"the server did not start: {self._last_words()}")
        return line

    def _last_words(self) -> str:
        return "".join(self.log.read_text(encoding="utf-8").splitlines(keepends=True)[-5:])

    def _end(self, *, kill: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        (process.kill if kill else process.terminate)()
        try:
            process.wait(STOP_SECONDS)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            for stream in (process.stdout, self._log):
                if stream is not None:
                    stream.close()

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _link_in(page: str, url: str) -> str:
    """The invite link on the owner's page."""
    start = page.index(f"{url}/join/")
    end = start
    while page[end] not in "\"'< \n":
        end += 1
    return page[start:end]
