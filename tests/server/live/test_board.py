"""The board over real sockets: parked, read, answered, solved without a session."""

import asyncio
from functools import partial
from pathlib import Path

import msgspec
import pytest
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import AnswerId, QuestionId, new_id
from samebox_shared.model.topics import Topic
from samebox_shared.protocol.acts import (
    MOST_OPEN,
    AcceptOffer,
    AnswerQuestion,
    AnyAct,
    Ask,
    CancelQuestion,
    DeclineOffer,
    SolveQuestion,
    TellDeviceType,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    OfferClosed,
    OfferEnd,
    OfferMade,
    QuestionAnswered,
    QuestionCancelled,
    QuestionParked,
    QuestionSolved,
    SessionOpened,
    WaveStarted,
)
from samebox_shared.protocol.http import Board
from samebox_shared.protocol.messages import Done, Refused

from tests.server.live.conftest import Invite
from tests.server.running import THINKPAD, Person, join, running, set_up
from tests.server.scripted import ScriptedAgent, connected, question, volunteer

XPS = DeviceType(system=System.LINUX, vendor="Dell", family="XPS 13", model="XPS 13 9340")
WINDOWS = DeviceType(system=System.WINDOWS, vendor="Dell", family="XPS 13", model="XPS 13 9340")


async def refused(agent: ScriptedAgent, act: AnyAct) -> ErrorCode:
    answer = await agent.do(act)
    assert isinstance(answer, Refused), answer
    return answer.code


async def parked(asker: ScriptedAgent, ask: Ask | None = None) -> QuestionId:
    """A question of this person for which nobody is there."""
    ask = ask or question()
    assert isinstance(await asker.do(ask), Done)
    await asker.expect(QuestionParked, lambda told: told.question_id == ask.question_id)
    return ask.question_id


async def taken(helper: ScriptedAgent, question_id: QuestionId) -> None:
    """This question is offered to the helper, who accepts."""
    offer = await helper.expect(OfferMade, lambda made: made.question_id == question_id)
    assert isinstance(await helper.do(AcceptOffer(offer_id=offer.offer_id)), Done)


def is_about(question_id: QuestionId, opened: SessionOpened) -> bool:
    return opened.question_id == question_id


async def declined(helper: ScriptedAgent) -> None:
    """The next offer, whenever it comes, is answered with "not now"."""
    offer = await helper.expect(OfferMade)
    assert isinstance(await helper.do(DeclineOffer(offer_id=offer.offer_id)), Done)


async def has(agent: ScriptedAgent, device_type: DeviceType = THINKPAD) -> None:
    """This person has such a laptop and does not want to be asked."""
    assert isinstance(await agent.do(TellDeviceType(device_type=device_type)), Done)


def board_of(person: Person) -> Board:
    answer = person.server.get("/api/board", person.token)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Board)


def answer_to(question_id: QuestionId, text: str = "Turn the adapter off.") -> AnswerQuestion:
    return AnswerQuestion(question_id=question_id, answer_id=AnswerId(new_id()), text=text)


async def test_a_parked_question_is_answered_on_the_board_and_solved(invited: Invite) -> None:
    people = [invited("Ada"), invited("Rene Reader")]
    async with connected(*people) as (asker, reader):
        await has(reader)
        fact = Fact(name="battery.present", value=True)
        question_id = await parked(asker, question(facts=(fact,), topic=Topic.NETWORK))
        [shown] = board_of(reader.person).questions
        assert (shown.question_id, shown.device_type, shown.answers) == (question_id, THINKPAD, 0)
        assert shown.topic is Topic.NETWORK
        assert "Ada" not in str(shown)
        assert "battery" not in str(shown)

        answer = answer_to(question_id)
        assert isinstance(await reader.do(answer), Done)
        for agent in (asker, reader):
            told = await agent.expect(QuestionAnswered)
            assert (told.answer_id, told.text) == (answer.answer_id, answer.text)
            assert told.author.name == "Rene Reader"
        assert board_of(reader.person).questions[0].answers == 1
        assert await refused(reader, answer) is ErrorCode.MALFORMED

        solved = SolveQuestion(question_id=question_id, fixed_by="The adapter.")
        assert isinstance(await asker.do(solved), Done)
        for agent in (asker, reader):
            assert (await agent.expect(QuestionSolved)).fixed_by == "The adapter."
        assert board_of(reader.person).questions == ()
        assert await refused(reader, answer_to(question_id)) is ErrorCode.SESSION_OVER
        assert await refused(asker, solved) is ErrorCode.SESSION_OVER
        assert isinstance(await asker.do(question()), Done)


