"""What the agent costs while nothing happens: joined, connected, left alone for a minute."""

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.figures import Figure, publish, single
from benchmarks.machine import only_on_linux
from benchmarks.office import Office, office
from benchmarks.probed import ProbedAgent
from benchmarks.processes import pss, pss_parts, use_of
from benchmarks.screen import Screen, has_tray_tools, offscreen, tray_screen

MINUTE = 60.0
SETTLE = 12.0
"""Seconds until what a start brings (facts, articles, the ten seconds without a tray) is over."""
PATIENCE = 20.0
PSS_GOAL = 60.0
SWITCHES_GOAL = 12.0
CPU_GOAL = 5.0
AFTER_WINDOW_GOAL = 70.0


def main() -> int:
    """Offscreen always; in a real tray too where there is one."""
    only_on_linux("An idle minute")
    rows: list[Figure] = []
    with office() as place:
        for screen in _screens():
            with screen as shown:
                rows += _measure(place, shown, place.joined_home(f"ada-{shown.name}"))
    return publish("idle", rows)


def _screens() -> list[contextlib.AbstractContextManager[Screen]]:
    real = [tray_screen()] if has_tray_tools() else []
    return [contextlib.nullcontext(offscreen()), *real]


def _measure(place: Office, screen: Screen, home: Path) -> Iterator[Figure]:
    agent = ProbedAgent(home, screen)
    try:
        agent.await_icon()
        _await_connection(agent.pid)
        time.sleep(SETTLE)
        before = use_of(agent.pid)
        time.sleep(MINUTE)
        switches, cpu = use_of(agent.pid).since(before)
        yield single(f"{screen.name}: memory (PSS)", "MiB", pss(agent.pid), PSS_GOAL)
        data, files = pss_parts(agent.pid)
        yield single(f"{screen.name}: of it data", "MiB", data)
        yield single(f"{screen.name}: of it pages of libraries", "MiB", files)
        yield single(f"{screen.name}: context switches a minute", "", switches, SWITCHES_GOAL)
        yield single(f"{screen.name}: CPU a minute", "ms", cpu, CPU_GOAL)
        yield single(f"{screen.name}: threads", "", len(before.switches))
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
