"""The desktop's own judgement of an entry, where its tool is installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def validate(path: Path) -> None:
    """Fails when the desktop's own tool finds fault; without the tool, nothing is checked."""
    tool = shutil.which("desktop-file-validate")
    if tool is None:
        pytest.skip("desktop-file-validate is not installed")
    done = subprocess.run((tool, os.fspath(path)), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
