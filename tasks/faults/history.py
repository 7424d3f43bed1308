"""What each process did and saw, as JSON lines; the checker knows nothing else.

Times are seconds of the machine's monotonic clock, which all processes of one machine share,
except where a field says that the server told it.
"""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """The common base: one line."""

    at: float


class Said(Entry, frozen=True, tag="said"):
    """A message is about to go into its author's outbox. Its `label` is its text, used once.
    `stale`: the author knows that the fence is an old one."""

    person: str
    label: str
    session: str
    stale: bool = False


class Answered(Entry, frozen=True, tag="answered"):
    """The server said done to a message; with a `code` it refused."""

    person: str
    label: str
    code: str = ""


class Claimed(Entry, frozen=True, tag="claimed"):
    """A helper asked for the offer of this question and got an answer: won, or the code."""

    person: str
    question: str
    offer: str
    code: str = ""
    asked_at: float = 0.0


class Got(Entry, frozen=True, tag="got"):
    """An event of the feed was shown. `subject` is what it is about: a session's id, or else a
    question's or an offer's. `number` is a wave or a fence; `told_at` and `until` are the server's
    own times."""

    person: str
    epoch: str
    seq: int
    event: str
    kind: str
    subject: str = ""
    label: str = ""
    number: int = 0
    told_at: float = 0.0
    until: float = 0.0
    question: str = ""
    helper: str = ""


class Kept(Got, frozen=True, tag="kept"):
    """The same, as it lies in the agent's own store when everything is over."""


class Waiting(Entry, frozen=True, tag="waiting"):
    """Something is still in this person's outbox when everything is over."""

    person: str
    what: str


class Up(Entry, frozen=True, tag="up"):
    """The server welcomed this person's agent."""

    person: str
    resync: bool
    head: int


class Down(Entry, frozen=True, tag="down"):
    """The connection is gone."""

    person: str


class Raced(Entry, frozen=True, tag="raced"):
    """One race is over: so many claimed at once."""

    question: str
    claims: int


class Fault(Entry, frozen=True, tag="fault"):
    """The harness did something: `what` is kill, ready, cut, heal, ...; `whom` a process or a
    place; `people` those it concerns."""

    what: str
    whom: str
    people: tuple[str, ...] = ()
    seconds: float = 0.0


AnyEntry = Said | Answered | Claimed | Got | Kept | Waiting | Up | Down | Raced | Fault

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyEntry] = msgspec.json.Decoder(AnyEntry)


class Recorder:
    """Appends to one process's history. What `now` wrote outlives a kill -9."""

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._lines: list[bytes] = []

    def now(self, entry: AnyEntry) -> None:
        """Written when this returns."""
        self._lines.append(_encoder.encode(entry))
        self.flush()

    def soon(self, entry: AnyEntry) -> None:
        """Written with everything else of this turn of the loop."""
        if not self._lines:
            asyncio.get_running_loop().call_soon(self.flush)
        self._lines.append(_encoder.encode(entry))

    def flush(self) -> None:
        """Write what waits."""
        lines, self._lines = self._lines, []
        if lines:
            os.write(self._file, b"\n".join(lines) + b"\n")

    def close(self) -> None:
        """The end."""
        self.flush()
        os.close(self._file)


def read(folder: Path) -> Iterator[AnyEntry]:
    """Every entry of every history in this folder, file by file; a torn last line is left out."""
    for file in sorted(folder.glob("*.jsonl")):
        with file.open("rb") as lines:
            for line in lines:
                try:
                    yield _decoder.decode(line)
                except msgspec.DecodeError:
                    if line.endswith(b"\n"):
                        raise
