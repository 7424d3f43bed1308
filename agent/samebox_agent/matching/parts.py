"""The texts of a document that are encoded, each to a vector of its own. Pure."""

from samebox_agent.matching.documents import Document

MOST_EXAMPLES = 24
"""Earlier questions that are kept as vectors: the first ones."""
_LONG = 900
"""Characters of the whole that are worth tokenising; the encoder reads some 600 of them."""


def parts_of(document: Document) -> tuple[str, ...]:
    """Its title with what it is about, its title alone, its whole, and what it solved before."""
    context = ", ".join(dict.fromkeys(filter(None, (document.area, *document.applies_to[:1]))))
    titled = f"{document.title} ({context})" if context else document.title
    whole = f"{document.title}. {document.body} {document.fix}".strip()[:_LONG]
    texts = (titled, document.title, whole, *document.examples[:MOST_EXAMPLES])
    return tuple(dict.fromkeys(text for text in texts if text.strip(". ")))
