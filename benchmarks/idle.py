"""What the agent costs while nothing happens: joined, connected, left alone for a minute."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.company.office import office
from benchmarks.laptop.probed import ProbedAgent
from benchmarks.laptop.screen import Screen, best_screen
from benchmarks.measures.figures import Figure, publish, single
from benchmarks.measures.machine import only_on_linux
from benchmarks.measures.processes import pss, pss_parts, use_of
from tasks.stage.programs import program

MINUTE = 60.0
SETTLE = 12.0
"""Seconds until what a start brings (facts, articles, the ten seconds without a tray) is over."""
PATIENCE = 20.0
PSS_GOAL = 60.0
SWITCHES_GOAL = 12.0
CPU_GOAL = 5.0
AFTER_WINDOW_GOAL = 70.0


def main() -> int:
    """In a real tray where there is one: without one Samebox opens its window and is not idle."""
    only_on_linux("An idle minute")
    with office() as place, best_screen() as screen:
        rows = list(_measure(screen, place.joined_home("ada")))
    return publish("idle", rows)


def _measure(screen: Screen, home: Path) -> Iterator[Figure]:
    yield from _measure_idle(screen, home)
    yield from _measure_after_window(screen, home)


def _measure_idle(screen: Screen, home: Path) -> Iterator[Figure]:
    """The very program that a person runs, with nothing of ours in it."""
    command = [program("agent", "samebox"), "--home", str(home)]
    with started(command, screen.environment) as pid:
        _await_connection(pid)
        time.sleep(SETTLE)
        before = use_of(pid)
        time.sleep(MINUTE)
        switches, cpu = use_of(pid).since(before)
        yield single(f"{screen.name}: memory (PSS)", "MiB", pss(pid), PSS_GOAL)
        data, files = pss_parts(pid)
        yield single(f"{screen.name}: of it data", "MiB", data)
        yield single(f"{screen.name}: of it pages of libraries", "MiB", files)
        yield single(f"{screen.name}: context switches a minute", "", switches, SWITCHES_GOAL)
        yield single(f"{screen.name}: CPU a minute", "ms", cpu, CPU_GOAL)
        yield single(f"{screen.name}: threads", "", len(before.switches))


@contextlib.contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[int]:
    """A program while the block runs; its process id."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _measure_after_window(screen: Screen, home: Path) -> Iterator[Figure]:
    agent = ProbedAgent(home, screen)
    try:
        agent.await_icon()
        _await_connection(agent.pid)
        time.sleep(SETTLE)
        agent.click()
        agent.said("painted")
        agent.close_windows()
        time.sleep(1.0)
        opened = f"{screen.name}: memory (PSS) after the window was opened and closed"
        yield single(opened, "MiB", pss(agent.pid), AFTER_WINDOW_GOAL)
    finally:
        agent.end()


def _await_connection(pid: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _is_connected(pid):
        if time.monotonic() > deadline:
            raise TimeoutError("the agent did not connect")
        time.sleep(0.1)


def _is_connected(pid: int) -> bool:
    found = psutil.Process(pid).net_connections("tcp")
    return any(each.status == psutil.CONN_ESTABLISHED for each in found)


if __name__ == "__main__":
    sys.exit(main())
