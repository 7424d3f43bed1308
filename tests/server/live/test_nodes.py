"""Two servers share the work: real processes on a private PostgreSQL and a private Redis."""

from collections.abc import Iterator
from functools import partial

import pytest
from samebox_shared.model.ids import QuestionId
from samebox_shared.protocol.acts import AcceptOffer, Ask, CancelQuestion, SetHelping
from samebox_shared.protocol.errors import CloseCode
from samebox_shared.protocol.events import (
    HelpingChanged,
    MessagePosted,
    MessagesRead,
    OfferMade,
    QuestionParked,
    WaveStarted,
)
from samebox_shared.protocol.messages import (
    ArticlesChanged,
    Away,
    Done,
    PeerPresence,
    PeerTyping,
    Typing,
)

from tests.server.live.replicas import (
    Replicas,
    delivered,
    say,
    says,
    take_in_article,
    two_servers,
    using,
)
from tests.server.races import race
from tests.server.scripted import ScriptedAgent, bring_together, connected, question, volunteer
from tests.support.postgres import PrivatePostgres
from tests.support.redis import WHY_NOT, private_redis, program

pytestmark = [pytest.mark.skipif(program() is None, reason=WHY_NOT), pytest.mark.timeout(180)]
ROUNDS = 50
HELPERS = 8


@pytest.fixture(scope="module", params=["redis", "no redis"])
def replicas(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    postgres: PrivatePostgres,
) -> Iterator[Replicas]:
    """What works must work without Redis, too; it only takes up to a second longer."""
    place, url = tmp_path_factory.mktemp("replicas"), postgres.new_database()
    with private_redis() as redis:
        environment = {"SAMEBOX_WAVE_SIZE": str(HELPERS)}
        if request.param == "redis":
            environment["SAMEBOX_REDIS_URL"] = redis.url
        with two_servers(place, url, **environment) as replicas:
            yield replicas


async def test_a_conversation_between_people_on_two_servers(replicas: Replicas) -> None:
    ada, hugo = replicas.invite("Ada"), replicas.invite("Hugo", at=replicas.second)
    async with connected(ada, hugo) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        for number in range(6):
            author, reader = ((asker, helper), (helper, asker))[number % 2]
            await say(author, opened, f"word {number}")
            said = await reader.expect(MessagePosted, says(f"word {number}"))
            await author.expect(MessagesRead, delivered(said))
        for agent in (asker, helper):
            words = [message.text for message in agent.all(MessagePosted)]
            assert words == [f"word {number}" for number in range(6)]


async def test_who_is_here_and_who_types_is_seen_across_servers(replicas: Replicas) -> None:
    ada, hugo = replicas.invite("Ada"), replicas.invite("Hugo", at=replicas.second)
    async with connected(ada, hugo) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        if replicas.has_bus:  # typing is not stored, so nothing else could tell of it
            await helper.send(Typing(session_id=opened.session_id))
            await asker.expect_other(PeerTyping)
        await say(helper, opened, "here")
        await asker.expect(MessagePosted, says("here"))  # so the other server has looked since
        await helper.disconnect()
        await asker.expect_other(PeerPresence, lambda told: not told.here)
        await helper.connect()
        await asker.until(lambda: asker.person_is_here(asker) or None)


async def test_a_helper_who_is_away_at_another_server_is_not_asked(replicas: Replicas) -> None:
    ada, hugo = replicas.invite("Ada"), replicas.invite("Hugo", at=replicas.second)
    async with connected(ada, hugo) as (asker, helper):
        await volunteer(helper)
        await helper.send(Away(away=True))
        ask = await ask_until_nobody_is_asked(asker)
        await helper.send(Away(away=False))
        offer = await helper.expect(OfferMade, lambda made: made.question_id == ask.question_id)
        assert isinstance(await helper.do(AcceptOffer(offer_id=offer.offer_id)), Done)


def first_word(asker: ScriptedAgent, question: QuestionId) -> WaveStarted | QuestionParked | None:
    """Whether somebody is asked, or nobody was there."""
    started = asker.last(WaveStarted, lambda wave: wave.question_id == question)
    return started or asker.last(QuestionParked, lambda told: told.question_id == question)


async def ask_until_nobody_is_asked(asker: ScriptedAgent) -> Ask:
    """The other server may hear only in a second that somebody is away."""
    while True:
        ask = question()
        await asker.do(ask)
        told = await asker.until(partial(first_word, asker, ask.question_id))
        if isinstance(told, QuestionParked):
            return ask
        await asker.do(CancelQuestion(question_id=ask.question_id))


async def test_eight_helpers_on_two_servers_accept_at_once_and_one_wins(
    replicas: Replicas,
) -> None:
    servers = (replicas.first, replicas.second)
    people = [replicas.invite(f"Helper {n}", at=servers[n % 2]) for n in range(HELPERS)]
    async with connected(replicas.invite("Ada"), *people) as (asker, *helpers):
        for helper in helpers:
            await volunteer(helper)
        for _ in range(ROUNDS if replicas.has_bus else ROUNDS // 10):
            await race(asker, helpers)


async def test_a_device_has_one_socket_whatever_the_server(replicas: Replicas) -> None:
    ada = replicas.invite("Ada")
    async with connected(ada, using(ada, replicas.second)) as (before, after):
        assert await before.expect_close() == CloseCode.REPLACED
        assert isinstance(await after.do(SetHelping(helping=True)), Done)
        await after.expect(HelpingChanged)
        assert after.closed is None
        await before.connect()
        assert await after.expect_close() == CloseCode.REPLACED


async def test_new_articles_are_told_on_every_server(replicas: Replicas) -> None:
    ada = replicas.invite("Ada", at=replicas.second)
    async with connected(ada) as (agent,):
        take_in_article(replicas.first, "one-more")
        told = await agent.expect_other(ArticlesChanged)
        assert told.head > (agent.welcome.articles_head if agent.welcome else 0)
