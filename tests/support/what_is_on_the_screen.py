"""What a screen reader finds of a program, as JSON lines of role and name.

Run by the system's own Python, the one that has pyatspi: argument 1 is the program's name.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pyatspi  # type: ignore[import-not-found]

DEEPEST = 30


def parts(accessible: Any, depth: int = 0) -> Iterator[Any]:  # noqa: ANN401 - it has no types
    """The accessible and everything below it."""
    if accessible is None or depth > DEEPEST:
        return
    yield accessible
    for child in accessible:
        yield from parts(child, depth + 1)


def main() -> None:
    for program in pyatspi.Registry.getDesktop(0):
        if program is None or program.name.lower() != sys.argv[1]:
            continue
        for part in parts(program):
            if part.getState().contains(pyatspi.STATE_SHOWING):
                line = {"role": part.getRoleName(), "name": part.name}
                sys.stdout.write(json.dumps(line) + "\n")


main()
