"""`python3 dev.py faults`: runs one profile in namespaces of its own, where that is possible."""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tasks.faults import network
from tasks.faults.profiles import PROFILES, Profile
from tasks.faults.story import play
from tasks.stage.programs import ROOT

ROOMS = 2
BROKEN = 1
MARGIN_SECONDS = 60.0
"""Of the time that is given, what is not used to spread the faults over."""


def main() -> int:
    """0 when nothing was broken and everything was done as often as promised."""
    given = _arguments()
    profile = _profile(given)
    if network.NAME in os.environ or given.no_namespaces or not network.can_cut():
        return _play(profile, given)
    with network.hub(ROOMS) as (within, variables):
        command = [*within, sys.executable, "-m", "tasks.faults", *sys.argv[1:]]
        process = subprocess.Popen(command, env={**os.environ, **variables}, cwd=ROOT)
        try:
            return process.wait(profile.seconds + 120)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            process.terminate()
            process.wait(30)
            return BROKEN


def _play(profile: Profile, given: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(
        prefix="samebox-faults-", ignore_cleanup_errors=True
    ) as folder:
        place = Path(given.keep) if given.keep else Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        verdict = asyncio.run(play(profile, place, given.seed))
    is_good = verdict.is_whole and (given.any_speed or not verdict.slow)
    return 0 if is_good else BROKEN


def _profile(given: argparse.Namespace) -> Profile:
    profile = PROFILES[given.profile]
    if given.scale != 1:
        profile = profile.scaled(given.scale)
    if not given.minutes:
        return profile
    seconds = given.minutes * 60
    spread = min(profile.spread * given.scale, max(MARGIN_SECONDS / 2, seconds - MARGIN_SECONDS))
    return replace(profile, seconds=seconds, spread=spread)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--profile", choices=sorted(PROFILES), default="pr")
    parser.add_argument("--minutes", type=float, default=0, help="how long it may take at most")
    parser.add_argument("--scale", type=float, default=1, help="this part of everything counted")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    parser.add_argument("--keep", default="", help="an empty folder that keeps the history")
    parser.add_argument("--any-speed", action="store_true", help="being slow is no failure")
    parser.add_argument("--no-namespaces", action="store_true", help="cut with the proxy instead")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
