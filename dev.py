"""The way in on a fresh machine: `python3 dev.py RECIPE`; with no recipe it lists them.

Needs Python and a clone, nothing else. This file must parse on Python 3.7, so that a Python
that is too old gets a sentence and not a traceback; the work is in tasks/bootstrap.py.
"""

from __future__ import annotations

import shutil
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)  # the newest that the pinned PySide6 accepts


def wrong_python(version: tuple[int, int], found: str | None) -> str:
    """The sentence for a Python that Samebox cannot run on, or nothing when it can."""
    if OLDEST <= version <= NEWEST:
        return ""
    wanted = f"Samebox needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}"
    sentence = f"{wanted}, and this is Python {version[0]}.{version[1]}."
    if found:
        return f"{sentence} This machine has one: run the same command with {found}."
    return f"{sentence} Install one of those, then run the same command with it."


def another_python() -> str | None:
    """The name of a suitable Python on the search path, newest first."""
    names = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    return next((name for name in names if shutil.which(name)), None)


if __name__ == "__main__":
    problem = wrong_python(sys.version_info[:2], another_python())
    if problem:
        sys.exit(problem)
    from tasks.bootstrap import main

    sys.exit(main(sys.argv[1:]))
