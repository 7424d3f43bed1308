"""A real agent process with a person in front of it: cues go in, answers come out."""

import contextlib
import json
import os
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from tasks.stage.programs import program

PATIENCE = 20.0
"""Seconds a person here waits for something to appear."""


SILENCE = 10.0
"""Seconds over a cue's own after which a program that does not answer is taken for stuck."""
ENDED = ""


class LaptopFailed(Exception):
    """Something a person expected did not happen; what was on the screen is in the message."""


class Laptop:
    """One agent with its own folder. `machine` is a recorded laptop, None this very one.

    `command` starts the agent; without one it is the program as it is installed.
    """

    def __init__(
        self,
        person: str,
        home: Path,
        machine: Path | None = None,
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] = (),
    ) -> None:
        self.person = person
        self.home = home
        self._machine = machine
        self._environment = dict(environment or {})
        self._command = tuple(command) or (program("agent", "samebox"),)
        self._process: subprocess.Popen[str] | None = None
        self._log: IO[str] | None = None
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listener: threading.Thread | None = None

    @property
    def pid(self) -> int:
        """The process."""
        return self._running().pid

    def start(self, *options: str) -> None:
        """Start the program; the tray icon is there when the first cue is answered."""
        self.home.mkdir(parents=True, exist_ok=True)
        self._log = (self.home / "output.log").open("a", encoding="utf-8")
        command = [*self._command, "--rehearse", "--home", str(self.home), *options]
        if self._machine is not None:
            command += ["--machine", str(self._machine)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1", **self._environment},
        )
        self._answers = queue.SimpleQueue()
        arguments = (self._process, self._answers)
        self._listener = threading.Thread(target=_listen, args=arguments, daemon=True)
        self._listener.start()

    def cue(self, do: str, **words: object) -> dict[str, Any]:
        """Play one cue and wait for its answer. Raises LaptopFailed when it could not be played."""
        process = self._running()
        if process.stdin is None:
            raise LaptopFailed(f"{self.person}: nobody can be told anything")
        seconds = words.setdefault("seconds", PATIENCE)
        try:
            process.stdin.write(json.dumps({"do": do, **words}) + "\n")
            process.stdin.flush()
            line = self._answers.get(timeout=float(str(seconds)) + SILENCE)
        except OSError:
            line = ENDED
        except queue.Empty:
            raise LaptopFailed(f"{self.person}: it is stuck. {self._last_words()}") from None
        if line == ENDED:
            raise LaptopFailed(f"{self.person}: the program ended. {self._last_words()}")
        answer: dict[str, Any] = json.loads(line)
        if not answer["ok"]:
            raise LaptopFailed(f"{self.person}: {answer['error']}")
        return answer

    def sees(self, text: str, **words: object) -> None:
        """Wait until the text stands somewhere on the screen."""
        self.cue("wait", text=text, **words)

    def clicks(self, name: str, **words: object) -> None:
        """Click what goes by this name."""
        self.cue("click", name=name, **words)

    def types(self, field: str, text: str, **words: object) -> None:
        """Type into a field, key by key."""
        self.cue("type", name=field, text=text, **words)

    def closes(self, window: str) -> None:
        """Close a window by its title bar."""
        self.cue("close", window=window)

    def picture(self, window: str, file: Path) -> None:
        """Save what a window shows."""
        self.cue("picture", window=window, file=str(file))

    def texts(self, window: str = "") -> list[str]:
        """Every text in the windows whose title holds `window`."""
        found = self.cue("windows")["windows"]
        return [text for item in found if window in item["title"] for text in item["texts"]]

    def joins(self, invite: str) -> None:
        """Paste an invite and agree to the sharing sheet as it stands."""
        self.opens_help()
        self.sees("Welcome to Samebox")
        self.types("Invite", invite)
        self.clicks("Join")
        self.sees("What Samebox may share")

    def agrees(self) -> None:
        """Leave the sharing sheet for the help page."""
        self.clicks("Agree and go on")
        self.sees("How can we help?")
        self.sees("Online")
        if "The key of this laptop is in a file" in self.texts():
            self.clicks("OK")

    def opens_help(self) -> None:
        """Click the tray icon."""
        self.cue("tray_click")

    def volunteers(self) -> None:
        """Tick "help colleagues" in the tray menu."""
        self.cue("menu", name="Help colleagues with the same laptop")

    def quit(self) -> int | None:
        """End the program the way its menu does; its exit code, None when it does not run."""
        process = self._process
        if process is None or process.stdin is None:
            return None
        process.stdin.close()
        return self._reap()

    def terminate(self) -> int | None:
        """End it the way a log-out does; its exit code."""
        self._running().terminate()
        return self._reap()

    def kill(self) -> None:
        """End it without a word, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._reap()

    def _reap(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        try:
            return process.wait(PATIENCE)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            if self._listener is not None:
                self._listener.join()
            for stream in (process.stdin, process.stdout, self._log):
                if stream is not None:
                    with contextlib.suppress(BrokenPipeError):  # words that nobody read
                        stream.close()

    def _running(self) -> "subprocess.Popen[str]":
        if self._process is None:
            raise LaptopFailed(f"{self.person}: the program does not run")
        return self._process

    def _last_words(self) -> str:
        log = self.home / "output.log"
        return " ".join(log.read_text(encoding="utf-8").splitlines()[-5:])


def _listen(process: "subprocess.Popen[str]", answers: "queue.SimpleQueue[str]") -> None:
    """Pass on what the program answers, until it ends."""
    if process.stdout is not None:
        for line in process.stdout:
            answers.put(line)
    answers.put(ENDED)