async def test_a_board_shows_the_nearest_first_and_nothing_of_oneself(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Bob", "Cleo", "Rene")]
    async with connected(*people) as (ada, bob, cleo, reader):
        await has(reader)
        near = await parked(ada)
        far = await parked(bob, question(device_type=XPS))
        await parked(cleo, question(device_type=WINDOWS))
        shown = [one.question_id for one in board_of(reader.person).questions]
        assert shown == [near, far]
        assert board_of(ada.person).questions == ()


async def test_it_sees_what_nobody_else_can_answer(owner: Person, invited: Invite) -> None:
    async with connected(invited("Ada")) as (ada,):
        question_id = await parked(ada, question(device_type=DeviceType()))
        assert question_id in [one.question_id for one in board_of(owner).questions]


@pytest.mark.parametrize("token", ["", "nobody"])
def test_the_board_is_for_those_who_have_joined(owner: Person, token: str) -> None:
    assert owner.server.get("/api/board", token).status_code == 401


async def test_only_whoever_has_such_a_laptop_may_answer(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Rene", "Walt")]
    async with connected(*people) as (asker, reader, other):
        await has(reader)
        await has(other, WINDOWS)
        await has(asker)
        question_id = await parked(asker)
        for agent in (other, asker):
            assert await refused(agent, answer_to(question_id)) is ErrorCode.NOT_FOUND
        assert await refused(reader, answer_to(QuestionId("0"))) is ErrorCode.NOT_FOUND
        assert await refused(reader, answer_to(question_id, " ")) is ErrorCode.MALFORMED
        assert await refused(reader, answer_to(question_id, "x" * 8_001)) is ErrorCode.TOO_LARGE
        wrong = AnswerQuestion(question_id=question_id, answer_id=AnswerId("a/b"), text="Hi")
        assert await refused(reader, wrong) is ErrorCode.MALFORMED
        for act in (
            SolveQuestion(question_id=question_id),
            CancelQuestion(question_id=question_id),
        ):
            assert await refused(reader, act) is ErrorCode.NOT_FOUND
        assert asker.all(QuestionAnswered) == []


async def test_a_question_that_was_never_parked_is_not_answered(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo", "Rene")]
    async with connected(*people) as (asker, helper, reader):
        await volunteer(helper)
        await has(reader)
        ask = question()
        await asker.do(ask)
        assert await refused(reader, answer_to(ask.question_id)) is ErrorCode.NOT_FOUND
        offer = await helper.expect(OfferMade)
        await helper.do(AcceptOffer(offer_id=offer.offer_id))
        assert await refused(reader, answer_to(ask.question_id)) is ErrorCode.ALREADY_TAKEN
        solve = SolveQuestion(question_id=ask.question_id)
        assert await refused(asker, solve) is ErrorCode.ALREADY_TAKEN


async def test_whoever_comes_is_asked_and_answers_still_arrive(invited: Invite) -> None:
    people = [invited(name) for name in ("Ada", "Hugo", "Rene")]
    async with connected(*people) as (asker, helper, reader):
        await has(reader)
        question_id = await parked(asker)
        await volunteer(helper)
        assert (await helper.expect(OfferMade)).topic is Topic.OTHER
        await asker.expect(WaveStarted)
        assert board_of(reader.person).questions == ()
        assert isinstance(await reader.do(answer_to(question_id)), Done)
        await asker.expect(QuestionAnswered)
        assert isinstance(await asker.do(SolveQuestion(question_id=question_id)), Done)
        assert (await helper.expect(OfferClosed)).end is OfferEnd.WITHDRAWN


async def test_others_can_be_asked_beside_parked_questions_up_to_a_limit(invited: Invite) -> None:
    async with connected(invited("Ada")) as (asker,):
        found = [await parked(asker) for _ in range(MOST_OPEN)]
        assert await refused(asker, question()) is ErrorCode.ALREADY_ASKING
        assert isinstance(await asker.do(CancelQuestion(question_id=found[0])), Done)
        await asker.expect(QuestionCancelled)
        await parked(asker)


async def test_a_parked_question_is_taken_while_its_asker_talks_about_another(
    invited: Invite,
) -> None:
    people = [invited(name) for name in ("Ada", "Hugo", "Rene")]
    async with connected(*people) as (asker, helper, other):
        first = await parked(asker)
        await volunteer(other, WINDOWS)
        second = question(device_type=WINDOWS)
        assert isinstance(await asker.do(second), Done)
        await taken(other, second.question_id)
        await volunteer(helper)
        await taken(helper, first)
        for wanted in (second.question_id, first):
            await asker.expect(SessionOpened, partial(is_about, wanted))
        assert await refused(asker, question()) is ErrorCode.ALREADY_ASKING


async def test_whoever_was_asked_before_it_was_parked_does_not_use_up_its_day(
    invited: Invite,
) -> None:
    people = [invited(name) for name in ("Ada", "Late", *(f"H{number}" for number in range(7)))]
    async with connected(*people) as (asker, late, *helpers):
        for helper in helpers:
            await volunteer(helper, XPS)
        assert isinstance(await asker.do(question()), Done)
        await asyncio.gather(*(declined(helper) for helper in helpers))
        await asker.expect(QuestionParked)
        await volunteer(late, XPS)
        await late.expect(OfferMade)


async def test_answers_come_in_at_a_human_pace(tmp_path: Path) -> None:
    with running(tmp_path / "data", SAMEBOX_ANSWERS_PER_HOUR="2") as server:
        owner = set_up(server)
        people = [join(server, owner.invite(name)) for name in ("Ada", "Rene")]
        async with connected(*people) as (asker, reader):
            await has(reader)
            question_id = await parked(asker)
            for _ in range(2):
                assert isinstance(await reader.do(answer_to(question_id)), Done)
            assert await refused(reader, answer_to(question_id)) is ErrorCode.TOO_MANY


async def test_the_timer_of_a_parked_question_looks_again(tmp_path: Path) -> None:
    with running(tmp_path / "data", SAMEBOX_PARKED_MINUTES="0.001") as server:
        owner = set_up(server)
        async with connected(join(server, owner.invite("Ada"))) as (asker,):
            question_id = await parked(asker)
            first = asker.all(QuestionParked)[0]
            again = await asker.expect(QuestionParked, lambda told: told != first)
            assert again.question_id == question_id
            assert again.again_at > first.again_at
