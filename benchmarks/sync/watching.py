"""A real laptop from outside: what is in its index, and how much memory it takes meanwhile."""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator

from samebox_agent.storage.paths import choose_paths

from benchmarks.measures.processes import mib_of, pss
from tasks.stage.laptop import Laptop

PATIENCE = 120.0
LOOK_SECONDS = 0.02


def ask(laptop: Laptop, sql: str) -> int:
    """One number from the laptop's store."""
    file = choose_paths(laptop.home).database
    with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
        found: int = database.execute(sql).fetchone()[0]
        return found


def wait_for(laptop: Laptop, sql: str, wanted: Callable[[int], bool]) -> None:
    """Until the number is as wanted. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE
    while not wanted(ask(laptop, sql)):
        if time.monotonic() > until:
            raise TimeoutError(sql)
        time.sleep(LOOK_SECONDS)


@contextlib.contextmanager
def peak(pid: int) -> Iterator[list[float]]:
    """Looks at the memory again and again while the block runs."""
    found = [pss(pid)]
    done = threading.Event()

    def look() -> None:
        while not done.wait(LOOK_SECONDS):
            found.append(pss(pid))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield found
    finally:
        done.set()
        looking.join()


def largest(pid: int) -> float:
    """MiB of the largest resident set since the process began."""
    return mib_of(pid, "status", "VmHWM")
