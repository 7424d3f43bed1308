"""Bad input at the socket: each kind gets its documented answer, and an honest pair chats on."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from samebox_shared.model.ids import SessionId, TxnId, new_id
from samebox_shared.protocol.acts import AcceptOffer, AnyAct, PostMessage, SetHelping, SolveSession
from samebox_shared.protocol.codec import MAX_DEPTH, encode
from samebox_shared.protocol.errors import CloseCode, ErrorCode
from samebox_shared.protocol.events import MessagePosted, OfferMade, SessionOpened
from samebox_shared.protocol.messages import Do, Done, Refused

from tests.server.live.conftest import Invite
from tests.server.raw import TEXT, RawSocket, connection, frame, opened, upgrade
from tests.server.running import Person, RunningServer, running
from tests.server.scripted import (
    ScriptedAgent,
    bring_together,
    connected,
    question,
    volunteer,
)

STRANGERS = 1_000
SILENT = 5_000
HELLO_SECONDS = 3.0

Pair = tuple[ScriptedAgent, ScriptedAgent, SessionOpened]


@pytest.fixture(scope="module")
def server(socket_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    settings = {
        "SAMEBOX_SOCKET": socket_kind,
        "SAMEBOX_HELLO_SECONDS": str(HELLO_SECONDS),
        "SAMEBOX_STRANGERS": str(STRANGERS),
    }
    with running(tmp_path_factory.mktemp("bad") / "data", **settings) as server:
        yield server


@contextlib.asynccontextmanager
async def chatting(invited: Invite) -> AsyncIterator[Pair]:
    """An honest pair, in a session."""
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        yield asker, helper, await bring_together(asker, helper)


def says(text: str) -> Callable[[MessagePosted], bool]:
    return lambda posted: posted.text == text


async def still_chats(pair: Pair) -> None:
    """A message goes each way."""
    asker, helper, opened = pair
    for author, reader in ((asker, helper), (helper, asker)):
        text = new_id()
        post = PostMessage(session_id=opened.session_id, fence=opened.fence, text=text)
        assert isinstance(await author.do(post), Done)
        await reader.expect(MessagePosted, says(text))


NOT_OF_THIS_PROTOCOL = (
    '{"type":"ack","seq":0,"x":' + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "}",
    '{"type":"dance"}',
    '{"type":"do","txn_id":"1","act":{"act":"dance"}}',
    '{"type":"welcome"}',
    '{"type":"ack","seq":"one"}',
    '{"type":"ack","seq":1e999}',
    '{"type":"ack","seq":0}{"type":"ack","seq":0}',
    "[]",
    "null",
    "",
)


async def test_what_is_not_of_this_protocol_closes(invited: Invite) -> None:
    mallory = ScriptedAgent(invited("Mallory"))
    async with chatting(invited) as pair:
        for bad in NOT_OF_THIS_PROTOCOL:
            await mallory.connect()
            await mallory.send_raw(bad)
            assert (await mallory.expect_close(), bad) == (CloseCode.MALFORMED, bad)
            await mallory.disconnect()
        await still_chats(pair)


async def test_ids_of_others_open_nothing(invited: Invite) -> None:
    async with chatting(invited) as pair, connected(invited("Mallory")) as (mallory,):
        asker, helper, opened = pair
        offer = helper.all(OfferMade)[-1].offer_id
        forged: list[AnyAct] = [
            PostMessage(session_id=opened.session_id, fence=opened.fence, text="hi"),
            PostMessage(session_id=SessionId(new_id()), fence=1, text="hi"),
            SolveSession(session_id=opened.session_id),
            AcceptOffer(offer_id=offer),
        ]
        for act in forged:
            refused = await mallory.do(act)
            assert isinstance(refused, Refused)
            assert refused.code is ErrorCode.NOT_FOUND
        assert asker.all(MessagePosted) == []
        await still_chats(pair)


async def test_a_transaction_id_that_is_none_is_refused(invited: Invite) -> None:
    async with connected(invited("Mallory")) as (mallory,):
        for txn_id in ("", "x" * 65, "not an id", "\u0000"):
            await mallory.send(Do(txn_id=TxnId(txn_id), act=SetHelping(helping=True)))
            answer = await mallory.until(partial(mallory.answers.get, TxnId(txn_id)))
            assert isinstance(answer, Refused)
            assert answer.code is ErrorCode.MALFORMED


async def test_hundreds_of_acts_at_once_are_answered_in_order(invited: Invite) -> None:
    async with chatting(invited) as pair, connected(invited("Mallory")) as (mallory,):
        asks = [Do(txn_id=TxnId(new_id()), act=SetHelping(helping=True)) for _ in range(300)]
        for ask in asks:
            await mallory.send_raw(encode(ask).decode())
        await still_chats(pair)
        await mallory.until(lambda: len(mallory.answers) == len(asks) or None)
        assert list(mallory.answers) == [ask.txn_id for ask in asks]
        assert {type(answer) for answer in mallory.answers.values()} == {Done}


async def test_a_replayed_stream_does_nothing_twice(invited: Invite) -> None:
    async with connected(invited("Ada")) as (ada,):
        ask = Do(txn_id=TxnId(new_id()), act=question())
        for _ in range(3):
            for _ in range(5):
                await ada.send(ask)
            assert isinstance(await ada.do(ask.act, ask.txn_id), Done)
            await ada.disconnect()
            await ada.connect()
        await ada.until(lambda: ada.seq or None)
        assert [one.seq for one in ada.feed] == list(range(1, len(ada.feed) + 1))
        assert len({type(one.body) for one in ada.feed}) == len(ada.feed)


async def dribble(socket: RawSocket, data: bytes) -> None:
    """One byte after the other, slower than anyone should wait for."""
    for start in range(len(data)):
        await socket.send(data[start : start + 1])
        await asyncio.sleep(HELLO_SECONDS / 20)


@pytest.mark.parametrize(
    "said", [b"", b"G", b"POST /api/join HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"]
)
async def test_a_request_that_does_not_end_is_cut_off(
    server: RunningServer, invited: Invite, said: bytes
) -> None:
    async with chatting(invited) as pair, connection(server.url) as stranger:
        await stranger.send(said)
        await stranger.ended()
        await still_chats(pair)


async def test_an_upgrade_of_a_byte_at_a_time_is_cut_off(owner: Person) -> None:
    async with connection(owner.server.url) as stranger:
        dribbling = asyncio.create_task(dribble(stranger, upgrade(owner.token)))
        await stranger.ended()
        dribbling.cancel()


async def test_a_request_without_end_is_cut_off_by_its_size(server: RunningServer) -> None:
    async with connection(server.url) as stranger:
        await stranger.send(b"GET / HTTP/1.1\r\n", *[b"X-Filler: " + b"x" * 1000 + b"\r\n"] * 100)
        await stranger.ended()


async def test_a_hello_that_does_not_end_is_cut_off(owner: Person) -> None:
    async with opened(owner, is_welcome=False) as slow:
        await slow.send(frame(TEXT, b'{"type":"hello",', fin=False))
        assert await slow.closed_with() == CloseCode.MALFORMED


async def test_an_idle_connection_does_not_outlive_its_request(server: RunningServer) -> None:
    async with connection(server.url) as visitor:
        await visitor.send(b"GET /api/about HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await visitor.answer()).startswith(b"HTTP/1.1 200")
        await visitor.send(b"GET /api/ab")
        await visitor.ended()


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files as Linux shows them")
async def test_thousands_who_never_say_who_they_are_stand_in_nobodys_way(
    server: RunningServer, invited: Invite
) -> None:
    silent = allow_files(SILENT)
    async with chatting(invited) as pair, contextlib.AsyncExitStack() as crowd:
        for number in range(silent):
            stranger = await crowd.enter_async_context(connection(server.url))
            if number % 2:
                await stranger.send(b"GET /agent HTTP/1.1\r\nUpgrade: web")
            if number % 1_000 == 0:
                await still_chats(pair)
        assert open_files(server) <= STRANGERS + 100
        async with connected(invited("Hanna")) as (latecomer,):
            assert isinstance(await latecomer.do(SetHelping(helping=False)), Done)
        await still_chats(pair)


async def test_hundreds_with_a_wrong_token_are_turned_away(
    server: RunningServer, invited: Invite
) -> None:
    async with chatting(invited) as pair:
        for _ in range(300):
            async with connection(server.url) as stranger:
                await stranger.send(upgrade("wrong"))
                assert (await stranger.answer()).startswith(b"HTTP/1.1 101")
                assert await stranger.closed_with() == CloseCode.NOT_SIGNED_IN
        await still_chats(pair)


def allow_files(wanted: int) -> int:
    """As many as this process may open, at most `wanted`."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return min(wanted, most - 500)


def open_files(server: RunningServer) -> int:
    assert server.process is not None
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))
