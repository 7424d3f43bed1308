"""`python3 dev.py simulate --people N`: one week of a company at every desk."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tasks.simulate import pictures
from tasks.simulate.company import Company, found
from tasks.simulate.report import Possible, possible, row, table, together
from tasks.simulate.rivals import (
    Broadcast,
    LeastLoaded,
    LeastLoadedByRing,
    RoundRobin,
    RoundRobinByRing,
)
from tasks.simulate.samebox import Samebox
from tasks.simulate.world import World

PLOTS = Path(__file__).resolve().parent.parent.parent / "docs" / "simulation"

DESKS = (Samebox, Broadcast, RoundRobin, LeastLoaded, RoundRobinByRing, LeastLoadedByRing)


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; with --draw the plots are written, too."""
    options = argparse.ArgumentParser(prog="dev.py simulate", description=__doc__)
    options.add_argument("--people", type=int, default=2_000, help="how many work there")
    options.add_argument("--seed", type=int, default=1, help="another company, another week")
    options.add_argument(
        "--companies", type=int, default=1, help="so many of this size, for small ones"
    )
    options.add_argument("--draw", type=Path, nargs="?", const=PLOTS, help="write the plots")
    chosen = options.parse_args(arguments)
    seeds = range(chosen.seed, chosen.seed + chosen.companies)
    companies = [found(chosen.people, seed) for seed in seeds]
    allowed = [possible(company) for company in companies]
    sys.stdout.write(_about(companies, allowed, chosen.seed))
    rows, outcomes = [], []
    for desk in DESKS:
        began = time.monotonic()
        weeks = [
            World(company, desk(company), seed).run()
            for company, seed in zip(companies, seeds, strict=True)
        ]
        outcomes.append(weeks)
        rows.append(together([row(*each) for each in zip(companies, weeks, allowed, strict=True)]))
        sys.stderr.write(f"{desk.name}: {time.monotonic() - began:.1f} s\n")
    sys.stdout.write(table(rows))
    if chosen.draw is not None:
        for path in pictures.draw(chosen.draw, chosen.people, rows, outcomes):
            sys.stderr.write(f"{path}\n")
    return 0


def _about(companies: Sequence[Company], allowed: Sequence[Possible], seed: int) -> str:
    people = [person for company in companies for person in company.people]
    helpers = sum(person.volunteering.helping for person in people)
    it = sum(person.is_it for person in people)
    questions = sum(len(company.questions) for company in companies)
    reachable = sum(len(each.reachable) for each in allowed)
    return (
        f"Companies: {len(companies)}. {len(people):,} people, {helpers:,} of them help, {it} in "
        f"IT, {companies[0].types:,} device types, {questions:,} questions in a week; for "
        f"{reachable:,} of them somebody with the same model was there. Seed {seed}.\n\n"
    )


if __name__ == "__main__":
    sys.exit(main())
