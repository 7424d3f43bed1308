"""What is looked for and what is looked through. Values only."""

import hashlib

import msgspec


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """Something that may answer a question. `examples` are earlier questions that it solved.

    `applies_to` are products or systems it is for, none meaning all; `created` is in seconds.
    """

    id: str
    title: str = ""
    body: str = ""
    fix: str = ""
    examples: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    area: str = ""
    topic: str = ""
    created: float | None = None

    def key(self) -> str:
        """Changes when anything in it does."""
        return hashlib.blake2b(msgspec.json.encode(self), digest_size=12).hexdigest()


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is kept in memory of a document: all but its texts."""

    id: str
    applies_to: tuple[str, ...] = ()
    topic: str = ""
    created: float | None = None


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A question in a person's words. `facts` are what the device is: system, product.

    `is_being_typed` takes the last word for the beginning of one. `created` is when it was asked:
    what is not older did not exist yet.
    """

    title: str = ""
    body: str = ""
    facts: tuple[str, ...] = ()
    topic: str = ""
    created: float | None = None
    is_being_typed: bool = False

    @property
    def text(self) -> str:
        """All of its words."""
        return ". ".join(part for part in (self.title.strip(), self.body.strip()) if part)


class Found(msgspec.Struct, frozen=True):
    """A document that fits; a higher score is surer, also across queries."""

    id: str
    score: float
