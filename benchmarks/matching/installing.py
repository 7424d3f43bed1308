"""The libraries that Samebox is compared with, in an environment of this benchmark alone."""

import shutil
import subprocess
import sys
from pathlib import Path

from tasks.environments import has_stamp, program, write_stamp

PINS = ("bm25s==0.3.16", "numpy==2.4.6", "PyStemmer==3.1.0", "tantivy==0.27.0")
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".venv" / "matching"


class NotInstalled(Exception):
    """The package index is out of reach, or has no wheel for this machine."""


def alternatives_python() -> Path:
    """A Python that has them, made at the first use; what pip is set up with is used."""
    python = program(FOLDER, "python")
    wanted = "\n".join((sys.version, *PINS))
    if has_stamp(FOLDER, wanted):
        return python
    shutil.rmtree(FOLDER, ignore_errors=True)
    _run(sys.executable, "-m", "venv", FOLDER)
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    _run(*pip, "--only-binary", ":all:", *PINS)
    write_stamp(FOLDER, wanted)
    return python


def _run(*words: str | Path) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        *_, last = (done.stderr or done.stdout).strip().splitlines() or ["no reason was given"]
        raise NotInstalled(last)
