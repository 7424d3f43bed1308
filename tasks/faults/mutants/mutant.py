"""A planted mistake, and how it gets into a copy of the code."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tasks.stage.programs import ROOT

PACKAGES = ("shared/samebox_shared", "agent/samebox_agent", "server/samebox_server")


class Astray(Exception):
    """The words that a mistake replaces do not stand where it looks for them exactly once."""


@dataclass(frozen=True)
class Change:
    """In this file (as the repository names it) `old` stands exactly once and becomes `new`."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Mutant:
    """`run` names the profile of runs.py that must find it. `weather` is a hardship that the right
    code stands as well, and without which the mistake would not show."""

    name: str
    changes: tuple[Change, ...]
    run: str
    weather: tuple[Change, ...] = ()


def copy(into: Path, changes: Iterable[Change]) -> Path:
    """The three packages with these changes; the folder to import them from."""
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, into / Path(package).name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for change in changes:
        apply(change, into)
    return into


def apply(change: Change, into: Path) -> None:
    """Raises Astray, so that a mistake that no longer fits is not taken for one that was found."""
    file = into / change.file.partition("/")[2]
    text = file.read_text(encoding="utf-8")
    if text.count(change.old) != 1:
        raise Astray(f"{change.file} has this {text.count(change.old)} times:\n{change.old}")
    file.write_text(text.replace(change.old, change.new), encoding="utf-8")
