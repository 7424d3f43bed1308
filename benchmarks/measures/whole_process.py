"""One command from its start to its end: time, CPU, and the memory of all its processes.

Time is taken in one run and memory in another, because looking at memory costs time.
"""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measures.processes import mib_of

PATIENCE = 90.0
"""Seconds until a command that does not end is ended."""
LOOK = 0.005
SESSION = 3
"""The field of /proc/PID/stat, counted after the program's name."""


@dataclass(frozen=True)
class Run:
    """What one run took. CPU is its own and that of every child it waited for."""

    wall_ms: float
    cpu_ms: float
    printed: str


@dataclass(frozen=True)
class Memory:
    """MiB. `pss` is the largest sum over all processes that were seen at once, `rss` the largest
    that a single one ever had."""

    pss: float
    rss: float


def run(words: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Unobserved."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = _started(words, environment, output.fileno())
        overdue = threading.Timer(PATIENCE, _end, [process.pid])
        overdue.start()
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        overdue.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read().decode("utf-8", "replace")
    return Run(took * 1000, (used.ru_utime + used.ru_stime) * 1000, printed)


def memory(words: Sequence[str], environment: Mapping[str, str] | None = None) -> Memory:
    """Looked at every few milliseconds; what lives shorter than that is missed."""
    process = _started(words, environment, subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE
    most, largest = 0.0, 0.0
    while process.poll() is None:
        looks = [_look(pid) for pid in session(process.pid)]
        most = max(most, sum(pss for pss, _ in looks))
        largest = max([largest, *(rss for _, rss in looks)])
        if time.monotonic() > deadline:
            _end(process.pid)
        time.sleep(LOOK)
    return Memory(most, largest)


def session(leader: int) -> list[int]:
    """The processes that the command has now; one that opens a session of its own is not seen."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and int(folder.name) >= leader:
            try:
                told = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            if session_in(told) == leader:
                found.append(int(folder.name))
    return found


def session_in(stat: str) -> int:
    """The session in a line of /proc/PID/stat; a program's name may hold blanks and brackets."""
    return int(stat.rpartition(")")[2].split()[SESSION])


def _look(pid: int) -> tuple[float, float]:
    """PSS now and the largest RSS until now; nothing of one that has just ended."""
    try:
        return mib_of(pid, "smaps_rollup", "Pss"), mib_of(pid, "status", "VmHWM")
    except (OSError, KeyError):
        return 0.0, 0.0


def _started(
    words: Sequence[str], environment: Mapping[str, str] | None, output: int
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        words,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _end(leader: int) -> None:
    """Ends what the command started, and only that: its session is also its group."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
