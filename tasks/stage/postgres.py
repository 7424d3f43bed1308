"""A private PostgreSQL that can be stopped without mercy and started again on the same data.

Nothing of the system's PostgreSQL is touched; only its programs are used. PostgreSQL refuses to
run as root, so root gives the folder to somebody else.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

USER = "samebox"
START_SECONDS = 30.0
END_SECONDS = 20.0


class PostgresFailed(Exception):
    """It did not do what the story needs."""


class Postgres:
    """One cluster in `folder`, which must not be there yet; listens on loopback only."""

    def __init__(self, folder: Path) -> None:
        found = programs()
        if found is None:
            raise PostgresFailed("PostgreSQL's programs (initdb, postgres) are not installed here")
        self._programs = found
        self._folder = folder
        self._account = _account()
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """For SAMEBOX_DATABASE_URL."""
        return f"postgresql://{USER}@127.0.0.1:{self._port}/postgres"

    def make(self) -> None:
        """Lay the cluster out, once."""
        self._folder.mkdir(mode=0o700)
        if self._account:
            for folder in (self._folder, *self._folder.parents):
                _let_pass(folder)
            shutil.chown(self._folder, self._account)
        how = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        command: list[str | Path] = [self._programs / "initdb", "-D", self._data, "-U", USER, *how]
        subprocess.run(
            command, user=self._account, cwd=self._folder, check=True, capture_output=True
        )

    def start(self) -> None:
        """Start it and wait until it answers. Commits wait for the disk, as they should."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self._port),
            "unix_socket_directories": str(self._folder),
            "max_connections": "60",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, *words],
                user=self._account,
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
        self._wait_until_it_answers(self._process)

    def crash(self) -> None:
        """An immediate stop: nothing is written any more, and the next start recovers."""
        self._end(signal.SIGQUIT)

    def stop(self) -> None:
        """A fast stop: sessions end, and everything is written."""
        self._end(signal.SIGINT)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait(END_SECONDS)

    def _wait_until_it_answers(self, process: "subprocess.Popen[bytes]") -> None:
        where = ["-h", "127.0.0.1", "-p", str(self._port), "-t", "1"]
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            asked = subprocess.run(
                [self._programs / "pg_isready", *where], capture_output=True, check=False
            )
            if asked.returncode == 0:
                return
            time.sleep(0.05)
        raise PostgresFailed("the private PostgreSQL did not start")


def programs() -> Path | None:
    """The folder with the newest PostgreSQL's programs. Debian keeps them off the search path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path and shutil.which("postgres") else None


def free_port() -> int:
    """A port of loopback that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _account() -> str | None:
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _let_pass(folder: Path) -> None:
    """Others may go through a folder of ours, without seeing what is in it."""
    if folder.owner() == "root" and folder.stat().st_mode & 0o777 == 0o700:
        folder.chmod(0o711)
