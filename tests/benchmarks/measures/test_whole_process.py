"""A command's session is told from the kernel's line, whatever the program is called."""

import sys

import pytest

from benchmarks.measures import whole_process

LINE = "4242 (a (odd) name) S 1 4242 4240 0 -1 4194304 100 0 0 0 1 2 3 4 20 0 1 0 5 6 7"


def test_the_session_stands_behind_the_last_bracket() -> None:
    assert whole_process.session_in(LINE) == 4240


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own counters are read")
def test_children_are_counted_too() -> None:
    burn = "import subprocess, sys; sum(range(10**6)); print('told', flush=True); {}"
    child = "subprocess.run([sys.executable, '-c', 'sum(range(10**7))'])"
    alone = whole_process.run((sys.executable, "-c", burn.format("0")))
    both = whole_process.run((sys.executable, "-c", burn.format(child)))
    assert alone.printed == "told\n"
    assert both.cpu_ms > alone.cpu_ms


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own counters are read")
def test_memory_sees_what_a_child_holds() -> None:
    hold = "import time; held = bytearray(60 * 2**20); time.sleep(0.3)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    found = whole_process.memory((sys.executable, "-c", parent))
    assert found.pss > 60
    assert found.rss > 60
