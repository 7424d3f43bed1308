"""What people say of themselves, and that routing listens."""

from samebox_server.core.readers import Reader, scope
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import DeviceId, PersonId, new_id
from samebox_shared.model.people import Hours, Volunteering
from samebox_shared.model.topics import Topic, Why
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AddDevice,
    AnyAct,
    Ask,
    BlockPerson,
    CancelQuestion,
    RemoveDevice,
    SetVolunteering,
    SolveSession,
    TellDeviceType,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    BlockedChanged,
    DevicesChanged,
    HelpingChanged,
    OfferMade,
    QuestionParked,
    SessionOpened,
    SessionSolved,
    VolunteeringChanged,
    WaveStarted,
)
from samebox_shared.protocol.messages import Done, Refused

from tests.server.live.conftest import Invite
from tests.server.scripted import ScriptedAgent, connected, question

PHONE = DeviceType(system=System.IOS, vendor="Apple", family="iPhone", model="iPhone 15")


async def done(agent: ScriptedAgent, *acts: AnyAct) -> None:
    for act in acts:
        answer = await agent.do(act)
        assert isinstance(answer, Done), answer


async def refused(agent: ScriptedAgent, act: AnyAct) -> ErrorCode:
    answer = await agent.do(act)
    assert isinstance(answer, Refused), answer
    return answer.code


def about(kind: DeviceType, **changes: object) -> Ask:
    ask = question(**changes)  # type: ignore[arg-type]
    return Ask(question_id=ask.question_id, text=ask.text, device_type=kind, topic=ask.topic)


async def test_wishes_are_told_to_ones_own_devices_and_bind_the_routing(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        kind = DeviceType(system=System.LINUX, vendor="Wish", family="W", model="W 1")
        wishes = Volunteering(helping=True, topics=(Topic.NETWORK,), languages=("nl",))
        await done(helper, TellDeviceType(device_type=kind), SetVolunteering(volunteering=wishes))
        assert (await helper.expect(HelpingChanged)).helping
        assert (await helper.expect(VolunteeringChanged)).volunteering == wishes
        ask = about(kind, topic=Topic.BATTERY)
        await done(asker, ask)
        await asker.expect(QuestionParked)
        assert helper.all(OfferMade) == []
        await done(asker, CancelQuestion(question_id=ask.question_id))
        again = about(kind, topic=Topic.NETWORK)
        await done(asker, again)
        offer = await helper.expect(OfferMade)
        assert (offer.topic, offer.why) == (Topic.NETWORK, (Why.KNOWS_TOPIC,))
        wave = await asker.expect(WaveStarted)
        assert (wave.asked, wave.why) == (1, (Why.KNOWS_TOPIC,))
        await done(helper, AcceptOffer(offer_id=offer.offer_id))
        opened = await asker.expect(SessionOpened)
        assert (opened.topic, opened.why) == (Topic.NETWORK, (Why.KNOWS_TOPIC,))
        await done(asker, SolveSession(session_id=opened.session_id))
        await helper.expect(SessionSolved)
        await done(asker, about(kind, topic=Topic.NETWORK))
        next_offer = await helper.expect(OfferMade, lambda made: made != offer)
        assert next_offer.why == (Why.SOLVED_LATELY, Why.HELPED_BEFORE, Why.KNOWS_TOPIC)


async def test_wishes_that_make_no_sense_are_refused(invited: Invite) -> None:
    async with connected(invited("Hugo")) as (helper,):
        backwards = Volunteering(hours=(Hours(day=0, start=60, until=60),))
        many = Volunteering(languages=("en",) * 31)
        unprintable = Volunteering(place="Utrecht\n")
        for wishes in (backwards, unprintable):
            act = SetVolunteering(volunteering=wishes)
            assert await refused(helper, act) is ErrorCode.MALFORMED
        assert await refused(helper, SetVolunteering(volunteering=many)) is ErrorCode.TOO_LARGE
        assert helper.all(VolunteeringChanged) == []


async def test_a_phone_takes_part(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        device_id = DeviceId(new_id())
        await done(
            helper,
            AddDevice(device_id=device_id, device_type=PHONE),
            SetVolunteering(volunteering=Volunteering(helping=True)),
        )
        listed = (await helper.expect(DevicesChanged)).devices
        assert [(one.device_type, one.by_hand) for one in listed][-1] == (PHONE, True)
        ask = about(PHONE)
        await done(asker, ask)
        assert (await helper.expect(OfferMade)).device_type == PHONE
        await done(asker, CancelQuestion(question_id=ask.question_id))
        again = AddDevice(device_id=device_id, device_type=PHONE)
        assert await refused(asker, again) is ErrorCode.MALFORMED
        assert await refused(asker, RemoveDevice(device_id=device_id)) is ErrorCode.NOT_FOUND
        await done(helper, RemoveDevice(device_id=device_id))
        await done(asker, about(PHONE))
        await asker.expect(QuestionParked)
        assert len(helper.all(OfferMade)) == 1


async def test_whoever_adds_too_many_devices_is_told(invited: Invite) -> None:
    async with connected(invited("Hugo")) as (helper,):
        for _ in range(10):
            await done(helper, AddDevice(device_id=DeviceId(new_id()), device_type=PHONE))
        one_more = AddDevice(device_id=DeviceId(new_id()), device_type=PHONE)
        assert await refused(helper, one_more) is ErrorCode.TOO_MANY


async def test_the_blocked_are_never_brought_together_in_either_direction(
    invited: Invite,
) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (ada, hugo):
        kind = DeviceType(system=System.LINUX, vendor="Block", family="B", model="B 1")
        for agent in (ada, hugo):
            await done(
                agent,
                TellDeviceType(device_type=kind),
                SetVolunteering(volunteering=Volunteering(helping=True)),
            )
        await done(ada, BlockPerson(person_id=PersonId(hugo.person.person_id)))
        told = await ada.expect(BlockedChanged)
        assert [card.name for card in told.people] == ["Hugo"]
        assert hugo.all(BlockedChanged) == []
        for asker, other in ((ada, hugo), (hugo, ada)):
            ask = about(kind)
            await done(asker, ask)
            await asker.expect(QuestionParked)
            assert other.all(OfferMade) == []
            await done(asker, CancelQuestion(question_id=ask.question_id))
        await done(ada, BlockPerson(person_id=PersonId(hugo.person.person_id), blocked=False))
        await done(ada, about(kind))
        await hugo.expect(OfferMade)
        nobody = BlockPerson(person_id=PersonId("nobody"))
        assert await refused(ada, nobody) is ErrorCode.NOT_FOUND
        own = BlockPerson(person_id=PersonId(ada.person.person_id))
        assert await refused(ada, own) is ErrorCode.NOT_FOUND


async def test_another_system_has_other_articles_from_the_next_greeting_on(
    invited: Invite,
) -> None:
    async with connected(invited("Ada")) as (ada,):
        scopes = []
        for system in (System.MACOS, System.LINUX):
            await done(ada, TellDeviceType(device_type=DeviceType(system=system)))
            await ada.disconnect()
            scopes.append((await ada.connect()).articles_scope)
        assert scopes == [scope(Reader(system=System.MACOS)), scope(Reader(system=System.LINUX))]
