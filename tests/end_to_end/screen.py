"""A screen without a monitor: an X server, a session bus, a window manager, a tray, a mouse."""

import json
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.end_to_end.office import until

DEBIAN_PYTHON = Path("/usr/bin/python3")
ACCESSIBILITY = Path("/usr/libexec/at-spi-bus-launcher")
PYATSPI = Path("/usr/lib/python3/dist-packages/pyatspi")
PROGRAMS = ("Xvfb", "dbus-daemon", "openbox", "trayer", "xdotool", "import")
WHAT_IS_ON_THE_SCREEN = Path(__file__).parents[1] / "support" / "what_is_on_the_screen.py"
START_SECONDS = 10.0
SIZE = (1280, 800)
PANEL_HEIGHT = 32
PANEL_TOP = SIZE[1] - PANEL_HEIGHT
Box = tuple[int, int, int, int]


def missing() -> list[str]:
    """What this machine lacks for a screen of its own."""
    programs = [name for name in PROGRAMS if shutil.which(name) is None]
    return programs + [str(path) for path in (ACCESSIBILITY, PYATSPI) if not path.exists()]


class Screen:
    """Everything started here is a group of processes of its own, and `close` ends each group."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        self._tray: subprocess.Popen[bytes] | None = None
        self.environment: dict[str, str] = {}

    def open(self) -> None:
        """The X server takes a free number itself, so that many tests may run at once."""
        self._folder.mkdir(parents=True, exist_ok=True)
        display = self._start_and_read(
            [
                "Xvfb",
                "-displayfd",
                "{fd}",
                "-screen",
                "0",
                f"{SIZE[0]}x{SIZE[1]}x24",
                "-nolisten",
                "tcp",
            ]
        )
        address = self._start_and_read(
            ["dbus-daemon", "--session", "--nofork", "--print-address={fd}"]
        )
        self.environment = {
            "DISPLAY": f":{display}",
            "DBUS_SESSION_BUS_ADDRESS": address,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "WAYLAND_DISPLAY": "",
            "HOME": str(self._folder),
            "XDG_CONFIG_HOME": str(self._folder / "config"),
            "XDG_RUNTIME_DIR": str(self._folder),
        }
        self._start(["openbox", "--sm-disable"])
        self._start([str(ACCESSIBILITY), "--launch-immediately"])
        until(lambda: self._says("xdotool", "get_num_desktops") != "", "the window manager is here")

    def open_tray(self) -> None:
        """A panel in the lower right corner."""
        place = ["--edge", "bottom", "--align", "right", "--widthtype", "request"]
        self._tray = self._start(["trayer", *place, "--height", str(PANEL_HEIGHT)])

    def close_tray(self) -> None:
        """The panel crashes."""
        if self._tray is not None:
            self._running.remove(self._tray)
            _end(self._tray)
            self._tray = None

    def close(self) -> None:
        """End everything, the X server last."""
        while self._running:
            _end(self._running.pop())

    def click(self, box: Box) -> None:
        """Move the mouse to the middle of a place and press its left button."""
        x, y, width, height = box
        where = [str(x + width // 2), str(y + height // 2)]
        self._tell("xdotool", "mousemove", *where, "click", "1")

    def type(self, text: str) -> None:
        """Keys into whatever has the focus."""
        self._tell("xdotool", "type", "--delay", "4", text)

    def press(self, key: str) -> None:
        """One key, or several held together as "shift+Tab"."""
        self._tell("xdotool", "key", key)

    def windows(self, title: str) -> list[str]:
        """The visible windows whose title matches, by their numbers."""
        return self._says("xdotool", "search", "--onlyvisible", "--name", title).split()

    def raise_window(self, title: str) -> None:
        """Bring a window to the front, with the keyboard."""
        self._tell(
            "xdotool", "search", "--onlyvisible", "--name", title, "windowactivate", "--sync"
        )

    def picture(self, file: Path) -> None:
        """The whole screen."""
        self._tell("import", "-window", "root", str(file))

    def accessible(self, program: str) -> set[tuple[str, str]]:
        """Role and name of everything a screen reader finds of a program."""
        said = self._says(str(DEBIAN_PYTHON), str(WHAT_IS_ON_THE_SCREEN), program)
        found = [json.loads(line) for line in said.splitlines()]
        return {(part["role"], part["name"]) for part in found}

    def _tell(self, *command: str) -> None:
        subprocess.run(
            command, env=self._around(), check=True, capture_output=True, timeout=START_SECONDS
        )

    def _says(self, *command: str) -> str:
        done = subprocess.run(
            command,
            env=self._around(),
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=START_SECONDS,
        )
        return done.stdout

    def _start(
        self, command: Sequence[str], pass_fds: tuple[int, ...] = ()
    ) -> "subprocess.Popen[bytes]":
        with (self._folder / f"{Path(command[0]).name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env=self._around(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=pass_fds,
                start_new_session=True,
            )
        self._running.append(process)
        return process

    def _start_and_read(self, command: Sequence[str]) -> str:
        """Start what tells in one line, on a pipe of its own, where it is to be found."""
        reading, writing = os.pipe()
        try:
            words = [word.replace("{fd}", str(writing)) for word in command]
            process = self._start(words, (writing,))
        finally:
            os.close(writing)
        try:
            return _first_line(reading, process)
        finally:
            os.close(reading)

    def _around(self) -> Mapping[str, str]:
        return {**os.environ, **self.environment}


def _first_line(reading: int, process: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + START_SECONDS
    said = b""
    while b"\n" not in said:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        part = os.read(reading, 1024) if ready else b""
        assert part, f"{process.args!r} did not start"
        said += part
    return said.decode().splitlines()[0]


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The process and what it started: its whole group."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(START_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
