"""The process that matches leaves nothing in the home folder, calls nobody, and ends at once."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from samebox_agent.matching.dialogue import Asked, Ready, Shelf, line, to_agent
from samebox_agent.matching.documents import Document

SECONDS = 30.0
"""An end that waits for the network takes for ever; ours takes a fraction of a second."""


def matched(home: Path, listener: socket.socket) -> None:
    """One life of the process, whose only way out would be the proxy that listens here."""
    proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "HOME": str(home),
        "USERPROFILE": str(home),
        "https_proxy": proxy,
        "HTTPS_PROXY": proxy,
        "ALL_PROXY": proxy,
    }
    environment.pop("ORT_DISABLE_TELEMETRY", None)  # what the process does by itself counts
    command = (sys.executable, "-m", "samebox_agent", "--match", str(home / "m.sqlite"))
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line(Shelf((Document(id="a", title="The printer is offline"),))))
        process.stdin.flush()
        while not isinstance(to_agent.decode(process.stdout.readline()), Ready):
            pass
        process.stdin.write(line(Asked("printer offline")))
        process.stdin.flush()
        process.stdout.readline()
        process.stdin.close()
        assert process.wait(SECONDS) == 0


def test_nothing_is_kept_beside_the_index_nobody_is_called_and_it_ends(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        matched(home, listener)
        listener.setblocking(False)
        try:
            listener.accept()
        except BlockingIOError:
            pass
        else:
            raise AssertionError("the process called somebody")
    assert {path.name for path in home.iterdir()} <= {"m.sqlite", "m.sqlite-wal", "m.sqlite-shm"}
