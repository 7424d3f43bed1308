"""The texts of a document that are encoded, each to a vector of its own. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from samebox_agent.matching.documents import Document

MOST_EXAMPLES = 64
"""Earlier questions that are kept as vectors: the first ones."""
_LONG = 900
"""Characters of the whole that are worth tokenising; the encoder reads some 600 of them."""


class Parts(NamedTuple):
    """What a document says itself, and the questions that it solved; no text twice."""

    own: tuple[str, ...]
    solved: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them."""
        return self.own + self.solved


def parts_of(document: Document) -> Parts:
    """Its title with what it is about, its title alone, its whole, and what it solved before."""
    context = ", ".join(dict.fromkeys(filter(None, (document.area, *document.applies_to[:1]))))
    titled = f"{document.title} ({context})" if context else document.title
    whole = f"{document.title}. {document.body} {document.fix}".strip()[:_LONG]
    own = _told((titled, document.title, whole))
    solved = _told(document.examples[:MOST_EXAMPLES])
    return Parts(own, tuple(text for text in solved if text not in own))


def _told(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text.strip(". ")))
