"""The main story over real sockets: ask, be asked, accept, talk, solve, and a draft comes of it."""

from collections.abc import Callable

import pytest
from samebox_shared.model.devices import DeviceType, Ring, System
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import SessionId
from samebox_shared.protocol.acts import (
    AcceptOffer,
    CancelQuestion,
    DeclineOffer,
    LeaveSession,
    MarkSeen,
    PostMessage,
    ProposeArticle,
    SolveSession,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    DraftWritten,
    MessagePosted,
    MessagesRead,
    OfferClosed,
    OfferEnd,
    OfferMade,
    QuestionAsked,
    QuestionCancelled,
    QuestionParked,
    SessionOpened,
    SessionReleased,
    SessionSolved,
    WaveStarted,
)
from samebox_shared.protocol.messages import Away, Done, PeerPresence, PeerTyping, Refused, Typing

from tests.server.drafts import a_draft
from tests.server.live.conftest import Invite
from tests.server.running import Person
from tests.server.scripted import (
    ScriptedAgent,
    bring_together,
    connected,
    question,
    volunteer,
)


async def test_a_question_becomes_a_conversation_and_a_draft(invited: Invite) -> None:
    people = [invited("Ada Asker"), invited("Hugo Helper")]
    async with connected(*people) as (asker, helper):
        await volunteer(helper)
        fact = Fact(name="battery.present", value=True)
        ask = question(facts=(fact,))
        assert isinstance(await asker.do(ask), Done)
        assert (await asker.expect(QuestionAsked)).facts == (fact,)
        wave = await asker.expect(WaveStarted)
        assert (wave.ring, wave.asked) == (Ring.SAME_MODEL, 1)

        offer = await helper.expect(OfferMade)
        assert offer.line == ask.text
        assert isinstance(await helper.do(AcceptOffer(offer_id=offer.offer_id)), Done)
        opened = await asker.expect(SessionOpened)
        for agent in (asker, helper):
            assert await agent.expect(SessionOpened) == opened
            assert (opened.asker.name, opened.helper.name) == ("Ada Asker", "Hugo Helper")
            assert opened.facts == (fact,)
            assert (await agent.expect_other(PeerPresence)).here
        assert (await helper.expect(OfferClosed)).end is OfferEnd.ACCEPTED

        await talk(asker, helper, opened)

        solved = SolveSession(
            session_id=opened.session_id, thanks=True, fixed_by="Turned the adapter off and on."
        )
        assert isinstance(await asker.do(solved), Done)
        for agent in (asker, helper):
            assert (await agent.expect(SessionSolved)).thanks
        written = a_draft()
        hand_over = ProposeArticle(session_id=opened.session_id, draft=written)
        assert isinstance(await asker.do(hand_over), Done)
        for agent in (asker, helper):
            draft = (await agent.expect(DraftWritten)).draft
            assert (draft.article_id, draft.steps) == (
                "the-wi-fi-is-gone-after-sleep",
                written.steps,
            )
        late = PostMessage(session_id=opened.session_id, fence=opened.fence, text="Bye")
        answer = await helper.do(late)
        assert isinstance(answer, Refused)
        assert answer.code is ErrorCode.SESSION_OVER


async def talk(asker: ScriptedAgent, helper: ScriptedAgent, opened: SessionOpened) -> None:
    """Both ways, with typing, delivered and seen."""
    await helper.send(Typing(session_id=opened.session_id))
    assert (await asker.expect_other(PeerTyping)).person_id == opened.helper.person_id
    for author, reader, text in ((helper, asker, "Hello"), (asker, helper, "Hi there")):
        post = PostMessage(session_id=opened.session_id, fence=opened.fence, text=text)
        assert isinstance(await author.do(post), Done)
        message = await reader.expect(MessagePosted, says(text))
        await author.expect(MessagesRead, reaches(delivered=message.message_id))
        seen = MarkSeen(session_id=opened.session_id, message_id=message.message_id)
        assert isinstance(await reader.do(seen), Done)
        await author.expect(MessagesRead, reaches(seen=message.message_id))


def says(text: str) -> Callable[[MessagePosted], bool]:
    return lambda posted: posted.text == text


def reaches(delivered: str = "", seen: str = "") -> Callable[[MessagesRead], bool]:
    return lambda read: delivered in ("", read.delivered) and seen in ("", read.seen)


