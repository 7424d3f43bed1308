"""Two servers, and what happens to one of them or to Redis while people talk."""

import asyncio
import signal
from collections.abc import Iterator

import pytest
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.protocol.events import (
    MessagePosted,
    OfferClosed,
    OfferEnd,
    OfferMade,
    QuestionParked,
    ReleaseReason,
    SessionReleased,
)
from samebox_shared.protocol.messages import Done, PeerPresence

from tests.server.live.replicas import Replicas, Talk, say, says, two_servers, using
from tests.server.races import ends
from tests.server.running import RunningServer
from tests.server.scripted import bring_together, connected, question, volunteer
from tests.support.balancer import Balancer, balanced
from tests.support.postgres import PrivatePostgres
from tests.support.redis import WHY_NOT, PrivateRedis, private_redis, program

pytestmark = [pytest.mark.skipif(program() is None, reason=WHY_NOT), pytest.mark.timeout(240)]


MAC, WINDOWS, ANDROID = (
    DeviceType(system=system, vendor="Maker", family="Box", model="Box 1")
    for system in (System.MACOS, System.WINDOWS, System.ANDROID)
)
"""A kind of its own for each test that counts offers: the questions that other tests leave behind
are offered to whoever comes."""


@pytest.fixture(scope="module")
def redis() -> Iterator[PrivateRedis]:
    with private_redis() as redis:
        yield redis


@pytest.fixture(scope="module")
def started(
    tmp_path_factory: pytest.TempPathFactory, postgres: PrivatePostgres, redis: PrivateRedis
) -> Iterator[Replicas]:
    quick = {
        "SAMEBOX_REDIS_URL": redis.url,
        "SAMEBOX_LEASE_SECONDS": "2",
        "SAMEBOX_SILENCE_SECONDS": "4",
        "SAMEBOX_WAVE_SECONDS": "1",
        "SAMEBOX_OFFER_SECONDS": "1",
        "SAMEBOX_IT_SECONDS": "1",
    }
    place = tmp_path_factory.mktemp("faults")
    with two_servers(place, postgres.new_database(), **quick) as replicas:
        yield replicas


@pytest.fixture
def replicas(started: Replicas) -> Replicas:
    started.mend()
    return started


async def test_redis_may_die_be_flushed_and_come_back(
    replicas: Replicas, redis: PrivateRedis
) -> None:
    ada, hugo = replicas.invite("Ada"), replicas.invite("Hugo", at=replicas.second)
    async with connected(ada, hugo) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        for number, fault in enumerate((redis.stop, redis.start, redis.flush)):
            fault()
            for author, reader in ((asker, helper), (helper, asker)):
                text = f"{author.person.joined.person.name} {number}"
                await say(author, opened, text)
                for agent in (author, reader):
                    await agent.expect(MessagePosted, says(text))
        assert len(asker.all(MessagePosted)) == len(helper.all(MessagePosted)) == 6
        assert (asker.closed, helper.closed) == (None, None)


async def test_a_server_killed_in_mid_chat_loses_and_repeats_nothing(replicas: Replicas) -> None:
    ada, hugo = replicas.invite("Ada"), replicas.invite("Hugo", at=replicas.second)
    async with connected(ada, hugo) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        talk = Talk(opened, asker, helper)
        servers = [replicas.first, replicas.second]
        for _ in range(2):
            await talk.more()
            dying, living = servers
            for agent in (asker, helper):
                agent.person = using(agent.person, living)
            await asyncio.to_thread(dying.kill)
            await talk.more()
            await asyncio.to_thread(dying.start)
            servers.reverse()
        await talk.end()


async def test_both_servers_are_restarted_and_nobody_notices(replicas: Replicas) -> None:
    first, second = replicas.first, replicas.second
    ports = [int(server.url.rsplit(":", 1)[1]) for server in (first, second)]
    people = [replicas.invite(name) for name in ("Ada", "Hugo")]
    async with balanced(*ports) as balancer:
        front = Front(first, balancer)
        async with connected(*(using(person, front) for person in people)) as (asker, helper):
            await volunteer(helper)
            talk = Talk(await bring_together(asker, helper), asker, helper)
            for server in (first, second):
                await talk.more()
                assert await asyncio.to_thread(server.stop, signal.SIGTERM) == 0
                await talk.more()
                await asyncio.to_thread(server.start)
            await talk.end()


class Front(RunningServer):
    """Both servers, as people reach them."""

    def __init__(self, server: RunningServer, balancer: Balancer) -> None:
        super().__init__(server.data)
        self.url = balancer.url


async def test_the_helpers_of_a_dead_server_are_gone_with_its_lease(replicas: Replicas) -> None:
    ada, hugo = replicas.invite("Ada"), replicas.invite("Hugo", at=replicas.second)
    async with connected(ada, hugo) as (asker, helper):
        await volunteer(helper, MAC)
        await bring_together(asker, helper, MAC)
        replicas.second.kill()
        await asker.expect_other(PeerPresence, lambda told: not told.here)
        released = await asker.expect(SessionReleased)
        assert released.reason is ReleaseReason.NO_SIGN_OF_LIFE
        assert len(asker.all(SessionReleased)) == 1


async def test_a_helper_who_came_back_to_the_other_server_keeps_the_session(
    replicas: Replicas,
) -> None:
    ada, hugo = replicas.invite("Ada"), replicas.invite("Hugo", at=replicas.second)
    async with connected(ada, hugo) as (asker, helper):
        await volunteer(helper, WINDOWS)
        opened = await bring_together(asker, helper, WINDOWS)
        replicas.second.kill()
        helper.person = using(hugo, replicas.first)
        await helper.reconnect()
        await until_it_is_noticed(replicas.first)
        await say(helper, opened, "still here")
        await asker.expect(MessagePosted, says("still here"))
        assert asker.all(SessionReleased) == []


async def until_it_is_noticed(server: RunningServer) -> None:
    """Until this server has seen that it is alone."""
    async with asyncio.timeout(30):
        while not server.log().splitlines()[-1].count('"0 other servers'):
            await asyncio.sleep(0.05)


async def test_timers_of_a_dead_server_are_fired_once_by_the_other(replicas: Replicas) -> None:
    ada, hugo = replicas.invite("Ada", at=replicas.second), replicas.invite("Hugo")
    async with connected(ada, hugo) as (asker, helper):
        await volunteer(helper, ANDROID)
        ask = question(device_type=ANDROID)
        assert isinstance(await asker.do(ask), Done)
        offer = await helper.expect(OfferMade, lambda made: made.question_id == ask.question_id)
        replicas.second.kill()
        over = await helper.expect(OfferClosed, ends(offer))
        assert over.end is OfferEnd.EXPIRED
        asker.person = using(ada, replicas.first)
        await asker.reconnect()
        await asker.expect(QuestionParked)
        assert len([one for one in helper.all(OfferClosed) if ends(offer)(one)]) == 1
