"""Installs the agent or the server from a release folder, for one person, without other tools.

A release folder is what `python3 dev.py build` makes: our wheels, the hash-pinned locks, this file.
Everything else comes from wherever pip is set up to fetch from, and only with the right hash.
"""

import argparse
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

OLDEST = (3, 11)
FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Install one of the two programs; the exit code."""
    options = argparse.ArgumentParser(description="Install Samebox from this folder.")
    options.add_argument("program", choices=["agent", "server"])
    options.add_argument("--to", type=Path, help="where to install; a usual place otherwise")
    chosen = options.parse_args(arguments)
    if sys.version_info < OLDEST:
        return _fail("This Python is too old. Samebox needs Python 3.11 or newer.")
    release = Path(__file__).resolve().parent
    wheels = sorted(release.glob(f"samebox_{chosen.program}-*.whl"))
    shared = sorted(release.glob("samebox_shared-*.whl"))
    lock = release / f"{chosen.program}.txt"
    if not wheels or not shared or not lock.exists():
        return _fail(f"{release} is not a release folder. Make one with: python3 dev.py build")
    target = chosen.to or usual_place(chosen.program)
    venv.create(target, with_pip=True, clear=True)
    python = programs_of(target) / ("python.exe" if os.name == "nt" else "python")
    quietly = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for words in (
        ["--require-hashes", "--no-deps", "-r", str(lock)],
        ["--no-deps", "--no-index", str(shared[-1]), str(wheels[-1])],
    ):
        done = subprocess.run([*quietly, *words], check=False)
        if done.returncode:
            return _fail("pip could not install it; what it said stands above. Try again.")
    name = "samebox" if chosen.program == "agent" else "samebox-server"
    sys.stdout.write(f"Installed. Start it with: {programs_of(target) / name}\n")
    return 0


def usual_place(program: str) -> Path:
    """Where programs of one person live on this system."""
    if os.name == "nt":
        return Path(os.environ["LOCALAPPDATA"]) / "Programs" / f"Samebox {program}"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / f"Samebox {program}"
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / f"samebox-{program}"


def programs_of(target: Path) -> Path:
    """The folder of an environment's programs."""
    scheme = sysconfig.get_path("scripts", "venv", {"base": str(target)})
    return Path(scheme)


def _fail(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
