"""Company in a session over real sockets: bringing in, joining, leaving, going on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import SessionId
from samebox_shared.model.topics import Part, Topic
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AnyAct,
    BringIn,
    DeclineOffer,
    DeleteMessage,
    EditMessage,
    LeaveSession,
    PostMessage,
    SolveSession,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    HelperChanged,
    JoinAsked,
    MessagePosted,
    OfferClosed,
    OfferEnd,
    OfferMade,
    PersonJoined,
    PersonLeft,
    QuestionAsked,
    QuestionParked,
    ReleaseReason,
    SessionOpened,
    SessionReleased,
    SessionSolved,
)
from samebox_shared.protocol.messages import Done, PeerTyping, Refused, Typing

from tests.server.live.conftest import Invite
from tests.server.running import Person, join, running, set_up
from tests.server.scripted import (
    ScriptedAgent,
    bring_together,
    connected,
    question,
    volunteer,
)


async def refused(agent: ScriptedAgent, act: AnyAct) -> ErrorCode:
    answer = await agent.do(act)
    assert isinstance(answer, Refused), answer
    return answer.code


def post(opened: SessionOpened, text: str, fence: int = 0) -> PostMessage:
    return PostMessage(session_id=opened.session_id, fence=fence or opened.fence, text=text)


def wanted(opened: SessionOpened, part: Part = Part.SECOND, fence: int = 0) -> BringIn:
    return BringIn(session_id=opened.session_id, fence=fence or opened.fence, part=part)


def leave(opened: SessionOpened, fence: int = 0) -> LeaveSession:
    return LeaveSession(session_id=opened.session_id, fence=fence or opened.fence)


def says(text: str) -> Callable[[MessagePosted], bool]:
    return lambda posted: posted.text == text


async def brought_in(
    who: ScriptedAgent, by: ScriptedAgent, opened: SessionOpened, part: Part = Part.SECOND
) -> SessionOpened:
    """`by` asks for company, and `who` comes."""
    assert isinstance(await by.do(wanted(opened, part)), Done)
    offer = await who.expect(OfferMade, lambda made: made.part is part)
    assert offer.question_id == opened.question_id
    assert isinstance(await who.do(AcceptOffer(offer_id=offer.offer_id)), Done)
    return await who.expect(SessionOpened)


async def test_a_second_helper_gets_everything_so_far(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo", "Sara", "Eve")]
    async with connected(*people) as (asker, helper, second, eve):
        await volunteer(helper)
        fact = Fact(name="battery.present", value=True)
        await asker.do(question(facts=(fact,), topic=Topic.BATTERY))
        assert (await asker.expect(QuestionAsked)).topic is Topic.BATTERY
        offer = await helper.expect(OfferMade)
        assert offer.topic is Topic.BATTERY
        await helper.do(AcceptOffer(offer_id=offer.offer_id))
        opened = await asker.expect(SessionOpened)
        for text in ("Helo", "Oops, my password is hunter2", "Hi there"):
            await helper.do(post(opened, text))
        said = helper.all(MessagePosted)
        edit = EditMessage(
            session_id=opened.session_id,
            fence=opened.fence,
            message_id=said[0].message_id,
            text="Hello",
        )
        assert isinstance(await helper.do(edit), Done)
        taken_back = DeleteMessage(
            session_id=opened.session_id, fence=opened.fence, message_id=said[1].message_id
        )
        assert isinstance(await helper.do(taken_back), Done)

        await volunteer(second)
        at_join = await brought_in(second, asker, opened)
        assert (at_join.part, at_join.fence, at_join.facts) == (Part.SECOND, opened.fence, (fact,))
        assert (opened.topic, at_join.topic) == (Topic.BATTERY, Topic.BATTERY)
        assert (at_join.asker, at_join.helper) == (opened.asker, opened.helper)
        await second.expect(MessagePosted, says("Hi there"))
        assert [posted.text for posted in second.all(MessagePosted)] == ["Hello", "Hi there"]
        assert all(posted.said_at for posted in second.all(MessagePosted))
        for agent in (asker, helper):
            who = (await agent.expect(PersonJoined)).who
            assert (who.person.name, who.part) == ("Sara", Part.SECOND)
        assert second.all(PersonJoined) == []

        assert isinstance(await second.do(post(opened, "Try the other cable")), Done)
        for agent in (asker, helper, second):
            await agent.expect(MessagePosted, says("Try the other cable"))
        await second.send(Typing(session_id=opened.session_id))
        for agent in (asker, helper):
            assert (await agent.expect_other(PeerTyping)).person_id == second.person.person_id
        assert eve.feed == []

        solved = SolveSession(session_id=opened.session_id)
        assert isinstance(await asker.do(solved), Done)
        for agent in (asker, helper, second):
            await agent.expect(SessionSolved)
        assert await refused(second, post(opened, "Bye")) is ErrorCode.SESSION_OVER


async def test_it_is_brought_in_and_the_others_are_told_kindly(
    owner: Person, invited: Invite
) -> None:
    people = [invited("Ada"), invited("Hugo"), invited("Ina", "it")]
    async with connected(*people, owner) as (asker, helper, ina, olga):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        at_join = await brought_in(ina, helper, opened, Part.IT)
        assert at_join.part is Part.IT
        assert (await olga.expect(OfferClosed)).end is OfferEnd.TAKEN
        late = olga.last(OfferMade)
        assert late is not None
        assert await refused(olga, AcceptOffer(offer_id=late.offer_id)) is ErrorCode.ALREADY_TAKEN
        assert [who.who.person.is_it for who in asker.all(PersonJoined)] == [True]


async def test_the_truth_about_nobody(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo", "Sara")]
    async with connected(*people) as (asker, helper, second):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        assert isinstance(await helper.do(wanted(opened, Part.IT)), Done)
        for agent in (asker, helper):
            told = await agent.expect(JoinAsked)
            assert (told.part, told.asked) == (Part.IT, 0)
        await volunteer(second)
        assert isinstance(await helper.do(wanted(opened)), Done)
        assert (await asker.expect(JoinAsked, lambda told: told.asked == 1)).part is Part.SECOND
        assert await refused(asker, wanted(opened)) is ErrorCode.ALREADY_ASKING
        offer = await second.expect(OfferMade)
        assert isinstance(await second.do(DeclineOffer(offer_id=offer.offer_id)), Done)
        assert (await second.expect(OfferClosed)).end is OfferEnd.DECLINED
        await asker.until(lambda: len(asker.all(JoinAsked)) == 3 or None)
        assert asker.all(JoinAsked)[-1].asked == 0
        assert second.all(SessionOpened) == []
        late = AcceptOffer(offer_id=offer.offer_id)
        assert await refused(second, late) is ErrorCode.OFFER_OVER


async def test_who_does_not_answer_in_time_is_not_asked_any_longer(tmp_path: Path) -> None:
    with running(tmp_path / "data", SAMEBOX_JOIN_SECONDS="0.2") as server:
        owner = set_up(server)
        people = [join(server, owner.invite(name)) for name in ("Ada", "Hugo", "Sara")]
        async with connected(*people) as (asker, helper, second):
            await volunteer(helper)
            opened = await bring_together(asker, helper)
            await volunteer(second)
            assert isinstance(await asker.do(wanted(opened)), Done)
            assert (await second.expect(OfferClosed)).end is OfferEnd.EXPIRED
            await asker.until(lambda: len(asker.all(JoinAsked)) == 2 or None)
            assert [told.asked for told in asker.all(JoinAsked)] == [1, 0]


async def test_company_is_refused_to_strangers_to_a_fifth_and_after_the_end(
    owner: Person, invited: Invite
) -> None:
    people = [invited(name) for name in ("Ada", "Hugo", "Sara", "Eve")]
    async with connected(*people, owner) as (asker, helper, second, eve, olga):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        foreign = BringIn(session_id=SessionId("0"), fence=1, part=Part.IT)
        assert await refused(asker, foreign) is ErrorCode.NOT_FOUND
        assert await refused(eve, wanted(opened)) is ErrorCode.NOT_FOUND
        stale = wanted(opened, fence=opened.fence + 1)
        assert await refused(asker, stale) is ErrorCode.STALE_FENCE
        for part in (Part.HELPER, Part.WATCHER):
            assert await refused(asker, wanted(opened, part)) is ErrorCode.MALFORMED
        await volunteer(second)
        await brought_in(second, asker, opened)
        await brought_in(olga, second, opened, Part.IT)
        await volunteer(eve)
        assert await refused(helper, wanted(opened)) is ErrorCode.TOO_MANY
        assert eve.all(OfferMade) == []
        assert await refused(asker, leave(opened)) is ErrorCode.NOT_ALLOWED
        assert await refused(second, leave(opened, 99)) is ErrorCode.STALE_FENCE
        assert await refused(eve, leave(opened)) is ErrorCode.NOT_FOUND
        solve = SolveSession(session_id=opened.session_id)
        assert await refused(second, solve) is ErrorCode.NOT_ALLOWED
        assert isinstance(await asker.do(solve), Done)
        assert await refused(asker, wanted(opened)) is ErrorCode.SESSION_OVER


async def test_whoever_was_brought_in_leaves_and_sees_nothing_more(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo", "Sara")]
    async with connected(*people) as (asker, helper, second):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        await volunteer(second)
        await brought_in(second, asker, opened)
        assert isinstance(await second.do(leave(opened)), Done)
        for agent in (asker, helper, second):
            assert (await agent.expect(PersonLeft)).person_id == second.person.person_id
        seen = second.seq
        await helper.do(post(opened, "Just the two of us"))
        await asker.expect(MessagePosted, says("Just the two of us"))
        assert await refused(second, post(opened, "Hello?")) is ErrorCode.NOT_FOUND
        assert await refused(second, leave(opened)) is ErrorCode.NOT_FOUND
        assert second.seq == seen
        assert isinstance(await asker.do(wanted(opened)), Done)
        assert (await asker.expect(JoinAsked, lambda told: told.asked == 0)).part is Part.SECOND


async def test_whoever_is_busy_in_it_is_not_asked_elsewhere(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo", "Sara", "Bob")]
    async with connected(*people) as (asker, helper, second, bob):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        await volunteer(second)
        await brought_in(second, asker, opened)
        await bob.do(question())
        await bob.expect(QuestionParked)
        await second.do(leave(opened))
        await second.expect(OfferMade, lambda made: made.part is Part.HELPER)


async def test_when_the_helper_leaves_whoever_was_brought_in_goes_on(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo", "Sara")]
    async with connected(*people) as (asker, helper, second):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        await volunteer(second)
        await brought_in(second, asker, opened)
        assert isinstance(await helper.do(leave(opened)), Done)
        changed = await asker.expect(HelperChanged)
        for agent in (asker, helper, second):
            assert await agent.expect(HelperChanged) == changed
            assert (changed.helper.name, changed.fence) == ("Sara", opened.fence + 1)
            assert changed.reason is ReleaseReason.LEFT
            assert agent.all(SessionReleased) == []
        assert await refused(second, post(opened, "Old")) is ErrorCode.STALE_FENCE
        assert isinstance(await second.do(post(opened, "I go on", changed.fence)), Done)
        await asker.expect(MessagePosted, says("I go on"))
        assert await refused(helper, post(opened, "Me, too", changed.fence)) is ErrorCode.NOT_FOUND
        assert helper.last(MessagePosted) is None
        assert isinstance(await second.do(leave(opened, changed.fence)), Done)
        await asker.expect(SessionReleased)
        await asker.expect(QuestionParked)


@pytest.mark.parametrize("is_back_in_time", [True, False])
async def test_a_helper_without_a_sign_of_life_is_replaced_by_who_is_there(
    tmp_path: Path, is_back_in_time: bool
) -> None:
    with running(tmp_path / "data", SAMEBOX_SILENCE_SECONDS="0.3") as server:
        owner = set_up(server)
        people = [join(server, owner.invite(name)) for name in ("Ada", "Hugo", "Sara")]
        async with connected(*people) as (asker, helper, second):
            await volunteer(helper)
            opened = await bring_together(asker, helper)
            await volunteer(second)
            await brought_in(second, asker, opened)
            if not is_back_in_time:
                await second.disconnect()
            await helper.disconnect()
            changed = await asker.expect(HelperChanged)
            assert (changed.helper.name, changed.reason) == ("Sara", ReleaseReason.NO_SIGN_OF_LIFE)
            if not is_back_in_time:  # the new helper is watched like the old one
                await asker.expect(SessionReleased)


async def test_it_that_hands_back_is_not_asked_again_at_once(invited: Invite) -> None:
    people = [invited("Ada"), invited("Ina", "it")]
    async with connected(*people) as (asker, ina):
        opened = await bring_together(asker, ina)
        assert isinstance(await ina.do(leave(opened)), Done)
        await asker.expect(QuestionParked)
        assert len(ina.all(OfferMade)) == 1
        await ina.reconnect()
        assert isinstance(await ina.do(leave(opened)), Refused)
        assert len(ina.all(OfferMade)) == 1
