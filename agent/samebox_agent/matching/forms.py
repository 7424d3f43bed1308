"""What a Dutch word may be a form of (a plural, a verb, an adjective, a little one): only rules."""

import re
from collections.abc import Iterator

SHORTEST = 3
"""Letters of a stem, and of a part of a compound: shorter ones are found everywhere."""
_PARTICLES = """
aan achter af binnen dicht door in leeg los mee om op open over terug toe uit vast vol voor vrij
weer weg
"""
PARTICLES = frozenset(_PARTICLES.split())
"""What comes off a verb: "afsluiten", but "sluit alles af"."""

_PARTICIPLE = re.compile(rf"({'|'.join(sorted(PARTICLES))}|)ge(.{{3,}})")
_ENDINGS = "|s|'s|e|n|en|t|d|er|te|de|je|ere|ers|ten|den|end|tje|pje|jes|ende|tjes|pjes|etje|etjes"
_LONG = re.compile(r"([aeou])\1(?=[^aeiou]$)")
_SHORT = re.compile(r"(?<![aeiou])([aeou])(?=[^aeiou]$)")
_DOUBLED = re.compile(r"([^aeiou])\1$")
_VOICED = str.maketrans("sf", "zv")
_UNVOICED = str.maketrans("zv", "sf")


def bases(word: str) -> Iterator[str]:
    """The word itself, then what it may be a form of, the likeliest first."""
    yield word
    if len(word) <= SHORTEST:
        return
    participle = _PARTICIPLE.fullmatch(word)
    for ending in _ENDINGS.split("|"):
        if len(word) - len(ending) >= SHORTEST and word.endswith(ending):
            yield from _stems(word.removesuffix(ending))
            if participle:
                yield from _stems("".join(participle.groups()).removesuffix(ending))


def _stems(stem: str) -> Iterator[str]:
    """For "knopp" also "knop", for "trag" "traag", for "muiz" "muis", for "laad" "laden"."""
    unvoiced = stem[:-1] + stem[-1:].translate(_UNVOICED)
    voiced = stem[:-1] + stem[-1:].translate(_VOICED)
    yield from (stem, unvoiced, _SHORT.sub(r"\1\1", unvoiced), _DOUBLED.sub(r"\1", stem))
    shortened = _LONG.sub(r"\1", voiced)
    yield from (f"{stem}en", f"{voiced}en", f"{shortened}en", f"{stem}{stem[-1:]}en")
