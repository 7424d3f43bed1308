"""A private PostgreSQL server for tests and benchmarks: its own folder, its own port, its own end.

Nothing of the system's PostgreSQL is started or touched; only its programs are used.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER = "samebox"
START_SECONDS = 30
WHY_NOT = "PostgreSQL's programs (initdb, postgres) are not installed here"


@dataclass(frozen=True)
class PrivatePostgres:
    """A running server; `url` names one of its databases, whether it is there or not."""

    port: int
    process: "subprocess.Popen[bytes]"
    programs: Path

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The address of an empty database of its own."""
        name = f"test_{secrets.token_hex(6)}"
        where: list[str | Path] = ["-h", "127.0.0.1", "-p", str(self.port), "-U", USER]
        subprocess.run([self.programs / "createdb", *where, name], check=True, capture_output=True)
        return self.url(name)


def programs() -> Path | None:
    """The folder with the newest PostgreSQL's programs. Debian keeps them off the search path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path and shutil.which("postgres") else None


@contextmanager
def private_postgres(
    *, durable: bool = False, core: int | None = None
) -> Iterator[PrivatePostgres]:
    """Runs for as long as the block does. Only with `durable` a commit waits for the disk."""
    folder_of_programs = programs()
    if folder_of_programs is None:
        raise FileNotFoundError(WHY_NOT)
    with tempfile.TemporaryDirectory(prefix="samebox-postgres-") as place:
        account = _account(Path(place))
        data = Path(place) / "data"
        _initialise(folder_of_programs, data, account)
        port = _free_port()
        process = _start(folder_of_programs, data, port, account, durable)
        try:
            _wait_until_it_answers(folder_of_programs, port, process)
            yield PrivatePostgres(port, process, folder_of_programs)
        finally:
            process.send_signal(signal.SIGINT)  # ends its sessions and itself
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGQUIT)
                process.wait(10)


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _account(place: Path) -> str | None:
    """PostgreSQL refuses to run as root, so root gives the folder to somebody else."""
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    account = "postgres" if "postgres" in known else "nobody"
    shutil.chown(place, account)
    return account


def _initialise(folder: Path, data: Path, account: str | None) -> None:
    how = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    command: list[str | Path] = [folder / "initdb", "-D", data, "-U", USER, *how]
    subprocess.run(command, user=account, cwd=data.parent, check=True, capture_output=True)


def _start(
    folder: Path, data: Path, port: int, account: str | None, durable: bool
) -> "subprocess.Popen[bytes]":
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(data.parent),
        "fsync": "on" if durable else "off",
        "max_connections": "60",
    }
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (data.parent / "log").open("wb") as log:
        return subprocess.Popen(
            [folder / "postgres", "-D", data, *words],
            user=account,
            cwd=data.parent,
            stdout=log,
            stderr=log,
        )


def _wait_until_it_answers(folder: Path, port: int, process: "subprocess.Popen[bytes]") -> None:
    command: list[str | Path] = [folder / "pg_isready", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(START_SECONDS * 10):
        if subprocess.run([*command, "-t", "1"], capture_output=True, check=False).returncode == 0:
            return
        if process.poll() is not None:
            break
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    raise RuntimeError("the private PostgreSQL did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
