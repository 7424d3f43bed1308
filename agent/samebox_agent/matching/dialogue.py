"""What the agent and the process that matches say to each other: one line of JSON each."""

import msgspec

from samebox_agent.matching.documents import Document, Found


class Shelf(msgspec.Struct, frozen=True, tag="shelf"):
    """All documents there are now."""

    documents: tuple[Document, ...]


class Asked(msgspec.Struct, frozen=True, tag="asked"):
    """What stands in the field, and what the device is."""

    text: str
    facts: tuple[str, ...] = ()


class Answered(msgspec.Struct, frozen=True, tag="answered"):
    """The answer to that text, surest first; none when nothing is sure enough to be shown."""

    text: str
    found: tuple[Found, ...]


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """Everything on the shelf is encoded: the process has nothing left to do by itself."""


FromAgent = Shelf | Asked
ToAgent = Answered | Ready
from_agent: msgspec.json.Decoder[FromAgent] = msgspec.json.Decoder(FromAgent)
to_agent: msgspec.json.Decoder[ToAgent] = msgspec.json.Decoder(ToAgent)


def line(said: FromAgent | ToAgent) -> bytes:
    """As it is written."""
    return msgspec.json.encode(said) + b"\n"
