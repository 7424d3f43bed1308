"""dist/ is a whole release: wheels, locks, installer."""

import subprocess
import sys
from pathlib import Path

from tasks.release import BESIDE, ROOT, complete


def test_the_locks_and_the_installer_lie_beside_the_wheels(tmp_path: Path) -> None:
    copies = complete(ROOT, tmp_path / "dist")
    assert sorted(copy.name for copy in copies) == sorted(Path(name).name for name in BESIDE)


def test_the_installer_says_what_is_missing(tmp_path: Path) -> None:
    complete(ROOT, tmp_path / "dist")
    done = subprocess.run(
        [sys.executable, tmp_path / "dist" / "install.py", "agent"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "is not a release folder" in done.stderr
