"""What stands of a session, and that what was taken back is gone from every feed."""

from samebox_server.store import (
    devices,
    feeds,
    messages,
    offers,
    people,
    questions,
    sessions,
    transcript,
)
from samebox_server.store.database import Connection, Database
from samebox_server.store.devices import Caller
from samebox_server.store.messages import NewMessage
from samebox_server.store.sessions import StoredSession
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import MessageId, OfferId, PersonId, QuestionId, SessionId, TxnId
from samebox_shared.protocol.acts import Ask
from samebox_shared.protocol.events import MessageEdited, MessagePosted
from samebox_shared.session.commands import MakeOffers
from samebox_shared.session.events import Offered

QUESTION, ONE = QuestionId("q"), SessionId("s")
SECRET = "hunter2"


def opened(connection: Connection) -> tuple[Caller, Caller]:
    """A session of two people."""
    callers = []
    for name in ("Ada", "Hugo"):
        person = people.add(connection, name, (), 0.0)
        device = devices.add(connection, person, name, DeviceType(), "0", 0.0)
        callers.append(Caller(person, device))
    asker, helper = callers
    ask = Ask(question_id=QUESTION, text="Help", device_type=DeviceType())
    questions.add(connection, asker.person_id, ask, 0.0)
    offered = Offered(
        offer_id=OfferId("o"), helper=helper.person_id, ring=Ring.SAME_MODEL, until=60.0
    )
    offers.make(connection, QUESTION, MakeOffers((offered,), 1, 60.0), 0.0)
    session = StoredSession(
        session_id=ONE,
        question_id=QUESTION,
        offer_id=offered.offer_id,
        asker=asker.person_id,
        helper=helper.person_id,
        fence=1,
        ring=Ring.SAME_MODEL,
    )
    sessions.open_session(connection, session, 0.0)
    return asker, helper


def say(connection: Connection, author: Caller, text: str, now: float) -> MessageId:
    """One message, kept and told to both."""
    (message_id,) = messages.new_message_ids(now, 1)
    txn_id = TxnId(message_id)
    messages.add_all(connection, [NewMessage(message_id, ONE, author, txn_id, "digest", text, now)])
    session = sessions.existing(connection, ONE)
    event = MessagePosted(
        session_id=ONE,
        message_id=message_id,
        author_id=author.person_id,
        txn_id=txn_id,
        text=text,
    )
    feeds.append(connection, [(person, event) for person in session.people], now)
    return message_id


def texts_in(connection: Connection, person: PersonId) -> list[str]:
    """What this feed says."""
    bodies = [event.body for event in feeds.page(connection, person, 0, 1_000)]
    return [one.text for one in bodies if isinstance(one, MessagePosted | MessageEdited)]


async def test_what_stands_is_told_as_it_reads_now(database: Database) -> None:
    def unit(connection: Connection) -> None:
        asker, helper = opened(connection)
        first = say(connection, helper, "Helo", 1.0)
        second = say(connection, asker, SECRET, 2.0)
        assert not transcript.edit(connection, ONE, first, asker.person_id, "Not mine", 3.0)
        assert transcript.edit(connection, ONE, first, helper.person_id, "Hello", 3.0)
        assert transcript.take_back(connection, ONE, second, helper.person_id, 4.0) is None
        assert transcript.take_back(connection, ONE, second, asker.person_id, 4.0) == 2.0
        assert transcript.take_back(connection, ONE, second, asker.person_id, 5.0) is None
        assert not transcript.edit(connection, ONE, second, asker.person_id, "Back", 5.0)
        [said] = transcript.so_far(connection, ONE)
        assert (said.message_id, said.text, said.at) == (first, "Hello", 1.0)

    await database.write(unit)


async def test_a_text_is_taken_out_of_long_feeds_and_nothing_else_is(database: Database) -> None:
    def unit(connection: Connection) -> None:
        asker, helper = opened(connection)
        say(connection, helper, "before", 1.0)
        message_id = say(connection, helper, SECRET, 2.0)
        for number in range(250):
            say(connection, asker, "after", 3.0 + number)
        everyone = (asker.person_id, helper.person_id)
        transcript.forget(connection, everyone, message_id, 2.0)
        for person in everyone:
            assert texts_in(connection, person) == ["before", "", *["after"] * 250]

    await database.write(unit)


async def test_what_the_same_transaction_told_is_forgotten_too(database: Database) -> None:
    """Units share a transaction: an edit of the one may wait to be numbered when the next one
    takes the message back."""

    def unit(connection: Connection) -> Caller:
        asker, helper = opened(connection)
        message_id = say(connection, helper, "Hello", 1.0)
        edited = MessageEdited(session_id=ONE, message_id=message_id, text=SECRET)
        other = MessageEdited(session_id=ONE, message_id=MessageId("other"), text="kept")
        told = feeds.tell(connection, [(asker.person_id, edited), (asker.person_id, other)], 2.0)
        transcript.forget(connection, (asker.person_id, helper.person_id), message_id, 1.0)
        assert SECRET not in str([(one.body, one.payload) for one in told])
        return asker

    asker = await database.write(unit)
    texts = await database.read(lambda connection: texts_in(connection, asker.person_id))
    assert texts == ["", "", "kept"]
