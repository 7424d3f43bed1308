"""Delivery under kills, repeats and races: nothing lost, nothing twice, one winner (DEL-1..11)."""

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from msgspec.structs import replace
from samebox_shared.model.ids import TxnId, new_id
from samebox_shared.protocol.acts import AcceptOffer, PostMessage, SetHelping
from samebox_shared.protocol.errors import CloseCode, ErrorCode
from samebox_shared.protocol.events import (
    HelpingChanged,
    MessagePosted,
    OfferMade,
    QuestionAsked,
    SessionOpened,
)
from samebox_shared.protocol.messages import Do, Done, PeerPresence, Refused, TryLater

from tests.server.live.conftest import Invite
from tests.server.races import race
from tests.server.running import RunningServer, join, running, set_up
from tests.server.scripted import ScriptedAgent, bring_together, connected, question, volunteer

ROUNDS = 200
HELPERS = 8
KILLS = 3
KILLS = 3


@pytest.fixture(scope="module")
def server(socket_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    data = tmp_path_factory.mktemp("delivery") / "data"
    settings = {"SAMEBOX_WAVE_SIZE": str(HELPERS), "SAMEBOX_SEND_QUEUE": "32"}
    with running(data, SAMEBOX_SOCKET=socket_kind, **settings) as server:
        yield server


@pytest.mark.timeout(240)
async def test_eight_helpers_accept_at_once_and_one_wins(invited: Invite) -> None:
    people = [invited(f"Helper {number}") for number in range(HELPERS)]
    async with connected(invited("Ada"), *people) as (asker, *helpers):
        for helper in helpers:
            await volunteer(helper)
        for _ in range(ROUNDS):
            await race(asker, helpers)


@pytest.mark.timeout(240)
async def test_a_server_killed_in_mid_chat_loses_and_repeats_nothing(
    server: RunningServer, invited: Invite
) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        kills = asyncio.create_task(kill_again_and_again(server, helper))
        await asyncio.gather(chat(asker, opened, kills), chat(helper, opened, kills))
        await kills
        await asker.reconnect()
        await helper.reconnect()
        said = {*words(asker, asker), *words(helper, helper)}
        for agent in (asker, helper):
            await has_messages(agent, len(said))
        assert words(asker) == words(helper)
        assert words(asker, asker) == [f"Ada {n}" for n in range(len(words(asker, asker)))]
        assert words(asker, helper) == [f"Hugo {n}" for n in range(len(words(asker, helper)))]
        assert len(said) >= 2 * KILLS * 20


async def kill_again_and_again(server: RunningServer, watched: ScriptedAgent) -> None:
    """Each time when twenty more messages have gone through."""
    for _ in range(KILLS):
        await has_messages(watched, len(watched.all(MessagePosted)) + 40)
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)


async def chat(agent: ScriptedAgent, opened: SessionOpened, kills: "asyncio.Task[None]") -> None:
    """Says one thing after the other until all the kills are over."""
    name, number = agent.person.joined.person.name, 0
    while not kills.done():
        post = PostMessage(
            session_id=opened.session_id, fence=opened.fence, text=f"{name} {number}"
        )
        assert isinstance(await agent.do_surely(post), Done)
        number += 1


async def has_messages(agent: ScriptedAgent, count: int) -> None:
    await agent.until(lambda: len(agent.all(MessagePosted)) >= count or None)


def words(agent: ScriptedAgent, author: ScriptedAgent | None = None) -> list[str]:
    """What is in this agent's feed, in order (by one author)."""
    return [
        posted.text
        for posted in agent.all(MessagePosted)
        if author is None or posted.author_id == author.person.person_id
    ]


async def test_the_same_transaction_gets_the_same_answer_whatever_its_body(
    server: RunningServer, invited: Invite
) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        first = PostMessage(session_id=opened.session_id, fence=opened.fence, text="one")
        other = PostMessage(session_id=opened.session_id, fence=opened.fence, text="two")
        txn = new_id()
        for post in (first, first, other):
            assert isinstance(await asker.do(post, txn), Done)
        assert words(asker) == ["one"]
        refused_txn = new_id()
        stale = PostMessage(session_id=opened.session_id, fence=opened.fence + 1, text="late")
        for post in (stale, first):
            refused = await asker.do(post, refused_txn)
            assert isinstance(refused, Refused)
            assert refused.code is ErrorCode.STALE_FENCE
        assert words(asker) == ["one"]
    assert "security: a transaction id came back with another body" in server.log()


