"""The command `samebox`: reads its arguments, without Qt, and starts the program."""

import argparse
import sys
from pathlib import Path

from samebox_agent import __version__

USAGE_ERROR = 2


def parser() -> argparse.ArgumentParser:
    """Every option, for people and for the tests."""
    options = argparse.ArgumentParser(
        prog="samebox", description="Help from a colleague who has the same computer."
    )
    options.add_argument("--version", action="version", version=f"Samebox {__version__}")
    options.add_argument(
        "--home", type=Path, help="keep everything in this folder instead of the usual one"
    )
    options.add_argument(
        "--machine", type=Path, help="take the facts from a recorded machine (a JSON file)"
    )
    options.add_argument(
        "--allow-http",
        action="store_true",
        help="accept a server without encryption that is not this machine (for trials only)",
    )
    options.add_argument("--show", action="store_true", help="open the window at the start")
    options.add_argument(
        "--rehearse",
        action="store_true",
        help="read cues as JSON lines and act on the windows (for the demo and for tests)",
    )
    options.add_argument("--keys", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--match", type=Path, help=argparse.SUPPRESS)
    return options


def main(arguments: list[str] | None = None) -> int:
    """Run Samebox; the exit code is 0 unless it could not start."""
    chosen = parser().parse_args(arguments)
    if chosen.keys:
        from samebox_agent.storage import key_process

        key_process.answer(sys.stdin.buffer, sys.stdout.buffer)
        return 0
    if chosen.match is not None:
        from samebox_agent.matching import serving

        serving.run(chosen.match)
        return 0
    machine = None
    if chosen.machine is not None:
        from samebox_agent.collectors import recorded

        try:
            machine = recorded.load(chosen.machine)
        except recorded.BadRecording as error:
            sys.stderr.write(f"samebox: {error}\n")
            return USAGE_ERROR
    from samebox_agent.app import Start, run

    return run(Start(chosen.home, machine, chosen.allow_http, chosen.show, chosen.rehearse))
