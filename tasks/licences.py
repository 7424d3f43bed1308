"""Lists the licence of every distribution of the locks that this system installs.

GPL and AGPL are refused. Qt and its bindings are used under the LGPL: as shared libraries that
anyone may replace, their licence texts shipped with the agent.
"""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions

UNDER_LGPL = frozenset({"pyside6-essentials", "shiboken6"})
GNU = re.compile(r"GPL|GNU .*General Public", re.I)


@dataclass(frozen=True)
class Licence:
    """What one distribution says about itself; empty when it says nothing."""

    name: str
    words: str


def normal(name: str) -> str:
    """A distribution's name as the locks spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(distribution: Distribution) -> Licence:
    """The most exact statement wins: expression, then classifiers, then free text, then the first
    line of the licence's own file."""
    metadata = distribution.metadata
    classifiers = [
        words.rpartition("::")[2].strip()
        for words in metadata.get_all("Classifier", [])
        if words.startswith("License ::")
    ]
    said = {key: metadata[key] for key in ("License", "License-Expression") if key in metadata}
    free = next(iter(said.get("License", "").splitlines()), "")
    words = said.get("License-Expression") or ", ".join(classifiers) or free
    words = words or _first_line(distribution, metadata.get_all("License-File", []))
    return Licence(normal(metadata["Name"]), words.strip())


def _first_line(distribution: Distribution, files: list[str]) -> str:
    texts = (distribution.read_text(f"licenses/{name}") or "" for name in files)
    return next((line.strip() for text in texts for line in text.splitlines() if line.strip()), "")


def refused(licences: Iterable[Licence]) -> list[Licence]:
    """Those that we may not use, or whose licence nobody can tell."""
    return [each for each in licences if not may_be_used(each)]


def may_be_used(licence: Licence) -> bool:
    """Whether this licence goes with Apache-2.0 in a product that companies install."""
    if not licence.words:
        return False
    if licence.name in UNDER_LGPL:
        return "LGPL" in licence.words
    return not GNU.search(licence.words)


def installed() -> list[Licence]:
    """Everything in the environment that runs this."""
    return sorted((licence_of(each) for each in distributions()), key=lambda each: each.name)


def main() -> int:
    known = installed()
    for each in known:
        print(f"{each.name:<28} {each.words}")
    bad = refused(known)
    if bad:
        print(f"\nNot allowed: {', '.join(each.name for each in bad)}.", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
