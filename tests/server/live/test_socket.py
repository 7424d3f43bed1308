"""The socket's limits and close codes, presence and silence, and an orderly goodbye."""

import asyncio
from collections.abc import Iterator

import pytest
from samebox_shared.model.ids import SessionId
from samebox_shared.protocol.acts import PostMessage, SetHelping
from samebox_shared.protocol.codec import MAX_FRAME
from samebox_shared.protocol.errors import CloseCode
from samebox_shared.protocol.events import (
    HelpingChanged,
    ReleaseReason,
    SessionReleased,
)
from samebox_shared.protocol.messages import (
    Ack,
    Done,
    GoingDown,
    Heartbeat,
    PeerPresence,
    Typing,
)

from tests.server.live.conftest import Invite
from tests.server.running import Person, RunningServer, running, set_up
from tests.server.scripted import ScriptedAgent, bring_together, connected, volunteer

IMPATIENT = {
    "SAMEBOX_HELLO_SECONDS": "1",
    "SAMEBOX_GONE_SECONDS": "2",
    "SAMEBOX_HEARTBEAT_SECONDS": "0.5",
    "SAMEBOX_SILENCE_SECONDS": "1",
}


@pytest.fixture(scope="module")
def server(socket_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    data = tmp_path_factory.mktemp("socket") / "data"
    with running(data, SAMEBOX_SOCKET=socket_kind, **IMPATIENT) as server:
        yield server


@pytest.mark.parametrize("token", ["", "wrong"])
async def test_a_stranger_is_turned_away(owner: Person, token: str) -> None:
    agent = ScriptedAgent(Person(owner.server, owner.joined, token))
    await agent.open()
    assert await agent.expect_close() == CloseCode.NOT_SIGNED_IN
    await agent.disconnect()


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("{", CloseCode.MALFORMED),
        (b"\xff\xfe", CloseCode.MALFORMED),
        ('{"type":"nonsense"}', CloseCode.MALFORMED),
        ('{"type":"ack","seq":0}', CloseCode.MALFORMED),
        ("[" * 30_000, CloseCode.MALFORMED),
        (" " * (MAX_FRAME + 1), CloseCode.TOO_LARGE),
        (
            '{"type":"hello","protocol":0,"agent_version":"","epoch":"","acked_seq":0}',
            CloseCode.PROTOCOL_TOO_OLD,
        ),
    ],
)
async def test_a_first_frame_that_is_no_hello_closes(
    owner: Person, first: str | bytes, code: CloseCode
) -> None:
    agent = ScriptedAgent(owner)
    await agent.open()
    await agent.send_raw(first)
    assert await agent.expect_close() == code
    await agent.disconnect()


async def test_who_says_nothing_is_closed(owner: Person) -> None:
    agent = ScriptedAgent(owner)
    await agent.open()
    assert await agent.expect_close() == CloseCode.MALFORMED
    await agent.disconnect()


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", CloseCode.MALFORMED),
        ('{"type":"do","txn_id":"1","act":{"act":"set_helping"}}', CloseCode.MALFORMED),
        (
            '{"type":"do","txn_id":"1","act":{"act":"set_helping","helping":true,"x":1}}',
            CloseCode.MALFORMED,
        ),
        ('{"type":"ack","seq":999}', CloseCode.MALFORMED),
        ("x" * (MAX_FRAME + 1), CloseCode.TOO_LARGE),
    ],
)
async def test_a_later_frame_that_breaks_the_protocol_closes(
    invited: Invite, frame: str, code: CloseCode
) -> None:
    async with connected(invited("Ada")) as (agent,):
        await agent.send_raw(frame)
        assert await agent.expect_close() == code


async def test_a_second_hello_closes(invited: Invite) -> None:
    async with connected(invited("Ada")) as (agent,):
        await agent.send(agent.hello())
        assert await agent.expect_close() == CloseCode.MALFORMED


async def test_a_newer_socket_of_the_same_device_replaces_the_older(invited: Invite) -> None:
    person = invited("Ada")
    async with connected(person) as (older,), connected(person) as (newer,):
        assert await older.expect_close() == CloseCode.REPLACED
        assert isinstance(await newer.do(SetHelping(helping=True)), Done)


async def test_heartbeats_carry_the_head_of_the_feed(invited: Invite) -> None:
    async with connected(invited("Ada")) as (agent,):
        await agent.do(SetHelping(helping=True))
        await agent.expect(HelpingChanged)
        await agent.expect_other(Heartbeat, lambda beat: beat.head_seq == 1)


async def test_a_silent_helper_is_gone_and_then_released(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        helper.answers_heartbeats = False
        await asker.expect_other(PeerPresence, lambda peer: not peer.here)
        released = await asker.expect(SessionReleased)
        assert released.session_id == opened.session_id
        assert released.reason is ReleaseReason.NO_SIGN_OF_LIFE
        assert await helper.expect_close() == CloseCode.GOING_DOWN


async def test_a_helper_who_comes_back_in_time_keeps_the_session(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        await helper.disconnect()
        await asker.expect_other(PeerPresence, lambda peer: not peer.here)
        await helper.connect()
        beats = len(asker.others) + 6  # three seconds: the timer of one second has fired
        await asker.until(lambda: len(asker.others) >= beats or None)
        post = PostMessage(session_id=opened.session_id, fence=opened.fence, text="back")
        assert isinstance(await helper.do(post), Done)
        assert asker.all(SessionReleased) == []


async def test_typing_in_a_session_of_others_reaches_nobody(invited: Invite) -> None:
    async with connected(invited("Eve")) as (eve,):
        await eve.send(Typing(session_id=SessionId("0")))
        assert isinstance(await eve.do(SetHelping(helping=True)), Done)


async def test_an_ack_of_nothing_new_is_fine(invited: Invite) -> None:
    async with connected(invited("Ada")) as (agent,):
        await agent.send(Ack(seq=0))
        assert isinstance(await agent.do(SetHelping(helping=True)), Done)


async def test_sigterm_says_goodbye(tmp_path_factory: pytest.TempPathFactory) -> None:
    with running(tmp_path_factory.mktemp("goodbye") / "data") as server:
        async with connected(set_up(server)) as (agent,):
            assert await asyncio.to_thread(server.stop) == 0
            assert (await agent.expect_other(GoingDown)).retry_after > 0
            assert await agent.expect_close() == CloseCode.GOING_DOWN
