"""The cursor rule: only the very next event is sent from memory, the rest is read."""

import asyncio

from samebox_server.live.connection import Connection
from samebox_server.store.devices import Caller
from samebox_shared.model.ids import DeviceId, EventId, MessageId, PersonId, SessionId, TxnId
from samebox_shared.model.people import PersonCard
from samebox_shared.protocol.codec import decode_server_frame
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


class Feed:
    """A feed in memory, a connection over it, and what the socket got."""

    def __init__(self, length: int, *, limit: int = 256, page: int = 3) -> None:
        self.events = [event(seq) for seq in range(1, length + 1)]
        self.reads = 0
        self.sent: list[ServerFrame] = []
        self.connection = Connection(ADA, self.read, limit)
        self._page = page
        self._arrived = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []

    async def read(self, after: int) -> list[Event]:
        self.reads += 1
        return self.events[after : after + self._page]

    def run(self) -> None:
        self._tasks = [
            asyncio.create_task(self.connection.send_all(self.send)),
            asyncio.create_task(self.connection.follow(lambda: (GoingDown(retry_after=1.0),))),
        ]

    async def send(self, data: bytes) -> None:
        async with self._arrived:
            self.sent.append(decode_server_frame(data))
            self._arrived.notify_all()

    def seqs(self) -> list[int]:
        return [frame.seq for frame in self.sent if isinstance(frame, Event)]

    async def got(self, *seqs: int) -> None:
        async with self._arrived:
            wanted = list(seqs)
            await asyncio.wait_for(
                self._arrived.wait_for(lambda: self.seqs()[-len(wanted) :] == wanted), 5
            )

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()


async def test_what_lies_behind_the_cursor_is_read_in_pages_and_in_order() -> None:
    feed = Feed(8)
    feed.run()
    feed.connection.start(welcome(8), 2)
    await feed.got(3, 4, 5, 6, 7, 8)
    assert isinstance(feed.sent[0], Welcome)
    assert feed.connection.cursor == 8
    feed.stop()


async def test_the_next_event_needs_no_read_and_a_newer_one_does() -> None:
    feed = Feed(1)
    feed.run()
    feed.connection.start(welcome(1), 0)
    await feed.got(1)
    reads = feed.reads
    feed.events += [event(2), event(3), event(4)]
    feed.connection.deliver(event(2))
    await feed.got(2)
    assert feed.reads == reads
    feed.connection.deliver(event(4))  # the wake-up of 3 was lost
    await feed.got(3, 4)
    feed.connection.deliver(event(3))  # and comes late
    feed.events.append(event(5))
    feed.connection.notice(5)
    await feed.got(4, 5)
    assert feed.seqs() == [1, 2, 3, 4, 5]
    feed.stop()


async def test_nothing_goes_out_before_the_welcome() -> None:
    feed = Feed(0)
    feed.connection.push(BEAT)
    feed.connection.hint(BEAT)
    feed.run()
    feed.connection.start(welcome(0), 0)
    feed.events.append(event(1))
    feed.connection.deliver(event(1))
    await feed.got(1)
    assert BEAT not in feed.sent
    feed.stop()


async def test_a_full_queue_closes_and_nothing_follows_the_gap() -> None:
    feed = Feed(0, limit=4)
    feed.connection.start(welcome(0), 0)
    for _ in range(4):
        feed.connection.push(BEAT)
    assert feed.connection.closing.result() is CloseCode.TOO_SLOW
    feed.connection.close(CloseCode.REPLACED)
    assert feed.connection.closing.result() is CloseCode.TOO_SLOW
    feed.run()
    feed.connection.push(BEAT)
    assert feed.connection.cursor == 0
    feed.stop()


async def test_a_long_catch_up_waits_for_the_socket_instead_of_closing() -> None:
    feed = Feed(100, limit=8)
    feed.run()
    feed.connection.start(welcome(100), 0)
    await feed.got(*range(1, 101))
    assert not feed.connection.closing.done()
    feed.stop()


async def test_hints_are_dropped_when_the_socket_is_behind() -> None:
    feed = Feed(0, limit=4)
    feed.connection.start(welcome(0), 0)
    for _ in range(20):
        feed.connection.hint(BEAT)
    assert not feed.connection.closing.done()


async def test_an_ack_says_which_messages_of_others_have_arrived() -> None:
    feed = Feed(0)
    feed.events = [
        event(1, message("ben", 1)),
        event(2, message("ada", 2)),
        event(3, message("ben", 3)),
        event(4, message("ben", 4)),
    ]
    feed.run()
    feed.connection.start(welcome(4), 0)
    await feed.got(1, 2, 3, 4)
    assert not feed.connection.has_received
    assert feed.connection.ack(3)
    assert feed.connection.has_received
    assert [one.message_id for one in feed.connection.take_received()] == ["3"]
    assert feed.connection.ack(1)
    assert feed.connection.acked == 3
    assert feed.connection.take_received() == []
    assert not feed.connection.ack(5)
    feed.stop()
