"""Prepares what a recipe needs, then hands over to the task runner."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.environments import DEV, EVERY, FUZZ, Environment, Environments, programs_of
from tasks.recipes import listing, recipes
from tasks.steps import StepFailed, Steps
from tasks.system_packages import (
    BROWSER,
    DESKTOP,
    LETTERS,
    NETWORK,
    PYTHON,
    QT,
    SERVERS,
    WAYLAND,
    Need,
    provide,
)

ROOT = Path(__file__).resolve().parent.parent
UNKNOWN_RECIPE = 2


@dataclass(frozen=True)
class Needs:
    """What must be there before a recipe can run."""

    environments: tuple[Environment, ...] = EVERY
    system: tuple[Need, ...] = ()


# `test` and `bench` start a real desktop of their own, to click on; `demo` only draws.
NEEDS = {
    "bench": Needs(system=QT + DESKTOP + SERVERS),
    "build": Needs(environments=(DEV,)),
    "check": Needs(),
    "cover": Needs(),
    "demo": Needs(system=QT + LETTERS),
    "faults": Needs(system=NETWORK),
    "format": Needs(environments=(DEV,)),
    "fuzz": Needs(environments=(DEV, FUZZ)),
    "licences": Needs(environments=(DEV,)),
    "lock": Needs(environments=(DEV,)),
    "mutants": Needs(system=NETWORK),
    "simulate": Needs(environments=(DEV,)),
    "test": Needs(system=QT + DESKTOP + LETTERS + BROWSER + SERVERS + NETWORK),
}
OTHERWISE = Needs(system=QT)


def main(arguments: Sequence[str]) -> int:
    """The exit code of `python3 dev.py ARGUMENTS`."""
    known = recipes(ROOT / "justfile")
    if not arguments or arguments[0] in ("-h", "--help"):
        print(listing(known))
        return 0
    if arguments[0] not in known:
        print(f"There is no recipe called {arguments[0]}.\n\n{listing(known)}", file=sys.stderr)
        return UNKNOWN_RECIPE
    steps = Steps(ROOT / ".venv" / "setup.log")
    try:
        prepare(NEEDS.get(arguments[0], OTHERWISE), steps, os.environ)
    except StepFailed as failure:
        print(f"\n{failure.sentence}\n{failure.advice}", file=sys.stderr)
        if steps.log.exists():
            print(f"Everything that was said is in {steps.log}", file=sys.stderr)
        return failure.code
    return hand_over(arguments)


def prepare(needs: Needs, steps: Steps, variables: Mapping[str, str]) -> None:
    """Silent when nothing is missing."""
    screen = WAYLAND if needs.system and variables.get("WAYLAND_DISPLAY") else ()
    provide(PYTHON + needs.system + screen, steps)
    Environments(ROOT, steps).make(needs.environments)


def hand_over(arguments: Sequence[str]) -> int:
    """Becomes the task runner, with the tools' programs first on the search path."""
    folder = ROOT / ".venv" / DEV.name
    path = os.pathsep.join([str(programs_of(folder)), os.environ.get("PATH", os.defpath)])
    variables = {**os.environ, "PATH": path, "VIRTUAL_ENV": str(folder), "PYTHONUTF8": "1"}
    just = shutil.which("just", path=path)
    if just is None:
        print("The task runner is missing. Remove the folder .venv and try again.", file=sys.stderr)
        return 1
    command = [just, "--justfile", str(ROOT / "justfile"), *arguments]
    if os.name == "nt":  # exec returns to the prompt too early there
        return subprocess.run(command, env=variables, check=False).returncode
    sys.stdout.flush()
    os.execve(just, command, variables)
