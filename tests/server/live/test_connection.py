"""The cursor rule: only the very next event is sent from memory, the rest is read."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from samebox_server.live.connection import MAX_IN_FLIGHT, MOST_HELD, Connection, Feeds
from samebox_server.live.lines import Line, line_of
from samebox_server.store import feeds
from samebox_server.store.devices import Caller
from samebox_shared.model.ids import DeviceId, EventId, MessageId, PersonId, SessionId, TxnId
from samebox_shared.model.people import PersonCard
from samebox_shared.protocol.codec import decode_server_frame, encode, encode_event
from samebox_shared.protocol.errors import CloseCode
from samebox_shared.protocol.events import AnyEvent, HelpingChanged, MessagePosted
from samebox_shared.protocol.messages import Event, GoingDown, Heartbeat, ServerFrame, Welcome

ADA = Caller(PersonId("ada"), DeviceId("1"))
BEAT = Heartbeat(head_seq=0, server_time=0.0)


def event(seq: int, body: AnyEvent | None = None) -> Event:
    return Event(
        seq=seq,
        prev_seq=seq - 1,
        event_id=EventId(str(seq)),
        at=0.0,
        body=body or HelpingChanged(helping=True),
    )


def message(author: str, number: int) -> MessagePosted:
    return MessagePosted(
        session_id=SessionId("s"),
        message_id=MessageId(str(number)),
        author_id=PersonId(author),
        txn_id=TxnId("t"),
        text="hi",
    )


def welcome(head: int) -> Welcome:
    return Welcome(
        epoch="e",
        head_seq=head,
        resync=False,
        server_time=0.0,
        heartbeat_seconds=20.0,
        person=PersonCard(person_id=ADA.person_id, name="Ada"),
        device_id=ADA.device_id,
        organisation="",
        roles=(),
        helping=False,
        articles_head=0,
    )


class FakeWire:
    """A socket in memory. One that `is_narrow` takes nothing until it is told to."""

    connection_id = "c1"

    def __init__(self) -> None:
        self.sent: list[ServerFrame] = []
        self.closed: CloseCode | None = None
        self.is_held = False
        self.is_narrow = False
        self._waiting: list[ServerFrame] = []
        self._changed = asyncio.Condition()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= 2

    def send(self, data: bytes) -> None:
        (self._waiting if self.is_narrow else self.sent).append(decode_server_frame(data))

    def close(self, code: CloseCode) -> None:
        self.closed = code

    def hold(self, is_held: bool) -> None:
        self.is_held = is_held

    async def drained(self) -> None:
        while self.is_full:
            await asyncio.sleep(0)

    def take(self) -> None:
        """The reader takes what waits."""
        taken, self._waiting = self._waiting, []
        self.sent += taken


def stored(told: Event) -> feeds.Line:
    """As the database has it."""
    return feeds.Line(told.seq, told.event_id, told.at, encode_event(told.body).decode())


class Feed:
    """A feed in memory, a connection over it, and what the socket got."""

    def __init__(
        self, length: int, *, limit: int = 256, page: int = 3, patience: float = 0.0
    ) -> None:
        self.events = [event(seq) for seq in range(1, length + 1)]
        self.reads = 0
        self.wire = FakeWire()
        self._page = page
        self._tasks: list[asyncio.Task[None]] = []
        feeds = Feeds(self.read, self.spawn, limit, patience=lambda: patience)
        self.connection = Connection(ADA, self.wire, feeds)

    async def read(self, person_id: PersonId, after: int) -> list[Line]:
        assert person_id == ADA.person_id
        self.reads += 1
        await asyncio.sleep(0)
        page = self.events[after : after + self._page]
        return [line_of(stored(each), person_id) for each in page]

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.ensure_future(work))

    def start(self, head: int, cursor: int) -> None:
        self.connection.start(welcome(head), cursor, lambda: (GoingDown(retry_after=1.0),))

    def deliver(self, delivered: Event) -> None:
        self.connection.deliver(line_of(stored(delivered), ADA.person_id, delivered.body))

    def seqs(self) -> list[int]:
        return [frame.seq for frame in self.wire.sent if isinstance(frame, Event)]

    async def quiet(self) -> None:
        """Everything that was begun is done."""
        while self._tasks:
            await asyncio.wait_for(self._tasks.pop(), 5)

    async def got(self, *seqs: int) -> None:
        await self.quiet()
        assert self.seqs()[-len(seqs) :] == list(seqs)


async def test_what_lies_behind_the_cursor_is_read_in_pages_and_in_order() -> None:
    feed = Feed(8)
    feed.start(8, 2)
    await feed.got(3, 4, 5, 6, 7, 8)
    assert isinstance(feed.wire.sent[0], Welcome)
    assert isinstance(feed.wire.sent[-1], GoingDown)
    assert (feed.connection.cursor, feed.reads) == (8, 2)


async def test_who_missed_nothing_costs_no_read() -> None:
    feed = Feed(8)
    feed.start(8, 8)
    await feed.quiet()
    assert [type(frame) for frame in feed.wire.sent] == [Welcome, GoingDown]
    assert feed.reads == 0


async def test_the_next_event_needs_no_read_and_a_newer_one_does() -> None:
    feed = Feed(1)
    feed.start(1, 0)
    await feed.got(1)
    reads = feed.reads
    feed.events += [event(2), event(3), event(4)]
    feed.deliver(event(2))
    await feed.got(2)
    assert feed.reads == reads
    feed.deliver(event(4))  # the wake-up of 3 was lost
    await feed.got(3, 4)
    feed.deliver(event(3))  # and comes late
    feed.events.append(event(5))
    feed.connection.notice(5)
    await feed.got(4, 5)
    assert feed.seqs() == [1, 2, 3, 4, 5]


async def test_lines_in_another_order_are_sent_in_theirs_without_a_read() -> None:
    feed = Feed(1, patience=60.0)
    feed.start(1, 1)
    for seq in (3, 4, 2, 6):
        feed.deliver(event(seq))
    await feed.got(2, 3, 4)
    assert feed.reads == 0
    feed.events += [event(seq) for seq in range(2, 7)]
    feed.connection.notice(6)  # a heartbeat waits for nobody
    await feed.got(5, 6)


async def test_patience_ends_and_the_feed_is_read() -> None:
    feed = Feed(3, patience=0.001)
    feed.start(1, 1)
    feed.deliver(event(3))
    assert feed.reads == 0
    async with asyncio.timeout(5):
        while feed.seqs() != [2, 3]:
            await asyncio.sleep(0.001)


async def test_no_more_lines_are_held_than_a_few() -> None:
    feed = Feed(MOST_HELD + 3, patience=60.0)
    feed.start(1, 1)
    for seq in range(3, MOST_HELD + 4):
        feed.deliver(event(seq))
    await feed.quiet()
    assert feed.reads > 0
    assert feed.seqs() == list(range(2, MOST_HELD + 4))


async def test_what_is_committed_during_a_catch_up_follows_it() -> None:
    feed = Feed(2)
    feed.start(2, 0)
    feed.events.append(event(3))
    feed.deliver(event(3))
    await feed.got(1, 2, 3)
    assert feed.seqs() == [1, 2, 3]


async def test_what_is_committed_before_the_welcome_is_not_lost() -> None:
    feed = Feed(2)
    feed.deliver(event(2))
    feed.start(1, 0)
    await feed.got(1, 2)


async def test_nothing_goes_out_before_the_welcome() -> None:
    feed = Feed(0)
    feed.connection.push(BEAT)
    feed.connection.hint(encode(BEAT))
    feed.start(0, 0)
    assert isinstance(feed.wire.sent[0], Welcome)


async def test_a_reader_that_is_too_slow_is_closed_and_the_first_reason_counts() -> None:
    feed = Feed(3, limit=4)
    feed.wire.is_narrow = True
    feed.start(3, 3)
    for _ in range(5):
        feed.connection.push(BEAT)
    assert feed.wire.closed is CloseCode.TOO_SLOW
    feed.connection.close(CloseCode.REPLACED)
    assert feed.wire.closed is CloseCode.TOO_SLOW
    feed.events.append(event(4))
    feed.deliver(event(4))
    assert feed.connection.cursor == 3
    await feed.quiet()


async def test_a_long_catch_up_waits_for_the_socket_instead_of_closing() -> None:
    feed = Feed(100, limit=8)
    feed.start(100, 0)
    feed.wire.is_narrow = True
    while len(feed.seqs()) + feed.wire.waiting < 100:
        assert feed.wire.waiting <= 2
        await asyncio.sleep(0)
        feed.wire.take()
    await feed.quiet()
    feed.wire.take()
    assert feed.seqs() == list(range(1, 101))
    assert feed.wire.closed is None


async def test_hints_are_dropped_when_the_socket_is_behind() -> None:
    feed = Feed(0, limit=4)
    feed.wire.is_narrow = True
    feed.start(0, 0)
    for _ in range(20):
        feed.connection.hint(encode(BEAT))
    assert feed.wire.closed is None
    assert feed.wire.waiting == 2


async def test_who_asks_for_too_much_at_once_is_not_read_for_a_while() -> None:
    feed = Feed(0)
    for _ in range(MAX_IN_FLIGHT):
        feed.connection.act_came()
    assert feed.wire.is_held
    for _ in range(MAX_IN_FLIGHT // 2):
        assert feed.wire.is_held
        feed.connection.act_decided()
    assert not feed.wire.is_held


async def test_an_ack_says_which_messages_of_others_have_arrived() -> None:
    feed = Feed(0)
    feed.events = [
        event(1, message("ben", 1)),
        event(2, message("ada", 2)),
        event(3, message("ben", 3)),
        event(4, message("ben", 4)),
    ]
    feed.start(4, 0)
    await feed.got(1, 2, 3, 4)
    assert not feed.connection.has_received
    assert feed.connection.ack(3)
    assert feed.connection.has_received
    assert [one.message_id for one in feed.connection.take_received()] == ["3"]
    assert feed.connection.ack(1)
    assert feed.connection.acked == 3
    assert feed.connection.take_received() == []
    assert not feed.connection.ack(5)
