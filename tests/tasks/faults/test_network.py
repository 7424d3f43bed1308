"""Cells behind cables that can be cut, and nothing of them left afterwards."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tasks.faults import network
from tasks.faults.network import NAME, Way
from tasks.stage.programs import ROOT

pytestmark = pytest.mark.skipif(not network.can_cut(), reason="no namespaces here")

REACH = """
import socket, subprocess, sys
from tasks.faults.network import Way, cells_here
cell, = cells_here()
listening = socket.create_server(("0.0.0.0", 0))
listening.settimeout(0.3)
port = listening.getsockname()[1]
ask = f"import socket; socket.create_connection(('{cell.gateway}', {port}), timeout=0.2)"

def reaches():
    done = subprocess.run([*cell.within, sys.executable, "-c", ask], capture_output=True)
    return done.returncode == 0

def comes_to_reach():  # a cable that was plugged in takes a moment
    return any(reaches() for _ in range(50))

found = [comes_to_reach()]
for way in Way:
    cell.cut(way)
    found.append(reaches())
    cell.heal(way)
    found.append(comes_to_reach())
print(found)
"""


def namespaces() -> str:
    """Those of the harness, without numbers that only say what else is there."""
    done = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True)
    ours = f"sbf{os.getpid() % 100000}"
    return "\n".join(line for line in done.stdout.splitlines() if line.startswith(ours))


def in_hub(within: Sequence[str], variables: dict[str, str]) -> str:
    done = subprocess.run(
        [*within, sys.executable, "-c", REACH],
        env={**os.environ, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_cut_cable_lets_nothing_through_until_it_heals() -> None:
    with network.hub(1) as (within, variables):
        assert variables[NAME].endswith(":1")
        assert in_hub(within, variables).strip() == str([True, *[False, True] * len(Way)])


def test_nothing_is_left_behind_when_the_run_fails() -> None:
    before = namespaces()
    with contextlib.suppress(ZeroDivisionError), network.hub(2):
        assert namespaces() != before
        raise ZeroDivisionError
    assert namespaces() == before
