"""A real server in its own process, and the HTTP that an agent and a browser speak with it."""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.protocol.http import Joined

QUICK = {"SAMEBOX_WAVE_SECONDS": "30", "SAMEBOX_IT_SECONDS": "30"}
THINKPAD = DeviceType(
    system=System.LINUX,
    system_version="12",
    vendor="Lenovo",
    family="ThinkPad T14",
    model="ThinkPad T14 Gen 3",
)


FULL_AT = 48 * 1024


class RunningServer:
    """One `samebox-server serve`; `kill` and `start` again on the same data and port."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self._environment = os.environ | QUICK | environment
        self._port = "0"
        self.url = ""
        self.setup_link: str | None = None
        self.process: subprocess.Popen[str] | None = None

    def start(self, *, full_disk: bool = False) -> None:
        """With `full_disk` the kernel lets no file of the server grow over `FULL_AT` bytes."""
        command = [sys.executable, "-m", "samebox_server", "serve", "--announce"]
        with (self.data.parent / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, "--port", self._port, "--data", str(self.data)],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                preexec_fn=_limit_files if full_disk else None,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, (self.data.parent / "server.log").read_text()
        said = json.loads(line)
        self.url, self.setup_link = said["url"], said["setup_link"]
        self._port = self.url.rsplit(":", 1)[1]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ends the process and waits for it; its exit code."""
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.send_signal(how)
        code = self.process.wait(15)
        self.process.stdout.close()
        self.process = None
        return code

    def kill(self) -> None:
        self.stop(signal.SIGKILL)

    def log(self) -> str:
        return (self.data.parent / "server.log").read_text()

    def get(self, path: str, token: str = "") -> httpx.Response:
        return httpx.get(self.url + path, headers=bearer(token))

    def post(self, path: str, body: object, token: str = "") -> httpx.Response:
        return httpx.post(self.url + path, content=msgspec.json.encode(body), headers=bearer(token))


class Person:
    """Somebody who has joined with one device."""

    def __init__(self, server: RunningServer, joined: Joined, token: str) -> None:
        self.server = server
        self.joined = joined
        self.token = token

    @property
    def person_id(self) -> str:
        return self.joined.person.person_id

    def invite(self, name: str, *roles: str) -> str:
        """The code of a fresh invite."""
        answer = self.server.post("/api/invites", {"name": name, "roles": roles}, self.token)
        assert answer.status_code == 201, answer.text
        return code_in(answer.json()["link"])


def _limit_files() -> None:
    """Runs in the new process."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (FULL_AT, FULL_AT))


@contextmanager
def running(data: Path, **environment: str) -> Iterator[RunningServer]:
    server = RunningServer(data, **environment)
    server.start()
    try:
        yield server
    finally:
        if server.process is not None:
            server.kill()


def set_up(server: RunningServer, *, is_it: bool = True) -> Person:
    """The owner, made as an owner is made: through the page."""
    assert server.setup_link is not None
    form = {"organisation": "Acme", "name": "Olga Owner"} | ({"it": "yes"} if is_it else {})
    answer = httpx.post(server.setup_link, data=form)
    assert answer.status_code == 200, answer.text
    found = re.search(r'id="invite" class="link">([^<]+)<', answer.text)
    assert found is not None
    return join(server, code_in(found.group(1)))


def join(
    server: RunningServer, code: str, device_type: DeviceType | None = None, token: str = ""
) -> Person:
    token = token or secrets.token_urlsafe(32)
    answer = server.post("/api/join", request_to_join(code, token, device_type))
    assert answer.status_code == 200, answer.text
    return Person(server, msgspec.json.decode(answer.content, type=Joined), token)


def request_to_join(code: str, token: str, device_type: DeviceType | None = None) -> dict[str, Any]:
    kind = msgspec.to_builtins(device_type or DeviceType())
    return {"code": code, "device_token": token, "device_type": kind}


def code_in(link: str) -> str:
    return link.rsplit("/", 1)[1]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}
