"""What becomes of an article file that is imported.

The number in a file is a promise about what its author had seen: a file that says an older number
than the published one was written before that one, and would silently undo it.
"""

import hashlib
import re
from enum import StrEnum

import msgspec
from samebox_shared.model.articles import Article

_VERSION_LINE = re.compile(r"^version:", re.MULTILINE)


class Intake(StrEnum):
    """What an import did with a file, or would do."""

    NEW = "new"
    CHANGED = "changed"
    AS_BEFORE = "as_before"
    LEFT_OUT = "left_out"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file; `words` say why it was left out, or what else is worth knowing."""

    source: str
    intake: Intake
    article_id: str = ""
    version: int = 0
    words: str = ""


class ArticleFile(msgspec.Struct, frozen=True, kw_only=True):
    """One article file; `source` is its name, for messages."""

    source: str
    text: str


class GivenFile(msgspec.Struct, frozen=True, kw_only=True):
    """One article that is published, in canonical form, or no longer (no text), with the
    fingerprints of all that was ever published under its id."""

    article_id: str
    text: str
    fingerprints: list[str]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the server has under an id: its newest version, published or hidden. The same file
    again brings no hidden article back; a new version does, as it does in the portal."""

    article: Article
    source: str


def left_out(source: str, line: int, what: str) -> Verdict:
    """A file that is not taken in; the others are."""
    return Verdict(source=source, intake=Intake.LEFT_OUT, words=f"{source}, line {line}: {what}")


def line_at(text: str, at: int) -> int:
    """The line of the character at this place, counted from 1."""
    return text.count("\n", 0, at) + 1


def decide(source: str, text: str, offered: Article, known: Known | None) -> Verdict:
    """What an import does with a file that was read."""
    article_id = str(offered.article_id)
    if known is None:
        number = max(offered.version, 1)
        return Verdict(source=source, intake=Intake.NEW, article_id=article_id, version=number)
    now = known.article.version
    if _is_the_same(offered, text, known):
        return Verdict(source=source, intake=Intake.AS_BEFORE, article_id=article_id, version=now)
    if offered.version < now:
        found = _VERSION_LINE.search(text)
        line = line_at(text, found.start()) if found else 1
        what = (
            f"The file says version {offered.version}, but version {now} is published and says "
            f"something else. It stays. Compare them (samebox-server articles export), then write "
            f"version: {now + 1} to publish yours."
        )
        return left_out(source, line, what)
    number, words = offered.version, ""
    if offered.version == now:
        number = now + 1
        words = f"{source}: version {now} was published with other text, so this is {number} now."
    return Verdict(
        source=source, intake=Intake.CHANGED, article_id=article_id, version=number, words=words
    )


def _is_the_same(offered: Article, text: str, known: Known) -> bool:
    if text == known.source:
        return True
    now = known.article.version
    is_same = msgspec.structs.replace(offered, version=now) == known.article
    return is_same and offered.version <= now  # a higher number was raised on purpose


def fingerprint(article: Article) -> str:
    """The same for two articles that differ in nothing but their version."""
    told = msgspec.json.encode(msgspec.structs.replace(article, version=0))
    return hashlib.sha256(told).hexdigest()
