"""Dutch words of a question said in English, so that English articles are found.

Pure, but for one reading of the table `dutch.tsv` at the first use.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from samebox_agent.matching.forms import PARTICLES, SHORTEST, bases
from samebox_agent.matching.spelling import COMMON_IN_ENGLISH, leaning, plain

_WORD = re.compile(r"(?<!\w)['’][stkmnr](?!\w)|[\w\u0300-\u036f]+(?:['’][\w\u0300-\u036f]+)*")
_CLAUSE = re.compile(rf"(?:{_WORD.pattern})(?:[\s/-]+(?:{_WORD.pattern}))*")
_SPACE = re.compile(r"\s+")
_REACH = 7  # the halves of a verb stand at most this far apart ("zet je die meldingen nu uit")
_REMEMBERED = 4_096  # words, so that the next key press costs nothing

_BEFORE_A_NOUN = frozenset(
    ["de", "het", "een", "mijn", "je", "jouw", "uw", "zijn", "haar", "ons", "onze", "dit", "dat"]
)
_LATE = PARTICLES | {"niet", "niets", "niks", "meer"}


class _Lexicon(NamedTuple):
    """`longest` is the number of words in the longest phrase that begins with a word."""

    english_of: dict[str, str]
    longest: dict[str, int]
    vocabulary: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    table = files(__package__).joinpath("dutch.tsv").read_text(encoding="utf-8")
    dutch, english = zip(*(line.split("\t") for line in table.splitlines()), strict=True)
    phrases = [" ".join(_WORD.findall(phrase)) for phrase in plain("\n".join(dutch)).splitlines()]
    longest: dict[str, int] = {}
    for first, *others in map(str.split, phrases):
        longest[first] = max(longest.get(first, 1), 1 + len(others))
    vocabulary = COMMON_IN_ENGLISH.union(_WORD.findall(plain("\n".join(english))))
    return _Lexicon(dict(zip(phrases, english, strict=True)), longest, vocabulary)


def is_dutch(text: str) -> bool:
    """Whether a text is more likely Dutch than English.

    Each word has a voice: for Dutch when the table knows it or a form of it on its left side, for
    English when it is on the right side or common there, and none when it is both ("printer",
    "in"). A word that neither knows is judged by its spelling. More voices win; a tie is English,
    because then the text stays as it is.
    """
    return sum(_voice(plain(word)) for word in _WORD.findall(text)) > 0


def in_english(text: str) -> str:
    """The text with its Dutch words and phrases in English, and every other word as it was.

    The longest phrase wins. Words that say nothing are left out; white space becomes one space.
    """
    whole = _SPACE.sub(" ", _CLAUSE.sub(_said, text)).strip()
    return f"{whole} " if whole and text[-1:].isspace() else whole


def _said(clause: re.Match[str]) -> str:
    """Words with nothing but space, hyphens and slashes between them, in English."""
    written = [each.group() for each in _WORD.finditer(clause.group())]
    gaps = _WORD.split(clause.group())
    words = [plain(word) for word in written]
    said: dict[int, str] = {}
    for at in range(len(words)):
        if at not in said and (meant := _meant(words, at)):
            said |= dict.fromkeys(meant[0], "") | {at: meant[1]}
            for place in meant[0]:
                words[place] = ""  # spoken for: no later phrase may end in it
    pieces = (
        (" " if at in said or at - 1 in said else gaps[at]) + said.get(at, word)
        for at, word in enumerate(written)
    )
    return "".join(pieces).strip()


def _meant(words: list[str], at: int) -> tuple[list[int], str] | None:
    """The places of the words that belong together from here on, and what they are in English."""
    english_of, longest, _ = _lexicon()
    for end in range(min(at + longest.get(words[at], 1), len(words)), at + 1, -1):
        if (phrase := english_of.get(" ".join(words[at:end]))) is not None:
            return list(range(at, end)), phrase
    if longest.get(words[at], 1) > 1 and (apart := _apart(words, at)):
        return apart
    english = _word(words[at])
    return None if english is None or english.casefold() == words[at] else ([at], english)


def _apart(words: list[str], at: int) -> tuple[list[int], str] | None:
    """A verb whose rest comes later: "start mijn pc niet op", "doet de muis het niet"."""
    english_of = _lexicon().english_of
    for rest in range(at + 2, min(at + 1 + _REACH, len(words))):
        for end in range(min(rest + 3, len(words)), rest, -1):
            phrase = english_of.get(" ".join([words[at], *words[rest:end]]))
            noun_follows = end < len(words) and words[end] in _BEFORE_A_NOUN
            if phrase is not None and words[end - 1] in _LATE and not noun_follows:
                return [at, *range(rest, end)], phrase
    return None


@lru_cache(_REMEMBERED)
def _word(word: str) -> str | None:
    """One folded word in English: as it stands, as a form of another, or as a compound.

    An English word among the Dutch ones ("codes", "restarts") is no form of anything.
    """
    english_of = _lexicon().english_of
    if word in english_of or _is_english(word):
        return english_of.get(word)
    return _form(word) or _compound(word, 3)


def _is_english(word: str) -> bool:
    return not _lexicon().vocabulary.isdisjoint((word, word.removesuffix("s")))


def _form(word: str) -> str | None:
    english_of = _lexicon().english_of
    return next((english_of[each] for each in bases(word) if english_of.get(each)), None)


def _compound(word: str, parts: int) -> str | None:
    for cut in range(len(word) - SHORTEST, SHORTEST - 1, -1):
        head = _head(word[:cut])
        tail = head and (_form(word[cut:]) or (parts > 2 and _compound(word[cut:], parts - 1)))
        if head and tail:
            return f"{head} {tail}"
    return None


def _head(part: str) -> str | None:
    """A first part, also with the letters that tie it to the next ("bedrijf-s-netwerk")."""
    english_of = _lexicon().english_of
    tied = (part.removesuffix(tie) for tie in ("", "s", "en", "e", "n"))
    return next((english_of[each] for each in tied if english_of.get(each)), None)


def _voice(word: str) -> int:
    dutch, english = _word(word) is not None, _is_english(word)
    return dutch - english if dutch or english else leaning(word)
