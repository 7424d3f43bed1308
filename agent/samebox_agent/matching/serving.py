"""The process that matches for the agent: reads lines, answers them, encodes in between."""

import os
import queue
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from samebox_agent.matching.dialogue import (
    Answered,
    Asked,
    FromAgent,
    Ready,
    Shelf,
    ToAgent,
    from_agent,
    line,
)
from samebox_agent.matching.documents import Found, Query
from samebox_agent.matching.encoder import Encoder, NoEncoder
from samebox_agent.matching.index import discard, open_index
from samebox_agent.matching.matcher import Matcher

MOST = 20
SILENT = 0.48
"""Below it nothing is shown. Of questions that the starter articles answer 97 % are surer, of such
as have nothing to do with a laptop 25 % (docs/matching.md)."""
ALONG = 0.3
"""What else is shown beside a first answer that is sure enough: of the right ones from the second
place to the fifth 98 % are surer, of the tenth places 40 %."""
AT_ONCE = 4
"""Documents that are encoded between two looks at what was asked: some 50 ms."""
SEEN_AFTER = 256
"""Documents after which what was encoded so far is looked through too."""
ENCODED = 0.9
"""The share of documents that must be encoded before an answer is worth more than words alone."""
BELOW_OTHERS = 5
"""How much kinder than other programs a process is to the processor from the first document that it
encodes (nice(2)); there is no way back. One that only answers is waited for, and is not kind: with
two busy cores that alone took 25 ms a key."""


def serve(
    file: Path, incoming: BinaryIO, out: BinaryIO, step_back: Callable[[], None] = lambda: None
) -> None:
    """Until the other end closes. `step_back` is called once, before anything is encoded.

    A damaged index is deleted, and the process ends with an error: the next one makes it again.
    """
    lines: queue.SimpleQueue[FromAgent | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(incoming, lines), daemon=True).start()
    try:
        desk = _Desk(Matcher(open_index(file), _encoder()), out, step_back)
        while (said := _next(lines, wait=not desk.has_work)) is not None:
            desk.take(said)
    except sqlite3.DatabaseError:
        discard(file)
        raise


def sure(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """What may be shown: nothing at all if not even the best is likely to be the answer."""
    if not found or found[0].score < SILENT:
        return ()
    return tuple(each for each in found if each.score >= ALONG)


class _Desk:
    """Answers what was asked, and encodes a few documents whenever nothing was."""

    def __init__(self, matcher: Matcher, out: BinaryIO, step_back: Callable[[], None]) -> None:
        self._matcher = matcher
        self._out = out
        self._unseen = 0
        self._step_back: Callable[[], None] | None = step_back
        self.has_work = False

    def take(self, said: "FromAgent | _Nothing") -> None:
        match said:
            case Shelf(documents=documents):
                self._matcher.keep(documents)
                self._unseen = 0
                self.has_work = True
            case Asked():
                self._answer(said)
            case _Nothing():
                self._encode()

    def _answer(self, asked: Asked) -> None:
        """Not before nearly all is encoded: what is not would look as if it meant nothing."""
        matcher = self._matcher
        if matcher.knows_meaning and matcher.encoded < ENCODED:
            return
        query = Query(title=asked.text, facts=asked.facts, is_being_typed=True)
        found = matcher.search(query, MOST)
        self._say(Answered(asked.text, sure(found) if matcher.knows_meaning else found))

    def _encode(self) -> None:
        if self._step_back is not None and self._matcher.lacks_meaning:
            self._step_back()
            self._step_back = None
        encoded = self._matcher.encode_some(AT_ONCE)
        self._unseen += encoded
        self.has_work = encoded > 0
        if self._unseen >= SEEN_AFTER or (self._unseen and not encoded):
            self._matcher.refresh()
            self._unseen = 0
        if not encoded:
            self._say(Ready())

    def _say(self, said: ToAgent) -> None:
        self._out.write(line(said))
        self._out.flush()


class _Nothing:
    """Nobody asked anything just now."""


def _next(
    lines: "queue.SimpleQueue[FromAgent | None]", *, wait: bool
) -> FromAgent | _Nothing | None:
    """What was asked last: of several texts only the newest is worth an answer."""
    try:
        said = lines.get(block=wait)
        while isinstance(said, Asked) and not lines.empty():
            said = lines.get()
    except queue.Empty:
        return _Nothing()
    return said


def _listen(incoming: BinaryIO, lines: "queue.SimpleQueue[FromAgent | None]") -> None:
    """An agent that was killed may leave half a line: that is the end like any other."""
    try:
        for said in incoming:
            lines.put(from_agent.decode(said))
    except msgspec.DecodeError as error:
        sys.stderr.write(f"the agent ended in the middle of a line: {error}\n")
    finally:
        lines.put(None)


def _encoder() -> Encoder | None:
    try:
        return Encoder()
    except NoEncoder as error:
        sys.stderr.write(f"only words are matched: {error}\n")
        return None


def run(file: Path) -> None:
    """Be the process."""
    serve(file, sys.stdin.buffer, sys.stdout.buffer, _be_kind)


def _be_kind() -> None:
    if hasattr(os, "nice"):
        os.nice(BELOW_OTHERS)
