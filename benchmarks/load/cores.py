"""Where what runs: the server has a core, the generator another; how many files both may open."""

import asyncio
import os
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

SERVER_CORE, GENERATOR_CORE = 0, 1
SPARE_FILES = 100

T = TypeVar("T")


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started inside runs on this core only."""
    if not hasattr(os, "sched_setaffinity") or (os.cpu_count() or 1) < 2:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def generate(load: Coroutine[Any, Any, T]) -> T:
    """Runs the generator's loop on its core to the end."""
    import uvloop  # is not made for Windows

    with (
        on_core(GENERATOR_CORE),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        return runner.run(load)


def raise_file_limit(needed: int = 0) -> None:
    """As many sockets as this machine allows; servers started later inherit it. Ends with the
    reason when that is fewer than needed."""
    import resource  # is not there on Windows

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < needed + SPARE_FILES:
        wanted = needed + SPARE_FILES
        raise SystemExit(f"This needs {wanted} open files; this account may have {most}.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
