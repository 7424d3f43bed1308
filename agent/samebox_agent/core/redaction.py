"""Takes what is personal out of words, on the laptop, before they leave it (B10, AB-4, P17).

The text is cut into pieces: words that stay, and words that are taken out and of which only the
kind is shown. What stays is looked at again until nothing more is found, so that doing it twice
changes nothing.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from samebox_shared.model.article_limits import is_hidden

from samebox_agent.core.redaction_rules import RULES, Rule
from samebox_agent.core.redaction_rules import Kind as Kind

_ORDER = {kind: place for place, kind in enumerate(Kind)}
MARK = re.compile("|".join(re.escape(f"[{kind}]") for kind in Kind))
"""What stands where something was taken out."""
_COMMON_HOSTS = frozenset(
    {"localhost", "laptop", "desktop", "computer", "macbook", "notebook", "pc", "thinkpad"}
    | {"ubuntu", "fedora", "debian", "windows", "linux", "mac", "home", "work", "server"}
    | {"printer", "router", "macbook-air", "macbook-pro", "user", "admin", "root"}
)
SHORTEST_HOST = 3
_BASES = str.maketrans("łŁøØđĐıħĦ\u2019\u2018\u02bc`", "lLoOdDihH''''")
"""Letters that Unicode does not take apart, and all that is typed for an apostrophe."""
_SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "æ": "ae", "ø": "oe"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Æ": "Ae", "Ø": "Oe"}
)
"""As names are typed where the keys are missing: Mueller."""
_LETTER = r"[^\W\d_]"


class Known(Struct, frozen=True):
    """Whom and what the laptop knows by name: people of the session, itself, and its user."""

    people: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    users: tuple[str, ...] = ()


class Piece(Struct, frozen=True):
    """Some words, and of what kind they are if they are taken out."""

    words: str
    kind: Kind | None = None

    @property
    def shown(self) -> str:
        """What stands here once it is taken out."""
        return self.words if self.kind is None else f"[{self.kind}]"


class Span(Struct, frozen=True):
    """Where in the new text something is missing, of which kind, and what it was."""

    start: int
    end: int
    kind: Kind
    words: str


class Redacted(Struct, frozen=True):
    """A text as pieces; `text` is what may leave."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The text without what was taken out."""
        return "".join(piece.shown for piece in self.pieces)

    @property
    def spans(self) -> tuple[Span, ...]:
        """What was taken out, in order."""
        spans, at = [], 0
        for piece in self.pieces:
            end = at + len(piece.shown)
            if piece.kind is not None:
                spans.append(Span(at, end, piece.kind, piece.words))
            at = end
        return tuple(spans)


@lru_cache(maxsize=16)
def redact(text: str, known: Known) -> Redacted:
    """The text in pieces."""
    rules = (*RULES, *_own_rules(known))
    pieces = _split_marks(_seen(text))
    while True:
        again = tuple(part for piece in pieces for part in _cut(piece, rules))
        if again == pieces:
            return Redacted(joined(pieces))
        pieces = again


def counted(spans: tuple[Span, ...]) -> tuple[tuple[Kind, int], ...]:
    """How many different words of each kind were taken out, the strongest kind first."""
    kinds = Counter(kind for kind, _ in dict.fromkeys((span.kind, span.words) for span in spans))
    return tuple(sorted(kinds.items(), key=lambda item: _ORDER[item[0]]))


def _seen(text: str) -> str:
    """Hidden characters would keep words from being recognised; lines are kept."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(c for c in text if c in "\n\t" or not is_hidden(c))


class _Mark(Piece, frozen=True):
    """A mark that stood there already."""


def _split_marks(text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for mark in MARK.finditer(text):
        pieces += [Piece(text[at : mark.start()]), _Mark(mark.group())]
        at = mark.end()
    pieces.append(Piece(text[at:]))
    return tuple(piece for piece in pieces if piece.words)


def joined(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Words that stay and are neighbours become one piece."""
    whole: list[Piece] = []
    for piece in pieces:
        if piece.kind is None and whole and whole[-1].kind is None:
            whole[-1] = Piece(whole[-1].words + piece.words)
        else:
            whole.append(Piece(piece.words, piece.kind))
    return tuple(whole)


