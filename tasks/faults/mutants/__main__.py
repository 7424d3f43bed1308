"""`python3 dev.py mutants`: plants each mistake in a copy and shows which check finds it."""

import argparse
import contextlib
import importlib
import io
import pkgutil
import sys
import tempfile
from pathlib import Path

from tasks.faults import mutants
from tasks.faults.mutants.mutant import Change, Mutant, copy
from tasks.faults.mutants.runs import RUNS
from tasks.faults.report import Verdict
from tasks.faults.story import NotSettled, run

ATTEMPTS = 5
"""A kill hits a window of a millisecond by luck; so often a run may miss it."""


def main() -> int:
    """0 when every mutant was found and the right code passed every run."""
    given = _arguments()
    found = [mutant for mutant in every() if given.only in mutant.name]
    runs = list(dict.fromkeys((each.run, each.weather) for each in found if each.changes))
    passed = sum(_passes(name, weather, given.seed) for name, weather in runs)
    caught = sum(_is_caught(mutant, given.seed) for mutant in found)
    print(
        f"{caught} of {len(found)} mutants caught; the right code passed {passed} of {len(runs)}."
    )
    return 0 if caught == len(found) and passed == len(runs) else 1


def every() -> list[Mutant]:
    """The mutant of each file, in order."""
    names = sorted(module.name for module in pkgutil.iter_modules(mutants.__path__))
    modules = [
        importlib.import_module(f"{mutants.__name__}.{name}")
        for name in names
        if name.startswith("m") and name[1:3].isdigit()
    ]
    return [module.MUTANT for module in modules]


def _passes(name: str, weather: tuple[Change, ...], seed: int) -> bool:
    verdict, words = _play(Mutant("the right code", weather, name), seed)
    is_good = not verdict.breaches
    print(f"{'passes' if is_good else 'FAILS'}  {name}: the right code", flush=True)
    if not is_good:
        print(words)
    return is_good


def _is_caught(mutant: Mutant, seed: int) -> bool:
    for attempt in range(ATTEMPTS):
        try:
            verdict, _ = _play(mutant, seed + attempt)
        except NotSettled:  # the right code came to rest under the same hardship
            print(f"caught  {mutant.name}: people wait for ever before the first fault", flush=True)
            return True
        if verdict.breaches:
            checks = sorted({breach.check for breach in verdict.breaches})
            print(f"caught  {mutant.name}: {', '.join(checks)}", flush=True)
            return True
    print(f"MISSED  {mutant.name} by the run {mutant.run!r}", flush=True)
    return False


def _play(mutant: Mutant, seed: int) -> tuple[Verdict, str]:
    words = io.StringIO()
    with tempfile.TemporaryDirectory(prefix="samebox-mutant-") as place:
        folder = Path(place) / "run"
        folder.mkdir()
        code = copy(Path(place) / "code", (*mutant.changes, *mutant.weather))
        with contextlib.redirect_stdout(words):
            verdict = run(RUNS[mutant.run], folder, seed, {"PYTHONPATH": str(code)})
    return verdict, words.getvalue()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py mutants", description=__doc__)
    parser.add_argument("--only", default="", help="mutants whose name has these words")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
