"""A real agent with a probe inside it, as a child process."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from benchmarks.laptop.screen import Screen
from tasks.stage.programs import ROOT, program

PATIENCE = 20.0
"""Seconds until an agent that says nothing is ended."""
WINDOW = ROOT / "benchmarks" / "laptop" / "probes" / "window.py"


class ProbedAgent:
    """`samebox` with the window probe; its lines are read one by one."""

    def __init__(self, home: Path, screen: Screen) -> None:
        self._screen = screen
        self._box = [0, 0, 0, 0]
        self._process = subprocess.Popen(
            [program("agent", "python"), str(WINDOW), "--home", str(home)],
            env={**os.environ, **screen.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def said(self, word: str) -> dict[str, Any]:
        """The next line that has this word. Raises ChildProcessError when the agent ended."""
        overdue = threading.Timer(PATIENCE, self._process.kill)
        overdue.start()
        try:
            return self._next(word)
        finally:
            overdue.cancel()

    def _next(self, word: str) -> dict[str, Any]:
        for line in self._process.stderr or ():
            if not line.startswith("{"):
                sys.stderr.write(line)
                continue
            said: dict[str, Any] = json.loads(line)
            if word in said:
                return said
        raise ChildProcessError(f"the agent ended before it told {word!r}")

    def await_icon(self) -> None:
        """Wait until the icon is there, and remember its place."""
        self._box = self.said("icon")["icon"]

    def click(self) -> None:
        """Click the icon: with the mouse where there is a tray, else from inside."""
        if self._screen.is_real:
            self._screen.click(self._box)
        else:
            self._process.send_signal(signal.SIGUSR1)

    def close_windows(self) -> None:
        """Close every window."""
        self._process.send_signal(signal.SIGUSR2)
        self.said("closed")

    def end(self) -> None:
        """Stop the program."""
        self._process.terminate()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stderr):
            if stream is not None:
                stream.close()
