"""The way to the server as far as it goes without one: bad invites, no key, events on the disk."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from samebox_agent.core import commands as c
from samebox_agent.core.events import (
    ArticlesMissed,
    FeedGrew,
    InviteFailed,
    JoinFailed,
    LinkClosed,
    ServerSaid,
)
from samebox_agent.core.state import Problem
from samebox_agent.runtime.memory import Memory, open_memory
from samebox_agent.runtime.wire import SERVICE, Wire
from samebox_agent.storage.paths import choose_paths
from samebox_agent.storage.token_store import NoKeyStore, TokenStore
from samebox_shared.model.ids import TxnId
from samebox_shared.protocol.acts import SetHelping
from samebox_shared.protocol.messages import Heartbeat

from tests.support.builders import SESSION, an_event, ana_here, posted, session_opened
from tests.support.fakes import Later, Spawned, Told


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address that is taken and where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


class Line:
    """A wire over a real memory, with what it said and began."""

    def __init__(self, folder: Path) -> None:
        paths = choose_paths(folder)
        self.told, self.spawned = Told(), Spawned()
        self.tokens = TokenStore(paths.token, find=lambda: NoKeyStore("there is none here"))
        self.memory: Memory = open_memory(paths, Later(), self.told)
        self.wire = Wire(self.memory, self.tokens, self.spawned, self.told, allow_http=True)

    def join(self, server: str) -> None:
        """As after a join."""
        self.memory.carry_out(c.KeepMe(ana_here()))
        self.memory.carry_out(c.KeepSetting(c.Remembered.SERVER, server))
        self.tokens.save(SERVICE, server, "k" * 43)


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    line = Line(tmp_path)
    yield line
    line.memory.close()


async def test_what_is_no_invite_is_said_at_once(line: Line) -> None:
    line.wire.ask(c.JoinServer("hello"))
    await line.spawned.finish()
    trouble = line.told.only(JoinFailed).trouble
    assert trouble.problem is Problem.BAD_ADDRESS
    assert trouble.detail


async def test_requests_to_nobody_say_so(line: Line, nobody: str) -> None:
    line.join(nobody)
    line.wire.ask(c.JoinServer(f"{nobody}/join/abcdefghijklmnop"))
    await line.spawned.finish()
    assert line.told.only(JoinFailed).trouble.problem is Problem.CONNECTION_REFUSED
    line.wire.ask(c.MakeInviteFor("Bo"))
    await line.spawned.finish()
    assert line.told.only(InviteFailed).trouble.problem is Problem.CONNECTION_REFUSED
    line.wire.ask(c.FetchArticles())
    line.wire.ask(c.FetchArticles())
    assert len(line.spawned.work) == 1
    await line.spawned.finish()
    line.told.only(ArticlesMissed)


async def test_without_its_key_a_laptop_does_not_even_try(line: Line) -> None:
    line.wire.carry_out(c.Connect())
    line.wire.carry_out(c.Connect())
    assert len(line.spawned.work) == 1
    await line.spawned.finish()
    closed = line.told.only(LinkClosed)
    assert closed.for_good
    assert closed.trouble is not None
    assert closed.trouble.problem is Problem.SIGNED_OUT


async def test_a_server_that_is_not_there_may_come_back(line: Line, nobody: str) -> None:
    line.join(nobody)
    for _ in range(2):
        line.wire.carry_out(c.Connect())
        await line.spawned.finish()
        closed = line.told.only(LinkClosed)
        assert not closed.for_good
        assert closed.trouble is not None
        assert closed.trouble.problem is Problem.CONNECTION_REFUSED


async def test_events_are_stored_before_they_are_told_and_before_later_frames(line: Line) -> None:
    first, second = an_event(session_opened(), 1), an_event(posted("Hi"), 2)
    stored: list[int] = []
    events = line.told

    def tell(event: object) -> None:
        stored.append(line.memory.store.feed.position().seq)
        events(event)  # type: ignore[arg-type]

    wire = Wire(line.memory, line.tokens, line.spawned, tell, allow_http=True)
    beat = Heartbeat(head_seq=2, server_time=0.0)
    for frame in (first, second, beat):
        wire._on_frame(frame)
    assert events.events == [FeedGrew(first), FeedGrew(second), ServerSaid(beat)]
    assert stored == [2, 2, 2]


async def test_a_gap_in_the_feed_is_never_shown(line: Line) -> None:
    line.wire._on_frame(an_event(posted("Hi"), 5))
    line.wire._on_frame(Heartbeat(head_seq=5, server_time=0.0))
    assert [type(event) for event in line.told.events] == [ServerSaid]
    assert line.memory.store.feed.position().seq == 0


async def test_without_a_connection_what_should_be_sent_waits_in_the_outbox(line: Line) -> None:
    line.wire.carry_out(c.SendAct(TxnId("t1"), SetHelping(helping=True)))
    line.wire.carry_out(c.SendTyping(SESSION))
    line.wire.carry_out(c.Disconnect())
    await line.wire.goodbye()
    assert line.told.events == []
