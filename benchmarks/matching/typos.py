"""Questions with one mistake, as fingers make it: two letters swapped, or one left out. Pure."""

import random
import re

_LONG = re.compile(r"[^\W\d_]{6,}")


def with_typo(text: str, chance: random.Random) -> str:
    """One long word is written wrong; its first letter stays, as it nearly always does.

    A text without a word of six letters stays as it is.
    """
    found = list(_LONG.finditer(text))
    if not found:
        return text
    word = chance.choice(found)
    wrong = _wrong(word.group(), chance)
    return text[: word.start()] + wrong + text[word.end() :]


def _wrong(word: str, chance: random.Random) -> str:
    """Swapping two equal letters would be no mistake, so only places with two kinds are taken."""
    places = [at for at in range(1, len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return word[:-1]
    at = chance.choice(places)
    if chance.random() < 0.5:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]
