"""Route one question: the decision as the company grows, and durable offers in the sockets."""

import asyncio
import sys

from benchmarks.company.office import office
from benchmarks.measures.figures import publish
from benchmarks.routing.decisions import PRESENT, TYPES, measure, rows_of
from benchmarks.routing.offers import through_the_server

SIZES = (1_000, 10_000, 100_000)


def main() -> int:
    """All sizes, then a real server."""
    if "--size" in sys.argv:  # of `rows_of`
        sys.stdout.write("\n".join(measure(int(sys.argv[-1]))))
        return 0
    rows = [row for size in SIZES for row in rows_of(size)]
    with office() as place:
        rows += asyncio.run(through_the_server(place))
    notes = [f"{PRESENT:.0%} present, {TYPES:,} types (Zipf); the clients share the machine"]
    return publish("routing", rows, notes)


if __name__ == "__main__":
    sys.exit(main())
