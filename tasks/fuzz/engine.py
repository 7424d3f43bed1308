"""Makes inputs up, led by what they reach; runs in an environment of its own (.venv/fuzz).

What breaks is written to a folder at once and the search goes on: a crash of the process would
lose the rest.
"""

import random
import sys
from pathlib import Path

import atheris

READERS = (
    *("samebox_server.core", "samebox_agent.core", "samebox_agent.net", "samebox_shared"),
    *("markdown_it", "yaml"),
)
with atheris.instrument_imports(include=list(READERS)):
    from tasks.fuzz.judging import judge
    from tasks.fuzz.mutation import mutated
    from tasks.fuzz.targets import TARGETS

LIKELY = 0.6
"""Of the others, how many are made to be accepted where the target knows how."""
BLIND = 0.4
"""Of the changes, how many are the engine's own: bits and words, led by comparisons."""


def fuzz(name: str, place: Path, flags: list[str]) -> None:
    """Never returns: the engine ends the process when the time is over."""
    target = TARGETS[name]
    judge(target, target.start()[0])  # what is loaded at the first one is no input's fault
    others = [data.decode("utf-8", "surrogateescape") for data in target.start()]
    slowest = 0.0

    def look(data: bytes) -> None:
        nonlocal slowest
        verdict = judge(target, data)
        if verdict.milliseconds > slowest:
            slowest = verdict.milliseconds
            (place / "slowest").write_bytes(data)
        if verdict.trouble:
            kept = place / "found" / verdict.trouble
            if not kept.exists() or kept.stat().st_size > len(data):
                kept.write_bytes(data)

    def change(data: bytes, largest: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < BLIND:
            return bytes(atheris.Mutate(data, largest))
        before = data.decode("utf-8", "surrogateescape")
        if target.remade is not None and chance.random() < LIKELY:
            text = target.remade(before, others, chance)
        else:
            text = mutated(before, others, target.words, largest, chance)
        return text.encode("utf-8", "surrogatepass")[:largest]

    atheris.Setup([sys.argv[0], *flags], look, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    fuzz(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
