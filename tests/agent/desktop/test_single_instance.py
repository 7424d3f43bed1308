"""Only one copy holds the lock, and a new one gets it after the first is gone."""

import gc
from pathlib import Path

from samebox_agent.desktop.single_instance import SingleInstance


def test_one_copy_at_a_time(tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "lock")
    assert first.acquire()
    assert not SingleInstance(tmp_path / "lock").acquire()
    del first
    gc.collect()
    assert SingleInstance(tmp_path / "lock").acquire()
