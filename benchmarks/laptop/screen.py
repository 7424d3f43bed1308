"""A display of its own for a benchmark: Xvfb, a window manager and a real tray; or none at all."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

NEEDED = ("Xvfb", "openbox", "trayer", "xdotool", "dbus-daemon")
TRAY = ("trayer", "--edge", "bottom", "--align", "right", "--widthtype", "request", "--height")
DEADLINE = 15.0


@dataclass(frozen=True)
class Screen:
    """Where a program draws: `environment` sends it there."""

    name: str
    environment: dict[str, str]

    @property
    def is_real(self) -> bool:
        """Whether there is a tray that can be clicked."""
        return self.name == "xcb"

    def xdotool(self, *words: str) -> str:
        """What the tool said; empty when it found nothing."""
        command = ["xdotool", *words]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def click(self, box: list[int]) -> None:
        """A left click in the middle of a rectangle."""
        x, y, width, height = box
        self.xdotool("mousemove", str(x + width // 2), str(y + height // 2), "click", "1")


def offscreen() -> Screen:
    """No display; Qt draws into memory."""
    return Screen("offscreen", {**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def has_tray_tools() -> bool:
    """Whether this machine can show a tray without a person's display."""
    return all(shutil.which(name) for name in NEEDED)


@contextmanager
def best_screen() -> Iterator[Screen]:
    """A real tray where the tools are, else offscreen."""
    if not has_tray_tools():
        yield offscreen()
        return
    with tray_screen() as screen:
        yield screen


@contextmanager
def tray_screen() -> Iterator[Screen]:
    """Xvfb on a free display with a session bus, openbox and trayer."""
    with ExitStack() as endings:
        read, write = os.pipe()
        endings.callback(os.close, read)
        xvfb = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
        _start(endings, xvfb, dict(os.environ), pass_fds=(write,))
        os.close(write)
        environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
        environment["DISPLAY"] = f":{os.read(read, 16).decode().strip()}"
        bus = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        said = _start(endings, bus, environment).stdout
        if said is not None:
            environment["DBUS_SESSION_BUS_ADDRESS"] = said.readline().decode().strip()
        _start(endings, ["openbox"], environment)
        _start(endings, [*TRAY, "32"], environment)
        screen = Screen("xcb", environment)
        _await_panel(screen)
        yield screen


def _start(
    endings: ExitStack,
    command: list[str],
    environment: dict[str, str],
    pass_fds: tuple[int, ...] = (),
) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        command,
        env=environment,
        pass_fds=pass_fds,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    endings.callback(_end, process)
    return process


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _await_panel(screen: Screen) -> None:
    deadline = time.monotonic() + DEADLINE
    while not screen.xdotool("search", "--class", "trayer"):
        if time.monotonic() > deadline:
            raise TimeoutError("the tray of the test display did not come up")
        time.sleep(0.05)
