"""What one server tells another after a commit, and what the other does about it."""

import asyncio

import pytest
from samebox_server.live.berths import Berths
from samebox_server.live.bus import Fed, Here, Hints
from samebox_server.live.connection import Connection, Feeds
from samebox_server.live.lines import Line
from samebox_server.live.news import News
from samebox_server.live.peers import Peers
from samebox_server.live.presence import Presence
from samebox_server.live.roster import Roster
from samebox_server.store.devices import Caller
from samebox_server.store.feeds import Entry
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import DeviceId, EventId, PersonId, QuestionId, SessionId
from samebox_shared.model.people import PersonCard
from samebox_shared.protocol.codec import encode_event
from samebox_shared.protocol.errors import CloseCode
from samebox_shared.protocol.events import AnyEvent, HelpingChanged, SessionOpened
from samebox_shared.protocol.messages import (
    ArticlesChanged,
    Event,
    PeerPresence,
    PeerTyping,
    Welcome,
)

from tests.server.live.test_connection import FakeWire
from tests.server.live.test_outgoing import FakeBus

ADA, HUGO = PersonId("ada"), PersonId("hugo")
LAPTOP = DeviceId("laptop")
OPENED = SessionOpened(
    session_id=SessionId("s"),
    question_id=QuestionId("q"),
    asker=PersonCard(person_id=ADA, name="Ada"),
    helper=PersonCard(person_id=HUGO, name="Hugo"),
    fence=1,
    ring=Ring.SAME_MODEL,
    text="Help",
    device_type=DeviceType(),
    facts=(),
)


class FakeClock:
    """Time that the test sets."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time

    async def wait(self, until: float | None, woken: asyncio.Event) -> None:
        if until is None or until > self.time:
            await woken.wait()


class Server:
    """One server's memory, without sockets or a database. Ada is connected to it."""

    def __init__(self) -> None:
        self.bus, self.clock, self.roster = FakeBus(), FakeClock(), Roster()
        self.presence = Presence(0.0)
        self.tasks: list[asyncio.Task[None]] = []
        self.forgotten: list[PersonId] = []
        spawn = lambda work: self.tasks.append(asyncio.create_task(work))  # noqa: E731
        self.peers = Peers(self.roster, self.presence, spawn)
        berths = Berths("server-1", 15.0, self.clock.now)
        self.news = News(
            self.bus,
            self.clock,
            self.peers,
            self.roster,
            self.presence,
            berths,
            self.forgotten.extend,
        )
        self.wire = FakeWire()
        self.reads: list[int] = []
        self.connection = Connection(
            Caller(ADA, LAPTOP),
            self.wire,
            Feeds(self._read, spawn, queue_limit=10),
        )
        self.roster.add(self.connection)
        self.presence.arrive(ADA, LAPTOP)
        self.connection.start(WELCOME, 5, tuple)
        self.news.flush()
        self.bus.published.clear()

    async def _read(self, person_id: PersonId, after: int) -> list[Line]:
        self.reads.append(after)
        return []

    async def settle(self) -> None:
        await asyncio.gather(*self.tasks)


WELCOME = Welcome(
    epoch="e",
    head_seq=5,
    resync=False,
    server_time=0.0,
    heartbeat_seconds=20.0,
    person=PersonCard(person_id=ADA, name="Ada"),
    device_id=LAPTOP,
    organisation="",
    roles=(),
    helping=False,
    articles_head=0,
)


def entry(seq: int, body: AnyEvent, person: PersonId = ADA) -> Entry:
    made = Entry(person, EventId(f"e{seq}"), body, encode_event(body).decode(), 1.0)
    made.seq = seq
    return made


def here(device: str, person: PersonId, *, gone: bool = False, since: float = 200.0) -> Here:
    return Here(DeviceId(device), person, away=False, gone=gone, since=since)


async def test_a_frame_travels_only_to_where_somebody_can_take_it() -> None:
    server = Server()
    server.news.committed(entry(6, HelpingChanged(helping=True)), None)
    server.news.flush()
    server.news.receive("server-2", Hints(here=(here("phone", ADA),)))
    line = entry(7, HelpingChanged(helping=False))
    server.news.committed(line, None)
    server.news.flush()
    assert [hints.feeds for hints in server.bus.published] == [
        (Fed(ADA, 6),),
        (Fed(ADA, 7, (line.line.data(),)),),
    ]


async def test_the_very_next_line_is_sent_without_a_read() -> None:
    server = Server()
    frames = tuple(entry(seq, HelpingChanged(helping=True)).line.data() for seq in (6, 7))
    server.news.receive("server-2", Hints(feeds=(Fed(ADA, 7, frames), Fed(HUGO, 1))))
    await server.settle()
    sent = [frame for frame in server.wire.sent if isinstance(frame, Event)]
    assert [frame.seq for frame in sent] == [6, 7]
    assert server.reads == []


@pytest.mark.parametrize(
    "fed",
    [
        Fed(ADA, 7),
        Fed(ADA, 7, (entry(7, HelpingChanged(helping=True)).line.data(),)),
        Fed(ADA, 6, (b"not a frame",)),
        Fed(ADA, 6, (entry(9, HelpingChanged(helping=True)).line.data(),)),
    ],
)
async def test_anything_else_is_read(fed: Fed) -> None:
    server = Server()
    server.news.receive("server-2", Hints(feeds=(fed,)))
    await server.settle()
    assert server.reads == [5]
    assert not any(isinstance(frame, Event) for frame in server.wire.sent)


async def test_a_newer_socket_at_another_server_closes_ours() -> None:
    server = Server()
    server.news.receive("server-2", Hints(here=(here(LAPTOP, ADA, since=99.0),)))
    assert server.wire.closed is None
    server.news.receive("server-2", Hints(here=(here(LAPTOP, ADA),)))
    assert server.wire.closed is CloseCode.REPLACED


async def test_those_who_talk_with_each_other_are_told_across_servers() -> None:
    server = Server()
    opened = encode_event(OPENED)
    server.news.receive("server-2", Hints(here=(here("phone", HUGO),), events=(opened,)))
    server.news.receive("server-2", Hints(here=(here("phone", HUGO, gone=True),)))
    told = [frame.here for frame in server.wire.sent if isinstance(frame, PeerPresence)]
    assert told == [True, False]
    server.news.committed(entry(6, OPENED), None)
    server.news.committed(entry(1, OPENED, HUGO), None)
    server.news.typed(ADA, OPENED.session_id)
    server.news.flush()
    assert server.bus.published[-1].events == (opened,)
    assert server.bus.published[-1].typing[0].person_id == ADA
    server.news.receive("server-2", Hints(typing=server.bus.published[-1].typing))
    assert not any(isinstance(frame, PeerTyping) for frame in server.wire.sent)


async def test_an_event_of_a_newer_version_harms_nothing() -> None:
    server = Server()
    server.news.receive("server-2", Hints(events=(b'{"event":"unheard of"}',), people=(HUGO,)))
    assert server.forgotten == [HUGO]


async def test_new_articles_are_told_once() -> None:
    server = Server()
    server.news.articles_reach(3)
    server.news.receive("server-2", Hints(articles=4))
    server.news.receive("server-2", Hints(articles=4))
    server.news.articles_changed(5)
    server.news.articles_reach(5)
    await server.settle()
    told = [frame.head for frame in server.wire.sent if isinstance(frame, ArticlesChanged)]
    assert told == [4]
    server.news.people_changed([ADA])
    server.news.flush()
    assert server.bus.published == [Hints(articles=5), Hints(people=(ADA,))]
