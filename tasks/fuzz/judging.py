"""Whether one input breaks a target: a crash, a broken promise, or too much processor time."""

import re
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import thread_time
from typing import Generic, TypeVar

LIMIT_MILLISECONDS = 100.0
"""Of processor time of the thread, so that a busy machine breaks nothing."""
TRIES = 2

Done = TypeVar("Done")


class BrokenPromise(AssertionError):
    """What a target promises and an input refutes; `name` is the same for the same promise."""

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(f"{name}: {detail}" if detail else name)
        self.name = name


@dataclass(frozen=True)
class Target(Generic[Done]):
    """Something that reads what others wrote. `act` is timed; `promises` looks at what it did."""

    name: str
    act: Callable[[bytes], Done]
    promises: Callable[[bytes, Done], None]
    start: Callable[[], list[bytes]]
    words: tuple[str, ...]
    """Of the language that the input is written in."""
    largest: int
    """Bytes of an input; a little over what is accepted."""
    remade: Callable[[str, Sequence[str], Random], str] | None = None
    """Another input that is likely to be accepted, made of this one and of others."""


@dataclass(frozen=True)
class Verdict:
    """`trouble` names what broke, the same for the same cause, and is empty when nothing did."""

    milliseconds: float
    trouble: str = ""
    detail: str = ""


def judge(target: Target[Done], data: bytes) -> Verdict:
    """Tries one input, and once more when it was slow."""
    milliseconds = LIMIT_MILLISECONDS
    try:
        for _ in range(TRIES):
            began = thread_time()
            done = target.act(data)
            milliseconds = (thread_time() - began) * 1000
            if milliseconds <= LIMIT_MILLISECONDS:
                target.promises(data, done)
                return Verdict(milliseconds)
    except BrokenPromise as broken:
        return Verdict(milliseconds, broken.name, str(broken))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a library in Rust may panic, which is no Exception
        return Verdict(milliseconds, _signature(error), f"{type(error).__name__}: {error}")
    return Verdict(milliseconds, "slow", f"{milliseconds:.0f} ms of processor time")


def _signature(error: BaseException) -> str:
    """The kind of the error and the place that let it out."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).stem}-{frames[-1].name}" if frames else "nowhere"
    return re.sub(r"[^a-z0-9]+", "-", f"{type(error).__name__}-{place}".lower()).strip("-")
