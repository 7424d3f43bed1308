"""A live session between two people, in a database, without any socket."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from samebox_server.app import rules_of
from samebox_server.live import acts, conversation, talk
from samebox_server.live.clock import ServerClock
from samebox_server.live.conversation import Received
from samebox_server.live.lanes import Answered, Lanes, Post
from samebox_server.live.presence import Presence
from samebox_server.live.talk import Said
from samebox_server.live.whereabouts import Whereabouts
from samebox_server.live.work import NOTHING, Work
from samebox_server.settings import Settings
from samebox_server.store import devices, feeds, offers, people, questions, sessions, tables
from samebox_server.store.database import Connection, Database
from samebox_server.store.devices import Caller
from samebox_server.store.sessions import StoredSession
from samebox_server.store.writer import Raised
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import MessageId, OfferId, QuestionId, SessionId, TxnId
from samebox_shared.protocol.acts import AnyAct, Ask, MarkSeen, PostMessage
from samebox_shared.protocol.events import AnyEvent, MessagePosted
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
    lanes: Lanes | None = None
    """Takes messages the quick way, if the database has one."""

    async def say(self, *said: Said) -> list[Done | Refused]:
        if self.lanes is None:
            return await self.say_together(*said)
        return [await answer for answer in self.put(*said)]

    def put(self, *said: Said) -> list["asyncio.Future[Done | Refused]"]:
        """Each on its own way; messages take the quick one."""
        return [self._put(caller, asked) for caller, asked in said]

    def _put(self, caller: Caller, asked: Do) -> "asyncio.Future[Done | Refused]":
        answered: asyncio.Future[Done | Refused] = asyncio.get_running_loop().create_future()

        def then(result: Answered | Raised) -> None:
            if isinstance(result, Raised):
                answered.set_exception(result.error)
            else:
                answered.set_result(result[0])

        post = Post(caller, asked, then)
        if self.lanes is not None and isinstance(asked.act, PostMessage):
            self.lanes.put(post)
        else:
            by_the_writer(self.database, post)
        return answered

    async def say_together(self, *said: Said) -> list[Done | Refused]:
        """All in one unit of the writer."""

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


def by_the_writer(database: Database, post: Post) -> None:
    """The long way."""
    database.submit(_together, (post.caller, post.asked), post.then)


def _together(connection: Connection, said: list[Said]) -> list[Answered]:
    work = desk(connection)
    answers = talk.decide_all(work, said)
    work.finish()
    return [(answer, NOTHING) for answer in answers]


def lanes_of(database: Database, tasks: asyncio.TaskGroup) -> Lanes:
    """The quick way, as the desk has it. What breaks in it breaks the test."""

    def spawn(work: Coroutine[Any, Any, None]) -> None:
        tasks.create_task(work)

    return Lanes(database, ServerClock(), partial(by_the_writer, database), spawn)


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
