"""One device's socket as the hub sees it: where it is in its feed, and what waits to be sent.

The rule that makes everything else optional: an event is sent from memory only when it is the very
next one after the cursor; anything newer triggers a read of the feed. So a lost wake-up, a slow
socket and a restart all end in the same read.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

from samebox_shared.model.ids import SessionId
from samebox_shared.protocol.codec import encode
from samebox_shared.protocol.errors import CloseCode
from samebox_shared.protocol.events import MessagePosted
from samebox_shared.protocol.messages import Event, ServerFrame, Welcome

from samebox_server.live.conversation import Received
from samebox_server.store.devices import Caller

ReadFeed = Callable[[int], Awaitable[list[Event]]]
Send = Callable[[bytes], Awaitable[None]]


class Connection:
    """Frames go in at any time; two tasks, `send_all` and `follow`, bring them out in order."""

    def __init__(self, caller: Caller, read_feed: ReadFeed, queue_limit: int) -> None:
        self.caller = caller
        self.acked = 0
        self.kept_cursor = 0
        """How far the database knows this device to be."""
        self.is_keeping = False
        """Whether what it has received is about to be written down."""
        self.closing: asyncio.Future[CloseCode] = asyncio.get_running_loop().create_future()
        self._read_feed = read_feed
        self._limit = queue_limit
        self._outgoing: asyncio.Queue[ServerFrame] = asyncio.Queue()
        self._roomy = asyncio.Event()
        self._is_welcome = False
        self._cursor = 0
        self._newest = 0
        self._is_behind = True
        self._behind = asyncio.Event()
        self._unacked: deque[tuple[int, Received]] = deque()
        self._received: dict[SessionId, Received] = {}

    @property
    def cursor(self) -> int:
        """The number of the last event that was queued for this device."""
        return self._cursor

    def start(self, welcome: Welcome, cursor: int) -> None:
        """`welcome` is the first frame, then the events after `cursor` follow."""
        self._is_welcome = True
        self.push(welcome)
        self._cursor = self.acked = self.kept_cursor = cursor
        self._newest = max(self._newest, welcome.head_seq)
        self._behind.set()

    def close(self, code: CloseCode) -> None:
        """Ends the connection; the first reason counts."""
        if not self.closing.done():
            self.closing.set_result(code)

    def push(self, frame: ServerFrame) -> None:
        """Queues a frame, but none before the welcome. A socket that cannot keep up is closed and
        resumes later (DEL-15)."""
        if not self._is_welcome or self.closing.done():
            return
        if self._outgoing.qsize() >= self._limit:
            self.close(CloseCode.TOO_SLOW)
        else:
            self._outgoing.put_nowait(frame)

    def hint(self, frame: ServerFrame) -> None:
        """Queues a frame that may be lost, unless the socket is behind already."""
        if self._is_welcome and self._outgoing.qsize() < self._limit // 2:
            self._outgoing.put_nowait(frame)

    def deliver(self, event: Event) -> None:
        """The feed has a new event."""
        if not self._is_behind and event.seq == self._cursor + 1:
            self._queue_event(event)
        self.notice(event.seq)

    def notice(self, head: int) -> None:
        """The feed reaches `head`; reads it if that is news."""
        self._newest = max(self._newest, head)
        if self._cursor < self._newest and not self._is_behind:
            self._is_behind = True
            self._behind.set()

    def ack(self, seq: int) -> bool:
        """The device has stored everything up to `seq`; False if it claims more than it was
        sent."""
        if seq > self._cursor:
            return False
        self.acked = max(self.acked, seq)
        while self._unacked and self._unacked[0][0] <= seq:
            _, received = self._unacked.popleft()
            self._received[received.session_id] = received
        return True

    @property
    def has_received(self) -> bool:
        """Whether messages of others reached the device that their authors were not told of."""
        return bool(self._received)

    def take_received(self) -> list[Received]:
        """The last of those messages in each session; asking again gives only newer ones."""
        received = list(self._received.values())
        self._received.clear()
        return received

    async def send_all(self, send: Send) -> None:
        """Sends what is queued, one at a time, for as long as the socket takes it."""
        while True:
            if self._outgoing.qsize() <= self._limit // 4:
                self._roomy.set()
            await send(encode(await self._outgoing.get()))

    async def follow(self, first: Callable[[], Iterable[ServerFrame]]) -> None:
        """Reads the feed whenever memory is not enough; `first` is sent after the first time."""
        frames: Callable[[], Iterable[ServerFrame]] = first
        while True:
            await self._behind.wait()
            self._behind.clear()
            await self._catch_up()
            for frame in frames():
                self.push(frame)
            frames = tuple

    async def _catch_up(self) -> None:
        while self._cursor < self._newest:
            page = await self._read_feed(self._cursor)
            for event in page:
                if self._outgoing.qsize() >= self._limit // 2:
                    self._roomy.clear()
                    await self._roomy.wait()
                self._queue_event(event)
            if not page:
                self._newest = self._cursor
        self._is_behind = False

    def _queue_event(self, event: Event) -> None:
        self.push(event)
        if self.closing.done():
            return  # nothing may follow a gap
        self._cursor = event.seq
        received = received_in(event, self.caller)
        if received is not None:
            self._unacked.append((event.seq, received))


def received_in(event: Event, caller: Caller) -> Received | None:
    """The message of another person that this event brings, if it does."""
    body = event.body
    if isinstance(body, MessagePosted) and body.author_id != caller.person_id:
        return Received(body.session_id, body.message_id, caller.person_id)
    return None
