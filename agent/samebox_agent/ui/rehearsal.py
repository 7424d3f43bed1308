"""Plays the part of a person, for the demo and the end-to-end tests: `samebox --rehearse`.

Cues come in as JSON lines, are performed on the UI thread with real input events, and are
answered by JSON lines. Cues are played one after another; a cue that waits is looked at again
every few milliseconds, and nothing ticks when no cue waits.
"""

import json
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from samebox_agent.ui.shell import Shell
from samebox_agent.ui.stage import NotFound, Stage

PATIENCE = 10.0
LOOK_AGAIN_MILLISECONDS = 20

Cue = dict[str, Any]
Answer = dict[str, Any]


class Rehearsal(QObject):
    """`lines` is read in a thread of its own; `answer` writes one line."""

    ended = Signal()
    """The lines ended, or a cue said quit."""
    _arrived = Signal(str)

    def __init__(self, shell: Shell, lines: Iterable[str], answer: Callable[[str], None]) -> None:
        super().__init__()
        self._stage = Stage(shell)
        self._lines = lines
        self._answer = answer
        self._cues: deque[Cue] = deque()
        self._count = 0
        self._deadline = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._play)
        self._arrived.connect(self._take)

    def start(self) -> None:
        """Begin to read."""
        threading.Thread(target=self._read, name="rehearsal", daemon=True).start()

    def _read(self) -> None:
        for line in self._lines:
            if line.strip():
                self._arrived.emit(line)
        self.ended.emit()

    def _take(self, line: str) -> None:
        self._count += 1
        try:
            cue = json.loads(line)
        except json.JSONDecodeError as error:
            self._reply({"cue": self._count}, ok=False, error=f"not a JSON line: {error}")
            return
        if not isinstance(cue, dict) or "do" not in cue:
            self._reply({"cue": self._count}, ok=False, error='a cue is {"do": ...}')
            return
        cue.setdefault("cue", self._count)
        self._cues.append(cue)
        if len(self._cues) == 1:
            self._begin()

    def _begin(self) -> None:
        if self._cues:
            self._deadline = time.monotonic() + float(self._cues[0].get("seconds", PATIENCE))
            self._timer.start(0)

    def _play(self) -> None:
        cue = self._cues[0]
        try:
            found = self._stage.perform(cue)
        except NotFound as error:
            if time.monotonic() < self._deadline:
                self._timer.start(LOOK_AGAIN_MILLISECONDS)
                return
            self._finish(cue, ok=False, error=f"{error} {self._stage.in_words()}")
            return
        except (KeyError, TypeError, ValueError) as error:
            self._finish(cue, ok=False, error=f"{type(error).__name__}: {error}")
            return
        self._finish(cue, ok=True, **found)

    def _finish(self, cue: Cue, *, ok: bool, **more: object) -> None:
        self._cues.popleft()
        self._reply(cue, ok=ok, **more)
        if cue["do"] == "quit":
            self.ended.emit()
        else:
            self._begin()

    def _reply(self, cue: Cue, *, ok: bool, **more: object) -> None:
        answer: Answer = {"cue": cue["cue"], "ok": ok, **more}
        self._answer(json.dumps(answer, ensure_ascii=False))


def rehearse(shell: Shell) -> Rehearsal:
    """Play the cues of standard input; the program ends with them. Keep what this returns."""

    def answer(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    rehearsal = Rehearsal(shell, sys.stdin, answer)
    rehearsal.ended.connect(shell.stop)
    rehearsal.start()
    return rehearsal
