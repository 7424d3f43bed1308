"""One device as the hub sees it: where it is in its feed, and the way out to it.

The rule that makes everything else optional: an event is sent from memory only when it is the very
next one after the cursor; anything newer triggers a read of the feed, now or in a moment. So a lost
wake-up, a slow socket and a restart all end in the same read. Ten thousand of these wait at a time,
so one that is idle holds no queue, no task and no timer.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from samebox_shared.model.ids import PersonId, SessionId
from samebox_shared.protocol.codec import encode
from samebox_shared.protocol.errors import CloseCode
from samebox_shared.protocol.messages import ServerFrame, Welcome

from samebox_server.live.conversation import Received
from samebox_server.live.lines import Line
from samebox_server.store.devices import Caller

MAX_IN_FLIGHT = 64
"""Acts of one device that may wait for their commit; then its socket is not read for a while."""

PATIENCE_SECONDS = 0.05
"""How long a line waits for those before it, which may have been written by another server."""
MOST_HELD = 16
"""Lines that wait so."""


class Wire(Protocol):
    """The way out to one device: lean_socket.py and socket.py bring one each."""

    @property
    def connection_id(self) -> str:
        """Names this socket in the log."""
        ...

    @property
    def waiting(self) -> int:
        """Frames that the device is slow to take."""
        ...

    @property
    def is_full(self) -> bool:
        """Whether a long catch-up had better wait."""
        ...

    def send(self, data: bytes) -> None:
        """One frame, without waiting."""
        ...

    def close(self, code: CloseCode) -> None:
        """Says goodbye; the first reason counts."""
        ...

    def hold(self, is_held: bool) -> None:
        """Whether to stop reading for now."""
        ...

    async def drained(self) -> None:
        """Returns when it is no longer full, or gone."""
        ...


@dataclass(frozen=True)
class Feeds:
    """What every connection has of the hub."""

    read: Callable[[PersonId, int], Awaitable[list[Line]]]
    spawn: Callable[[Coroutine[Any, Any, None]], None]
    queue_limit: int
    """Frames that may wait for one device."""
    closed: Callable[[CloseCode], None] = lambda _: None
    """Told of every socket that the server closes."""
    patience: Callable[[], float] = lambda: 0.0
    """Seconds that a line waits for those before it: 0 when no other server can be telling them."""


class Connection:
    """Frames go in at any time and come out in order."""

    __slots__ = (
        "_cursor",
        "_feeds",
        "_first",
        "_held",
        "_is_catching_up",
        "_is_welcome",
        "_newest",
        "_received",
        "_unacked",
        "acked",
        "caller",
        "heard_at",
        "in_flight",
        "is_closing",
        "kept_cursor",
        "slot",
        "wire",
    )

    def __init__(self, caller: Caller, wire: Wire, feeds: Feeds) -> None:
        self.caller = caller
        self.wire = wire
        self.acked = 0
        self.kept_cursor = -1
        """How far the database knows this device to be; -1 for not told since it came."""
        self.is_closing = False
        self.in_flight = 0
        self.heard_at = 0.0
        self.slot = 0
        """Its place on the wheel of heartbeats."""
        self._feeds = feeds
        self._is_welcome = False
        self._cursor = 0
        self._newest = 0
        self._is_catching_up = False
        self._first: Callable[[], Iterable[ServerFrame]] | None = None
        self._held: dict[int, Line] | None = None
        """Lines that came before the one that is next."""
        self._unacked: deque[tuple[int, Received]] | None = None
        self._received: dict[SessionId, Received] | None = None

    @property
    def cursor(self) -> int:
        """The number of the last event that was sent to this device."""
        return self._cursor

    @property
    def is_welcome(self) -> bool:
        """Whether the welcome is sent."""
        return self._is_welcome

    def start(
        self, welcome: Welcome, cursor: int, first: Callable[[], Iterable[ServerFrame]]
    ) -> None:
        """`welcome` is the first frame, then the events after `cursor` follow, then `first`."""
        self._is_welcome = True
        self.push(welcome)
        self._cursor = self.acked = cursor
        self._first = first
        self.notice(welcome.head_seq)
        self._say_first()

    def close(self, code: CloseCode) -> None:
        """Ends the connection; the first reason counts."""
        if not self.is_closing:
            self.is_closing = True
            self._feeds.closed(code)
            self.wire.close(code)

    def push(self, frame: ServerFrame) -> None:
        """Sends a frame, but none before the welcome."""
        self._send(encode(frame))

    def hint(self, data: bytes) -> None:
        """Sends a frame that may be lost, unless the socket is behind already."""
        if self._is_open and self.wire.waiting < self._feeds.queue_limit // 2:
            self.wire.send(data)

    def deliver(self, line: Line) -> None:
        """The feed has a new event."""
        if not self._is_open or self._is_catching_up or line.seq <= self._cursor:
            self.notice(line.seq)
        elif line.seq == self._cursor + 1:
            self._send_line(line)
            self._send_held()
        elif patience := self._feeds.patience():
            self._hold(line, patience)
        else:
            self.notice(line.seq)

    def notice(self, head: int) -> None:
        """The feed reaches `head`; reads it if that is news."""
        if head > self._newest:
            self._newest = head
        if self._cursor < self._newest and not self._is_catching_up and self._is_open:
            self._is_catching_up = True
            self._feeds.spawn(self._catch_up())

    def _hold(self, line: Line, patience: float) -> None:
        """What another server wrote before it is on its way; reading it would cost more than a
        moment of patience."""
        held = self._held = self._held or {}
        if len(held) >= MOST_HELD:
            self.notice(line.seq)
            return
        if not held:
            asyncio.get_running_loop().call_later(patience, self._stop_holding)
        held[line.seq] = line

    def _send_held(self) -> None:
        if self._held is None:
            return
        while self._is_open and (line := self._held.pop(self._cursor + 1, None)) is not None:
            self._send_line(line)
        if not self._held:
            self._held = None

    def _stop_holding(self) -> None:
        held, self._held = self._held, None
        if held:
            self.notice(max(held))

    def act_came(self) -> None:
        """The device asks for one more act."""
        self.in_flight += 1
        if self.in_flight == MAX_IN_FLIGHT:
            self.wire.hold(True)

    def act_decided(self) -> None:
        """One of its acts has its answer."""
        self.in_flight -= 1
        if self.in_flight == MAX_IN_FLIGHT // 2:
            self.wire.hold(False)

    def ack(self, seq: int) -> bool:
        """The device has stored everything up to `seq`; False if it claims more than it was
        sent."""
        if seq > self._cursor:
            return False
        self.acked = max(self.acked, seq)
        while self._unacked and self._unacked[0][0] <= seq:
            _, received = self._unacked.popleft()
            self._received = self._received or {}
            self._received[received.session_id] = received
        if not self._unacked:
            self._unacked = None
        return True

    @property
    def has_received(self) -> bool:
        """Whether messages of others reached the device that their authors were not told of."""
        return bool(self._received)

    def take_received(self) -> list[Received]:
        """The last of those messages in each session; asking again gives only newer ones."""
        received, self._received = self._received or {}, None
        return list(received.values())

    @property
    def _is_open(self) -> bool:
        return self._is_welcome and not self.is_closing

    def _send(self, data: bytes) -> None:
        """A socket that cannot keep up is closed and resumes later: the feed is the buffer, so a
        slow reader costs no memory (DEL-15)."""
        if not self._is_open:
            return
        if self.wire.waiting >= self._feeds.queue_limit:
            self.close(CloseCode.TOO_SLOW)
        else:
            self.wire.send(data)

    async def _catch_up(self) -> None:
        try:
            while self._cursor < self._newest and self._is_open:
                await self._send_page(await self._feeds.read(self.caller.person_id, self._cursor))
        finally:
            self._is_catching_up = False
        self._say_first()

    async def _send_page(self, page: list[Line]) -> None:
        if not page:
            self._newest = self._cursor
        for line in page:
            if self.wire.is_full:
                await self.wire.drained()
            if not self._is_open:
                return
            self._send_line(line)

    def _send_line(self, line: Line) -> None:
        self._send(line.data)
        if self.is_closing:
            return  # nothing may follow a gap
        self._cursor = line.seq
        if line.received is not None:
            self._unacked = self._unacked or deque()
            self._unacked.append((line.seq, line.received))

    def _say_first(self) -> None:
        if self._first is None or self._is_catching_up:
            return
        frames, self._first = self._first(), None
        for frame in frames:
            self.push(frame)