def _cut(piece: Piece, rules: tuple[Rule, ...]) -> Iterator[Piece]:
    if piece.kind is not None or isinstance(piece, _Mark):
        yield piece
        return
    at = 0
    for start, end, kind in _found(piece.words, rules):
        if start > at:
            yield Piece(piece.words[at:start])
        yield Piece(piece.words[start:end], kind)
        at = end
    if at < len(piece.words):
        yield Piece(piece.words[at:])


def _found(text: str, rules: tuple[Rule, ...]) -> list[tuple[int, int, Kind]]:
    """All matches; those that overlap become one, of the stronger kind."""
    plain = _plain(text)
    places = sorted(place for rule in rules for place in _matches(rule, plain))
    merged: list[tuple[int, int, Kind]] = []
    for start, end, kind in places:
        if merged and start < merged[-1][1]:
            first, last, before = merged[-1]
            stronger = min(before, kind, key=_ORDER.__getitem__)
            merged[-1] = (first, max(last, end), stronger)
        else:
            merged.append((start, end, kind))
    return merged


def _matches(rule: Rule, text: str) -> Iterator[tuple[int, int, Kind]]:
    pattern = rule.compiled()
    group = "x" if "x" in pattern.groupindex else 0
    for match in pattern.finditer(text):
        start, end = match.span(group)
        if end > start and (rule.is_meant is None or rule.is_meant(text, start, end)):
            yield start, end, rule.kind


def _plain(text: str) -> str:
    """The same length without accents, so that Renée is found where Renee was typed."""
    return "".join(_base(character) for character in text)


def _base(character: str) -> str:
    character = character.translate(_BASES)
    if character.isascii():
        return character
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isalnum() else character


def _own_rules(known: Known) -> tuple[Rule, ...]:
    hosts = [
        form
        for host in known.hosts
        for form in (host, host.partition(".")[0])
        if len(form) >= SHORTEST_HOST and form.casefold() not in _COMMON_HOSTS
    ]
    users = [
        user
        for user in known.users
        if len(user) >= SHORTEST_HOST and user.casefold() not in _COMMON_HOSTS
    ]
    people = [form for name in known.people for form in _forms(name)]
    by_kind = ((Kind.HOST, hosts), (Kind.USER, users), (Kind.NAME, people))
    return tuple(_words_rule(kind, words) for kind, words in by_kind if words)


def _words_rule(kind: Kind, words: list[str]) -> Rule:
    """Any of these words, the longest first. Scripts without spaces have no ends of words."""
    forms = []
    for word in sorted(dict.fromkeys(map(_plain, words)), key=len, reverse=True):
        form = r"[\s.\-_]+".join(re.escape(part) for part in word.split())
        before = rf"(?<!{_LETTER})" if _has_ends(word[0]) else ""
        after = rf"(?!{_LETTER})" if _has_ends(word[-1]) else ""
        genitive = "s?" if kind is Kind.NAME and len(word) > 2 and after else ""
        forms.append(f"{before}{form}{genitive}{after}")
    return Rule(kind, "|".join(forms))


def _has_ends(character: str) -> bool:
    return not character.isalpha() or character.upper() != character.lower()


def _forms(name: str) -> tuple[str, ...]:
    """Whatever this name is written as, also where the keys for its letters are missing."""
    given = unicodedata.normalize("NFC", name)
    spelled = (given, given.translate(_SPELLED_OUT))
    return tuple(dict.fromkeys(form for one in spelled for form in _forms_of(one.split())))


def _forms_of(parts: list[str]) -> list[str]:
    """The whole name, its parts without particles such as "de" and initials, "A. de Vries", and
    user names that are made of it: anadevries, adevries, anad."""
    if len("".join(parts)) < 2:
        return []
    own = [part for part in parts if len(part) > 1 and not part.islower()]
    halves = [half for part in own for half in part.split("-") if len(half) > 2]
    bare = [re.sub("['\u2019]", "", part) for part in own]
    first, last, behind = parts[0], "".join(parts[1:]), " ".join(parts[1:])
    made = [first + last, first[0] + last, first + last[0], last] if last else []
    short = [f"{first[0]}. {behind}", f"{first[0]} {behind}"] if last else []
    long_enough = [word for word in made if len(word) > 3]
    return [" ".join(parts), *own, *halves, *bare, *short, *long_enough]
