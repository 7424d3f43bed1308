"""One plain line for each step of a set-up: what is done, how long it took, where it failed."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

# What a tool's own words mean for the person at the keyboard. The first that fits is used.
ADVICE = (
    ("no space left", "The disk is full. Free about 2 GB, then run the same command again."),
    (
        "certificate",
        "The secure connection was not trusted. If your company inspects connections, set "
        "UV_SYSTEM_CERTS=1 and PIP_CERT to your company's certificate file (on Linux also "
        "SSL_CERT_FILE), then run the same command again.",
    ),
    (
        "hash",
        "A download is not the file that locks/ names, so it was not installed. Run the same "
        "command again; if it stays, ask whoever runs your package mirror.",
    ),
    (
        "dpkg was interrupted",
        "An earlier installation stopped half-way. Run: sudo dpkg --configure -a",
    ),
    (
        "could not get lock",
        "Another installation is running. Wait until it ends, then run the same command again.",
    ),
)
UNREACHABLE = (
    "connect",
    "dns",
    "network",
    "no matching distribution",
    "resolv",
    "timed out",
    "unreachable",
)
ERROR = re.compile(r"\b(error|[A-Z]\w*Error)\b|^E: ", re.I)
CHECK_CONNECTION = "Check the network connection, then run the same command again."
TRY_AGAIN = "Run the same command again; if it stays, the log below says more."


class StepFailed(Exception):
    """A step that could not be done: `sentence` says what, `advice` what to do, `code` the exit."""

    def __init__(self, sentence: str, advice: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice
        self.code = code


class Steps:
    """Runs commands quietly, keeping everything they say in one log file."""

    def __init__(self, log: Path, out: TextIO = sys.stdout) -> None:
        self.log = log
        self._out = out
        self._started = False

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Announces a step, then how long it took; what fails inside is said to be this step."""
        self._out.write(f"{title} ... ")
        self._out.flush()
        began = time.monotonic()
        try:
            yield
        except BaseException:
            self._out.write("failed\n")
            self._out.flush()
            raise
        self._out.write(f"{time.monotonic() - began:.1f} s\n")

    def run(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Runs one command; its output goes to the log. Raises StepFailed with advice."""
        words = [str(word) for word in command]
        with self._open_log() as log:
            log.write(f"\n$ {' '.join(words)}\n")
            log.flush()
            began_at = log.tell()
            done = _start(words, folder, {**os.environ, **(environment or {})}, log)
        if done.returncode != 0:
            said = self.log.read_bytes()[began_at:].decode(errors="replace")
            raise StepFailed(
                f"{Path(words[0]).name} could not finish: {last_words(said)}", advice(said)
            )

    def _open_log(self) -> TextIO:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if not self._started:
            self.log.unlink(missing_ok=True)
            self._started = True
        return self.log.open("a", encoding="utf-8")


def _start(
    words: list[str], folder: Path | None, environment: dict[str, str], log: TextIO
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            words,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise StepFailed(f"{words[0]} could not be started: {error}", TRY_AGAIN) from error


def last_words(said: str) -> str:
    """The last line in which a tool speaks of an error, or else its last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if ERROR.search(line)]
    return (errors or lines or ["it said nothing"])[-1]


def advice(said: str) -> str:
    """What to do about a tool's complaint."""
    lowered = said.lower()
    for sign, words in ADVICE:
        if sign in lowered:
            return words
    return CHECK_CONNECTION if any(sign in lowered for sign in UNREACHABLE) else TRY_AGAIN
