"""What is said is kept once and answered always, in whatever batch it comes."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import pytest
from samebox_server.app import rules_of
from samebox_server.live import acts, conversation, talk
from samebox_server.live.conversation import Received
from samebox_server.live.presence import Presence
from samebox_server.live.talk import Said
from samebox_server.live.whereabouts import Whereabouts
from samebox_server.live.work import Work
from samebox_server.settings import Settings
from samebox_server.store import devices, feeds, offers, people, questions, sessions, tables
from samebox_server.store.database import Connection, Database
from samebox_server.store.devices import Caller
from samebox_server.store.sessions import StoredSession
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import MessageId, OfferId, PersonId, QuestionId, SessionId, TxnId
from samebox_shared.protocol.acts import AnyAct, Ask, MarkSeen, PostMessage, TellDeviceType
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import AnyEvent, MessagePosted, MessagesRead
from samebox_shared.protocol.messages import Do, Done, Refused
from samebox_shared.session.commands import MakeOffers
from samebox_shared.session.events import Offered
from sqlalchemy import select

SESSION = SessionId("session")
FENCE = 3
RULES = rules_of(Settings())


@dataclass(frozen=True)
class Room:
    """Two people in a live session, and somebody who is not in it."""

    database: Database
    asker: Caller
    helper: Caller
    stranger: Caller

    async def say(self, *said: Said) -> list[Done | Refused]:
        def unit(connection: Connection) -> list[Done | Refused]:
            work = desk(connection)
            answers = talk.decide_all(work, said)
            work.finish()
            return answers

        return await self.database.write(unit)

    async def do(self, caller: Caller, asked: Do) -> Done | Refused:
        def unit(connection: Connection) -> Done | Refused:
            work = desk(connection)
            answer = acts.decide(work, caller, asked)
            work.finish()
            return answer

        return await self.database.write(unit)

    async def receive(self, *received: Received) -> None:
        def unit(connection: Connection) -> None:
            work = desk(connection)
            conversation.deliver_all(work, received)
            work.finish()

        await self.database.write(unit)

    async def feed(self, caller: Caller) -> list[AnyEvent]:
        def query(connection: Connection) -> list[AnyEvent]:
            return [event.body for event in feeds.page(connection, caller.person_id, 0, 500)]

        return await self.database.read(query)

    async def texts(self) -> list[str]:
        events = await self.feed(self.helper)
        return [event.text for event in events if isinstance(event, MessagePosted)]

    async def ordinals(self) -> Sequence[int]:
        query = select(tables.message.c.ordinal).order_by(tables.message.c.ordinal)
        return await self.database.read(
            lambda connection: connection.execute(query).scalars().all()
        )

    async def message_ids(self) -> list[MessageId]:
        events = await self.feed(self.helper)
        return [event.message_id for event in events if isinstance(event, MessagePosted)]


def desk(connection: Connection) -> Work:
    presence = Presence(0.0)
    return Work(connection, 10.0, presence, RULES, Whereabouts(RULES.routing, presence))


def post(txn_id: str, text: str = "", fence: int = FENCE, session_id: str = SESSION) -> Do:
    act = PostMessage(session_id=SessionId(session_id), fence=fence, text=text or txn_id)
    return do(txn_id, act)


def do(txn_id: str, act: AnyAct) -> Do:
    return Do(txn_id=TxnId(txn_id), act=act)


def seen(txn_id: str, message_id: MessageId) -> Do:
    return do(txn_id, MarkSeen(session_id=SESSION, message_id=message_id))


def furnish(connection: Connection) -> tuple[Caller, Caller, Caller]:
    callers = []
    for name in ("Ada", "Hugo", "Sam"):
        person = people.add(connection, name, (), 1.0)
        device = devices.add(connection, person, name, DeviceType(), "0", 1.0)
        callers.append(Caller(person, device))
    asker, helper, stranger = callers
    question, offer = QuestionId("question"), OfferId("offer")
    ask = Ask(question_id=question, text="It is slow", device_type=DeviceType())
    questions.add(connection, asker.person_id, ask, 1.0)
    made = Offered(offer_id=offer, helper=helper.person_id, ring=Ring.SAME_MODEL)
    offers.make(connection, question, MakeOffers((made,), 1, 2.0), 1.0)
    opened = StoredSession(
        session_id=SESSION,
        question_id=question,
        offer_id=offer,
        asker=asker.person_id,
        helper=helper.person_id,
        fence=FENCE,
        ring=Ring.SAME_MODEL,
    )
    sessions.open_session(connection, opened, 1.0)
    return asker, helper, stranger


@pytest.fixture
async def room(database: Database) -> Room:
    return Room(database, *await database.write(furnish))


async def test_a_batch_is_kept_in_order_and_shown_to_everyone_once(room: Room) -> None:
    said = [(room.asker, post("a1")), (room.helper, post("h1")), (room.asker, post("a2"))]
    assert await room.say(*said) == [Done(txn_id=one.txn_id) for _, one in said]
    assert await room.texts() == ["a1", "h1", "a2"]
    assert await room.ordinals() == [1, 2, 3]
    assert await room.feed(room.asker) == await room.feed(room.helper)
    assert await room.feed(room.stranger) == []


async def test_what_is_sent_again_is_answered_again_and_kept_once(room: Room) -> None:
    twice = [(room.asker, post("a1")), (room.asker, post("a1")), (room.asker, post("a2"))]
    for _ in range(2):
        assert await room.say(*twice) == [Done(txn_id=one.txn_id) for _, one in twice]
    assert await room.texts() == ["a1", "a2"]


async def test_the_same_id_of_two_devices_is_two_messages(room: Room) -> None:
    await room.say((room.asker, post("x", "one")), (room.helper, post("x", "two")))
    assert await room.texts() == ["one", "two"]


async def test_another_body_gets_the_first_answer_and_a_line_in_the_log(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    await room.say((room.asker, post("a1", "first")))
    with caplog.at_level(logging.WARNING):
        again = await room.say((room.asker, post("a1", "second")), (room.helper, post("h1")))
    assert again == [Done(txn_id=TxnId("a1")), Done(txn_id=TxnId("h1"))]
    assert await room.texts() == ["first", "h1"]
    assert caplog.text.count("security:") == 1


async def test_one_that_is_refused_hurts_no_other_and_stays_refused(room: Room) -> None:
    refusals = await room.say(
        (room.stranger, post("s1")),
        (room.asker, post("old", fence=FENCE - 1)),
        (room.asker, post("nowhere", session_id="none")),
        (room.asker, post("empty", " ")),
        (room.asker, post("b@d")),
        (room.asker, post("a1")),
    )
    codes = [getattr(answer, "code", None) for answer in refusals]
    assert codes == [
        ErrorCode.NOT_FOUND,
        ErrorCode.STALE_FENCE,
        ErrorCode.NOT_FOUND,
        ErrorCode.MALFORMED,
        ErrorCode.MALFORMED,
        None,
    ]
    assert await room.say((room.asker, post("old"))) == [refusals[1]]
    assert await room.texts() == ["a1"]


async def test_an_id_that_another_act_used_is_used(room: Room) -> None:
    tell = do("t1", TellDeviceType(device_type=DeviceType()))
    assert await room.do(room.asker, tell) == Done(txn_id=tell.txn_id)
    assert await room.say((room.asker, post("t1"))) == [Done(txn_id=tell.txn_id)]
    assert await room.texts() == []
    await room.say((room.asker, post("t2")))
    second = do("t2", TellDeviceType(device_type=DeviceType(model="Other")))
    assert await room.do(room.asker, second) == Done(txn_id=second.txn_id)
    models = select(tables.device.c.model).where(tables.device.c.model == "Other")
    assert await room.database.read(lambda connection: connection.execute(models).first()) is None


async def test_only_the_furthest_mark_of_a_batch_is_told_and_none_goes_back(room: Room) -> None:
    await room.say(*((room.asker, post(f"a{number}")) for number in range(3)))
    first, second, third = await room.message_ids()
    marks = [(room.helper, seen("m1", first)), (room.helper, seen("m3", third))]
    for said in (marks, [(room.helper, seen("m2", second))]):
        assert await room.say(*said) == [Done(txn_id=one.txn_id) for _, one in said]
    told = [one for one in await room.feed(room.asker) if isinstance(one, MessagesRead)]
    assert [(one.delivered, one.seen) for one in told] == [(third, third)]
    unknown = seen("m4", MessageId("none"))
    refused = Refused(txn_id=unknown.txn_id, code=ErrorCode.NOT_FOUND)
    assert await room.say((room.helper, unknown)) == [refused]


async def test_what_reached_a_device_is_told_to_the_others_once(room: Room) -> None:
    await room.say((room.asker, post("a1")), (room.asker, post("a2")))
    first, second = await room.message_ids()
    helper = PersonId(room.helper.person_id)
    for message_id in (second, first, second, MessageId("none")):
        await room.receive(Received(SESSION, message_id, helper))
    told = [one for one in await room.feed(room.asker) if isinstance(one, MessagesRead)]
    assert [one.delivered for one in told] == [second]
    assert not any(isinstance(one, MessagesRead) for one in await room.feed(room.helper))


def test_the_digest_is_of_the_whole_act() -> None:
    assert talk.digest_of(post("x", "a")) != talk.digest_of(post("x", "b"))
    assert talk.digest_of(post("x", fence=1)) != talk.digest_of(post("x", fence=2))
    assert talk.digest_of(msgspec.structs.replace(post("x", "a"), txn_id=TxnId("y"))) == (
        talk.digest_of(post("x", "a"))
    )
