"""`python3 dev.py faults`: runs a profile in namespaces of its own, where that is possible."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tasks.faults import network
from tasks.faults.profiles import PARTS, PROFILES, Profile
from tasks.faults.story import run
from tasks.stage.programs import ROOT

CELLS = 2
BROKEN = 1
MARGIN_SECONDS = 60.0
"""Of the time that is given, what is not used to spread the faults over."""
END_SECONDS = 120.0


def main() -> int:
    """0 when nothing was broken and everything was done as often as promised."""
    given = _arguments()
    profiles = chosen(given.profile, given.minutes, given.scale)
    if network.NAME in os.environ or given.no_namespaces or not network.can_cut():
        return max(_play(profile, given) for profile in profiles)
    seconds = sum(profile.seconds + END_SECONDS for profile in profiles)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with network.hub(CELLS) as (within, variables):
        command = [*within, sys.executable, "-m", "tasks.faults", *sys.argv[1:]]
        process = subprocess.Popen(command, env={**os.environ, **variables}, cwd=ROOT)
        try:
            return process.wait(seconds)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            process.terminate()
            process.wait(END_SECONDS)
            return BROKEN


def chosen(name: str, minutes: float, scale: float) -> list[Profile]:
    """What to run. The time and the scale are for the first part, which takes most of it; the
    others follow as they are."""
    first, *others = [PROFILES[part] for part in PARTS.get(name, (name,))]
    if scale != 1:
        first = first.scaled(scale)
    if minutes:
        spread = min(first.spread * scale, max(MARGIN_SECONDS / 2, minutes * 60 - MARGIN_SECONDS))
        first = replace(first, seconds=minutes * 60, spread=spread)
    return [first, *others]


def _play(profile: Profile, given: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(
        prefix="samebox-faults-", ignore_cleanup_errors=True
    ) as folder:
        place = Path(given.keep or folder) / profile.name
        place.mkdir(parents=True)
        verdict = run(profile, place, given.seed)
    is_good = verdict.is_whole and (given.any_speed or not verdict.slow)
    return 0 if is_good else BROKEN


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--profile", choices=sorted(PROFILES), default="pr")
    parser.add_argument("--minutes", type=float, default=0, help="how long it may take at most")
    parser.add_argument("--scale", type=float, default=1, help="this part of everything counted")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    parser.add_argument("--keep", default="", help="a folder that keeps histories and verdicts")
    parser.add_argument("--any-speed", action="store_true", help="being slow is no failure")
    parser.add_argument("--no-namespaces", action="store_true", help="cut with the proxy instead")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