async def test_when_all_say_not_now_it_is_asked_at_once(owner: Person, invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo")]
    async with connected(*people, owner) as (asker, helper, it):
        await volunteer(helper)
        await asker.do(question())
        offer = await helper.expect(OfferMade)
        await helper.do(DeclineOffer(offer_id=offer.offer_id))
        assert (await helper.expect(OfferClosed)).end is OfferEnd.DECLINED
        assert (await it.expect(OfferMade)).ring is Ring.IT
        assert (await asker.expect(WaveStarted, lambda wave: wave.ring is Ring.IT)).asked == 1
        answer = await helper.do(AcceptOffer(offer_id=offer.offer_id))
        assert isinstance(answer, Refused)
        assert answer.code is ErrorCode.OFFER_OVER


async def test_nobody_there_is_told_and_whoever_comes_is_asked(
    owner: Person, invited: Invite
) -> None:
    async with connected(invited("Ada")) as (asker,):
        await asker.do(question())
        await asker.expect(QuestionParked)
        async with connected(owner) as (it,):
            await it.expect(OfferMade)
            await asker.expect(WaveStarted, lambda wave: wave.asked == 1)


async def test_a_helper_who_is_away_or_busy_is_not_asked(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Bob", "Hugo", "Hanna")]
    async with connected(*people) as (ada, bob, hugo, hanna):
        await volunteer(hugo)
        await bring_together(ada, hugo)
        await volunteer(hanna)
        await hanna.send(Away(away=True))
        await hanna.do(CancelQuestion(question_id=question().question_id))  # the frame is through
        await bob.do(question())
        await bob.expect(QuestionParked)
        await hanna.send(Away(away=False))
        assert (await hanna.expect(OfferMade)).ring is Ring.SAME_MODEL
        assert len(hugo.all(OfferMade)) == 1


async def test_a_helper_who_leaves_hands_the_question_back(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo")]
    async with connected(*people) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        leave = LeaveSession(session_id=opened.session_id, fence=opened.fence)
        stale = LeaveSession(session_id=opened.session_id, fence=opened.fence - 1)
        refused = await helper.do(stale)
        assert isinstance(refused, Refused)
        assert refused.code is ErrorCode.STALE_FENCE
        assert isinstance(await helper.do(leave), Done)
        for agent in (asker, helper):
            await agent.expect(SessionReleased)
        await asker.expect(QuestionParked)
        assert len(helper.all(OfferMade)) == 1


async def test_cancelling_withdraws_the_offers(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo")]
    async with connected(*people) as (asker, helper):
        await volunteer(helper)
        ask = question()
        await asker.do(ask)
        await helper.expect(OfferMade)
        again = await asker.do(question())
        assert isinstance(again, Refused)
        assert again.code is ErrorCode.ALREADY_ASKING
        assert isinstance(await asker.do(CancelQuestion(question_id=ask.question_id)), Done)
        await asker.expect(QuestionCancelled)
        assert (await helper.expect(OfferClosed)).end is OfferEnd.WITHDRAWN
        assert isinstance(await asker.do(question()), Done)


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (Fact(name="shell.history", value="ls"), ErrorCode.UNKNOWN_FACT),
        (Fact(name="battery.present", value="yes"), ErrorCode.MALFORMED),
    ],
)
async def test_facts_that_are_not_in_the_catalogue_are_refused(
    invited: Invite, fact: Fact, code: ErrorCode
) -> None:
    async with connected(invited("Ada")) as (asker,):
        refused = await asker.do(question(facts=(fact,)))
        assert isinstance(refused, Refused)
        assert refused.code is code
        assert asker.feed == []


async def test_strangers_to_a_session_learn_nothing_of_it(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo", "Eve")]
    async with connected(*people) as (asker, helper, eve):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        offer = helper.last(OfferMade)
        assert offer is not None
        for act in (
            PostMessage(session_id=opened.session_id, fence=opened.fence, text="hi"),
            SolveSession(session_id=opened.session_id),
            LeaveSession(session_id=SessionId("0"), fence=1),
            AcceptOffer(offer_id=offer.offer_id),
            CancelQuestion(question_id=opened.question_id),
        ):
            refused = await eve.do(act)
            assert isinstance(refused, Refused)
            assert refused.code is ErrorCode.NOT_FOUND
        refused = await helper.do(SolveSession(session_id=opened.session_id))
        assert isinstance(refused, Refused)
        assert refused.code is ErrorCode.NOT_ALLOWED
        assert eve.feed == []


async def test_a_question_without_a_system_goes_to_it_alone(owner: Person, invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo")]
    async with connected(*people, owner) as (asker, helper, it):
        await volunteer(helper)
        await asker.do(question(device_type=DeviceType()))
        assert (await it.expect(OfferMade)).device_type.system is None
        await asker.do(question(device_type=DeviceType(system=System.LINUX)))
        assert helper.all(OfferMade) == []
