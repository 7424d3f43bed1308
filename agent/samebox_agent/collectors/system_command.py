"""Runs one of the system's own read-only programs, with a time limit of its own.

Only fixed programs named in this package run, never anything an article or the server brings.
"""

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

Run = Callable[[tuple[str, ...]], bytes]
"""Takes program and arguments; returns what it printed. Raises CommandFailed."""

TIME_LIMIT = 1.5
"""Seconds; below the runner's limit, so that the program is ended and not only left behind."""


class CommandFailed(Exception):
    """A system program was not there, failed, or took too long."""


def run(command: tuple[str, ...], time_limit: float = TIME_LIMIT) -> bytes:
    """What the program printed. It speaks English and sees no terminal."""
    return _printed(command, time_limit).stdout


def run_with_errors(command: tuple[str, ...], time_limit: float = TIME_LIMIT) -> bytes:
    """For programs that answer on the side where others complain: what they said on both."""
    done = _printed(command, time_limit)
    return done.stdout + done.stderr


def _printed(command: tuple[str, ...], time_limit: float) -> "subprocess.CompletedProcess[bytes]":
    # 8 ms to import, and on Linux it is rarely needed.
    import os
    import subprocess

    try:
        return subprocess.run(
            command,
            check=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=time_limit,
            env=environment(os.environ),
            creationflags=_flags(),
        )
    except subprocess.TimeoutExpired as error:
        raise CommandFailed(f"{command[0]} took longer than {time_limit:g} s") from error
    except subprocess.CalledProcessError as error:
        raise CommandFailed(f"{command[0]} ended with {error.returncode}") from error
    except OSError as error:
        raise CommandFailed(f"{command[0]} could not be started: {error.strerror}") from error


def _flags() -> int:
    """Without it Windows opens a black window for each program."""
    if sys.platform == "win32":
        import subprocess

        return subprocess.CREATE_NO_WINDOW
    return 0


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """In English, and without the library path that a frozen build sets for itself."""
    theirs = {name: value for name, value in ours.items() if not name.startswith("LD_LIBRARY_PATH")}
    if original := ours.get("LD_LIBRARY_PATH_ORIG"):
        theirs["LD_LIBRARY_PATH"] = original
    return {**theirs, "LC_ALL": "C"}
