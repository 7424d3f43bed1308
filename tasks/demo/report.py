"""A progress line for each step while the story plays, and a table at its end."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from tasks.stage.laptop import LaptopFailed
from tasks.stage.server import ServerFailed


@dataclass
class Step:
    """One step: what was done, what was seen, how long it took."""

    title: str
    saw: str = ""
    seconds: float = 0.0

    def says(self, saw: str) -> None:
        """What there is to say about it."""
        self.saw = saw


class Report:
    """Collects the steps. A step that fails is shown as failed, and the story ends."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._steps: list[Step] = []
        self._pictures = 0

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """Show the line while the step runs, and its time after."""
        step = Step(title)
        self._out.write(f"  … {title}")
        self._out.flush()
        began = time.monotonic()
        try:
            yield step
        except (LaptopFailed, ServerFailed, AssertionError) as error:
            self._out.write(f"\r  ✗ {title}\n    {error}\n")
            raise
        step.seconds = time.monotonic() - began
        self._steps.append(step)
        self._out.write(f"\r  ✓ {title} ({step.seconds:.1f} s)\n")
        self._out.flush()

    def pictured(self) -> None:
        """One more picture was saved."""
        self._pictures += 1

    def table(self) -> str:
        """What happened, and how long each step took."""
        wide = max(len(step.title) for step in self._steps)
        rows = [
            f"  {step.title:<{wide}}  {step.seconds:5.1f} s  {step.saw}" for step in self._steps
        ]
        total = sum(step.seconds for step in self._steps)
        return "\n".join([*rows, f"  {'Everything':<{wide}}  {total:5.1f} s"])

    @property
    def pictures(self) -> int:
        """How many pictures were saved."""
        return self._pictures