async def test_resume_sends_only_what_was_missed(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        await helper.disconnect()
        assert not (await asker.expect_other(PeerPresence, lambda peer: not peer.here)).here
        seen = helper.seq
        for number in range(300):  # more than one page of the feed and than the send queue
            post = PostMessage(
                session_id=opened.session_id, fence=opened.fence, text=f"Ada {number}"
            )
            await asker.do(post)
        welcome = await helper.connect()
        assert (welcome.resync, welcome.head_seq) == (False, seen + 300)
        await helper.until(lambda: helper.seq == welcome.head_seq or None)
        assert words(helper) == [f"Ada {number}" for number in range(300)]


@pytest.mark.parametrize(("epoch", "ahead"), [("another", 0), ("", 1_000)])
async def test_a_copy_that_cannot_be_right_is_sent_anew(
    invited: Invite, epoch: str, ahead: int
) -> None:
    async with connected(invited("Ada")) as (agent,):
        for helping in (True, False, True):
            await agent.do(SetHelping(helping=helping))
        await agent.disconnect()
        whole = list(agent.feed)
        agent.epoch = epoch or agent.epoch
        agent.feed[-1] = replace(agent.feed[-1], seq=agent.seq + ahead)
        welcome = await agent.connect()
        assert welcome.resync
        await agent.until(lambda: len(agent.feed) == len(whole) or None)
        assert agent.feed == whole


async def test_a_restored_backup_is_a_new_epoch(server: RunningServer, invited: Invite) -> None:
    async with connected(invited("Ada")) as (agent,):
        await agent.do(SetHelping(helping=True))
        await agent.expect(HelpingChanged)
        before = agent.epoch
        await asyncio.to_thread(server.stop)
        await agent.expect_close()
        with closing(sqlite3.connect(server.data / "samebox.sqlite3")) as restored, restored:
            restored.execute("DELETE FROM setting WHERE name = 'epoch'")
        await asyncio.to_thread(server.start)
        await agent.reconnect()
        assert agent.welcome is not None
        assert agent.welcome.resync
        assert agent.epoch != before
        await agent.expect(HelpingChanged)


async def test_an_offer_outlives_a_restart_even_if_its_time_has_passed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    data = tmp_path_factory.mktemp("grace") / "data"
    with running(data, SAMEBOX_WAVE_SECONDS="1", SAMEBOX_IT_SECONDS="1") as server:
        owner = set_up(server, is_it=False)
        people = (join(server, owner.invite("Ada")), join(server, owner.invite("Hugo")))
        async with connected(*people) as (asker, helper):
            await volunteer(helper)
            await asker.do(question())
            offer = await helper.expect(OfferMade)
            await asyncio.to_thread(server.kill)
            await asyncio.to_thread(server.start)  # takes longer than the wave
            await helper.reconnect()
            await asker.reconnect()
            accepted = await helper.do(AcceptOffer(offer_id=offer.offer_id))
            assert isinstance(accepted, Done)
            await asker.expect(SessionOpened)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are of POSIX systems")
async def test_a_full_disk_asks_to_try_later_and_loses_nothing(
    server: RunningServer, invited: Invite
) -> None:
    async with connected(invited("Ada")) as (agent,):
        txn, ask = new_id(), question(text="x" * 7_000)
        await asyncio.to_thread(server.stop)
        await agent.expect_close()
        await asyncio.to_thread(server.start, full_disk=True)
        await agent.reconnect()
        later = await agent.do(ask, txn)
        assert isinstance(later, TryLater)
        assert later.code is ErrorCode.STORAGE_FULL
        assert server.get("/api/about").status_code == 200
        await asyncio.to_thread(server.stop)
        await agent.expect_close()
        await asyncio.to_thread(server.start)
        await agent.reconnect()
        assert isinstance(await agent.do(ask, txn), Done)
        assert len(agent.all(QuestionAsked)) == 1


async def test_an_answer_that_was_lost_is_given_again_after_a_restart(
    server: RunningServer, invited: Invite
) -> None:
    async with connected(invited("Ada")) as (agent,):
        txn = TxnId(new_id())
        await agent.send(Do(txn_id=txn, act=SetHelping(helping=True)))
        await agent.expect(HelpingChanged)
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        await agent.reconnect()
        assert isinstance(await agent.do(SetHelping(helping=True), txn), Done)
        assert len(agent.all(HelpingChanged)) == 1


async def test_a_slow_reader_is_closed_and_misses_nothing(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        await helper.disconnect()
        await asker.expect_other(PeerPresence, lambda peer: not peer.here)
        helper.is_narrow = True
        await helper.connect()
        await asker.until(lambda: helper.person_is_here(asker) or None)
        helper.is_reading = False
        sent = 0
        while helper.person_is_here(asker):
            post = PostMessage(session_id=opened.session_id, fence=opened.fence, text="x" * 7_900)
            assert isinstance(await asker.do(post), Done)
            sent += 1
        helper.is_reading = True
        assert await helper.expect_close() == CloseCode.TOO_SLOW
        await helper.disconnect()
        await helper.connect()
        await has_messages(helper, sent)
