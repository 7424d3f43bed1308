"""A text that is taken out of feeds is out of them, wherever it was told."""

from samebox_server.store import feeds, people, transcript
from samebox_server.store.database import Connection, Database
from samebox_shared.model.ids import MessageId, PersonId, SessionId
from samebox_shared.protocol.events import MessageEdited

SECRET = MessageEdited(session_id=SessionId("s"), message_id=MessageId("m"), text="my password")
OTHER = MessageEdited(session_id=SessionId("s"), message_id=MessageId("n"), text="hello")


async def test_what_is_told_and_taken_back_in_one_batch_is_in_no_feed(database: Database) -> None:
    def unit(connection: Connection) -> PersonId:
        ada = people.add(connection, "Ada", (), 1.0)
        feeds.tell(connection, [(ada, SECRET), (ada, OTHER)], 2.0)
        transcript.forget(connection, [ada], SECRET.message_id, 1.0)
        feeds.tell(connection, [(ada, OTHER)], 3.0)
        return ada

    ada = await database.write(unit)
    page = await database.read(lambda connection: feeds.page(connection, ada, 0, 9))
    texts = [event.body.text for event in page if isinstance(event.body, MessageEdited)]
    assert texts == ["", "hello", "hello"]
