"""Somebody leaves the organisation: out at once, and nobody is left waiting (ID-8, I10)."""

import pytest
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import AcceptOffer, Ask, BringIn, PostMessage
from samebox_shared.protocol.errors import CloseCode, ErrorCode
from samebox_shared.protocol.events import (
    OfferClosed,
    OfferMade,
    PersonJoined,
    PersonLeft,
    ReleaseReason,
    SessionOpened,
    SessionReleased,
)
from samebox_shared.protocol.messages import Done, Refused
from websockets.exceptions import ConnectionClosed

from tests.server.live.conftest import Invite
from tests.server.running import RunningServer
from tests.server.scripted import (
    ScriptedAgent,
    bring_together,
    connected,
    question,
    volunteer,
)
from tests.server.test_cli import command


def dismiss(server: RunningServer, agent: ScriptedAgent) -> None:
    said = command(server, "leaver", agent.person.person_id)
    assert said.returncode == 0, said.stderr


async def is_out(agent: ScriptedAgent) -> bool:
    """The open socket is closed, and a new one is not let in."""
    if await agent.expect_close() != CloseCode.NOT_SIGNED_IN:
        return False
    with pytest.raises(ConnectionClosed):
        await agent.connect()
    return await agent.expect_close() == CloseCode.NOT_SIGNED_IN


async def test_a_helper_who_leaves_is_out_and_the_question_goes_on(
    server: RunningServer, invited: Invite
) -> None:
    async with connected(invited("Ada"), invited("Hugo"), invited("Hanna")) as (ada, hugo, hanna):
        await volunteer(hugo)
        opened = await bring_together(ada, hugo)
        await volunteer(hanna)
        head = hugo.seq
        dismiss(server, hugo)
        assert await is_out(hugo)
        released = await ada.expect(SessionReleased)
        assert released.reason is ReleaseReason.LEFT
        offer = await hanna.expect(OfferMade)
        assert offer.question_id == opened.question_id
        assert isinstance(await hanna.do(AcceptOffer(offer_id=offer.offer_id)), Done)
        await ada.expect(SessionOpened, lambda event: event.helper.name == "Hanna")
        assert hugo.seq == head, "I10: an event reached somebody who has left"


async def test_an_asker_who_leaves_is_helped_no_longer(
    server: RunningServer, invited: Invite
) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (ada, hugo):
        await volunteer(hugo)
        opened = await bring_together(ada, hugo)
        dismiss(server, ada)
        assert await is_out(ada)
        released = await hugo.expect(SessionReleased)
        assert released.reason is ReleaseReason.ASKER_LEFT
        late = PostMessage(session_id=opened.session_id, fence=opened.fence, text="Hello?")
        answer = await hugo.do(late)
        assert isinstance(answer, Refused)
        assert answer.code is ErrorCode.SESSION_OVER


async def test_offers_of_an_asker_who_leaves_are_over(
    server: RunningServer, invited: Invite
) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (ada, hugo):
        await volunteer(hugo)
        ask: Ask = question()
        assert isinstance(await ada.do(ask), Done)
        offer = await hugo.expect(OfferMade, lambda made: made.question_id == ask.question_id)
        dismiss(server, ada)
        await hugo.expect(OfferClosed, lambda closed: closed.offer_id == offer.offer_id)


async def test_one_who_was_brought_in_just_leaves(server: RunningServer, invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo"), invited("Hanna")) as (ada, hugo, hanna):
        await volunteer(hugo)
        opened = await bring_together(ada, hugo)
        await volunteer(hanna)
        wanted = BringIn(session_id=opened.session_id, fence=opened.fence, part=Part.SECOND)
        assert isinstance(await ada.do(wanted), Done)
        offer = await hanna.expect(OfferMade)
        assert isinstance(await hanna.do(AcceptOffer(offer_id=offer.offer_id)), Done)
        await ada.expect(PersonJoined)
        dismiss(server, hanna)
        left = await ada.expect(PersonLeft)
        assert left.person_id == hanna.person.person_id


def test_a_name_that_two_have_signs_nobody_out(server: RunningServer, invited: Invite) -> None:
    twins = [invited("Twin").person_id, invited("Twin").person_id]
    said = command(server, "leaver", "Twin")
    assert said.returncode == 1
    assert all(person in said.stderr for person in twins)
    nobody = command(server, "leaver", "Nobody At All")
    assert (nobody.returncode, "Nobody who is here has it" in nobody.stderr) == (1, True)
