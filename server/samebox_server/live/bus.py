"""What servers on one database tell each other after a commit, and the port that carries it.

Everything here is a hint (DEL-3): what is lost, late, doubled or forged costs at most a look into
the database. Frames are delivered only by the rule of connection.py, the very next number; the
look around in nodes.py finds whatever never came.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from samebox_shared.model.ids import DeviceId, PersonId, SessionId

NODE_BYTES = 8
_NUMBER_BYTES = 8
_DIGEST_BYTES = 16
_HEAD = _DIGEST_BYTES + NODE_BYTES + _NUMBER_BYTES


class Fed(msgspec.Struct, array_like=True, frozen=True):
    """A person's feed now reaches `head`; `frames` are its last lines, ready to send, if they are
    small enough to travel."""

    person_id: PersonId
    head: int
    frames: tuple[bytes, ...] = ()


class Here(msgspec.Struct, array_like=True, frozen=True):
    """A device came to the sending server, went away from its keyboard, or left (`gone`)."""

    device_id: DeviceId
    person_id: PersonId
    away: bool
    gone: bool
    since: float
    """When it came; the newer of two sockets of a device stays."""


class Typed(msgspec.Struct, array_like=True, frozen=True):
    """Somebody is typing in a session."""

    session_id: SessionId
    person_id: PersonId


class Hints(msgspec.Struct, array_like=True, frozen=True):
    """What one turn of a server leaves for the others. New fields go to the end, with a default:
    two versions may run side by side for a while."""

    feeds: tuple[Fed, ...] = ()
    here: tuple[Here, ...] = ()
    typing: tuple[Typed, ...] = ()
    events: tuple[bytes, ...] = ()
    """Events that open, change or close sessions, as they are stored."""
    people: tuple[PersonId, ...] = ()
    """People about whom the routing knows something old now."""
    articles: int = 0
    """The head of the articles' change feed, or 0 if it has not moved."""


Receive = Callable[[str, Hints], None]
"""Gets the sending server's id and what it says."""
Missed = Callable[[], None]


def new_node_id() -> str:
    """Nobody else has it."""
    return secrets.token_hex(NODE_BYTES // 2)


class Bus(Protocol):
    """How hints travel. Neither method ever raises or waits for the network."""

    @property
    def node_id(self) -> str:
        """The name of this server among the others, new with every start."""
        ...

    @property
    def is_up(self) -> bool:
        """Whether what is published now is likely to arrive."""
        ...

    @property
    def lag(self) -> float:
        """Seconds that the last measured message was under way."""
        ...

    def publish(self, hints: Hints) -> None:
        """To every other server, or to nobody."""
        ...

    async def run(self, receive: Receive, missed: Missed) -> None:
        """Carries messages until it is cancelled. `missed` is called when some may have been
        missed."""
        ...


class NoBus:
    """One server alone, or several without Redis: looking around finds everything."""

    is_up = False
    lag = 0.0

    def __init__(self, node_id: str = "") -> None:
        self.node_id = node_id or new_node_id()

    def publish(self, hints: Hints) -> None:
        """Nobody listens."""

    async def run(self, receive: Receive, missed: Missed) -> None:
        """There is nothing to carry."""


class Post:
    """Writes and reads the messages of one server: sealed, so that only servers with the key of
    this database are believed, and numbered by sender, so that a missing one is noticed."""

    def __init__(
        self, node_id: str, key: bytes, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.node_id = node_id
        self._me = node_id.encode()
        if len(self._me) != NODE_BYTES:
            raise ValueError(f"a server's id has {NODE_BYTES} letters")
        self._key = key
        self._monotonic = monotonic
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Hints)
        self._number = 0
        self._heard: dict[bytes, int] = {}
        self._under_way: tuple[int, float] | None = None
        self.lag = 0.0
        self.refused = 0
        """Messages that were not ours, or not whole."""

    def write(self, hints: Hints) -> bytes:
        """One message. What is written and then not sent leaves a gap that the others notice."""
        self._number += 1
        if self._under_way is None:
            self._under_way = (self._number, self._monotonic())
        body = self._me + self._number.to_bytes(_NUMBER_BYTES) + self._encoder.encode(hints)
        return self._seal(body) + body

    def read(self, data: bytes, receive: Receive, missed: Missed) -> None:
        """Hands a message of another server on. Our own comes back, too, and tells the lag."""
        body = data[_DIGEST_BYTES:]
        if len(data) < _HEAD or not hmac.compare_digest(data[:_DIGEST_BYTES], self._seal(body)):
            self.refused += 1
            return
        sender = body[:NODE_BYTES]
        number = int.from_bytes(body[NODE_BYTES : NODE_BYTES + _NUMBER_BYTES])
        if sender == self._me:
            self._came_back(number)
            return
        expected = self._heard.get(sender, 0) + 1
        self._heard[sender] = max(number, expected - 1)
        if number > expected:
            missed()
        try:
            hints = self._decoder.decode(body[NODE_BYTES + _NUMBER_BYTES :])
        except msgspec.DecodeError:
            self.refused += 1
            missed()
            return
        receive(sender.decode(errors="replace"), hints)

    def forget_lost(self) -> None:
        """The connection is new: what was under way will not come back."""
        self._under_way = None

    def _came_back(self, number: int) -> None:
        if self._under_way is not None and number >= self._under_way[0]:
            self.lag = self._monotonic() - self._under_way[1]
            self._under_way = None

    def _seal(self, body: bytes) -> bytes:
        return hashlib.blake2b(body, key=self._key, digest_size=_DIGEST_BYTES).digest()


def small(frames: Sequence[bytes], limit: int) -> tuple[bytes, ...]:
    """The frames, if all of them together are small enough to travel; otherwise none."""
    return tuple(frames) if sum(map(len, frames)) <= limit else ()
