"""Who is in a session, who was, and who is left in peace."""

from samebox_server.store import offers, people, questions, sessions
from samebox_server.store.database import Connection, Database
from samebox_server.store.sessions import SessionEnd, StoredSession
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import OfferId, QuestionId, SessionId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import Ask
from samebox_shared.session.commands import MakeOffers
from samebox_shared.session.events import Offered

QUESTION, ONE = QuestionId("q"), SessionId("s")
NAMES = ("Ada", "Hugo", "Sara", "Ina")


def opened(connection: Connection) -> tuple[StoredSession, Offered, Offered]:
    """A session of Ada and Hugo; Sara and Ina have offers to join."""
    asker, *helpers = (people.add(connection, name, (), 0.0) for name in NAMES)
    ask = Ask(question_id=QUESTION, text="Help", device_type=DeviceType())
    questions.add(connection, asker, ask, 0.0)
    parts = (Part.HELPER, Part.SECOND, Part.IT)
    hugo, sara, ina = (
        Offered(offer_id=OfferId(part), helper=helper, ring=Ring.SAME_MODEL, part=part, until=60.0)
        for helper, part in zip(helpers, parts, strict=True)
    )
    offers.make(connection, QUESTION, MakeOffers((hugo, sara, ina), 1, 30.0), 0.0)
    session = StoredSession(
        session_id=ONE,
        question_id=QUESTION,
        offer_id=hugo.offer_id,
        asker=asker,
        helper=hugo.helper,
        fence=1,
        ring=Ring.SAME_MODEL,
    )
    sessions.open_session(connection, session, 1.0)
    return session, sara, ina


async def test_whoever_joins_is_in_it_until_they_leave(database: Database) -> None:
    def unit(connection: Connection) -> None:
        before, sara, ina = opened(connection)
        joined = sessions.join(connection, before, sara, 2.0)
        joined = sessions.join(connection, joined, ina, 3.0)
        assert sessions.load(connection, ONE) == joined
        assert joined.people == (before.asker, before.helper, sara.helper, ina.helper)
        assert joined.peers_of(sara.helper) == (before.asker, before.helper, ina.helper)
        assert sessions.company(connection, ONE) == (sara, ina)
        assert sessions.helping_in(connection) == dict.fromkeys(joined.helpers, 1)

        left = sessions.let_go(connection, joined, sara.helper, 4.0)
        assert sessions.load(connection, ONE) == left
        assert left.others == (ina.helper,)
        assert sessions.company(connection, ONE) == (ina,)
        assert sessions.helping_in(connection) == {before.helper: 1, ina.helper: 1}
        assert sessions.helping_in(connection, ina.helper) == {ina.helper: 1}
        assert sessions.helping_in(connection, sara.helper) == {}
        assert sessions.ever_in(connection, ONE) == {*joined.people}
        assert sessions.left_lately(connection, QUESTION, 3.0) == {sara.helper}
        assert sessions.left_lately(connection, QUESTION, 4.0) == set()

    await database.write(unit)


async def test_whoever_goes_on_is_the_helper_and_the_other_one_was(database: Database) -> None:
    def unit(connection: Connection) -> None:
        before, sara, ina = opened(connection)
        joined = sessions.join(connection, before, sara, 2.0)
        joined = sessions.join(connection, joined, ina, 3.0)
        after = sessions.change_helper(connection, joined, sara, 2, 5.0)
        assert sessions.load(connection, ONE) == after
        assert (after.helper, after.fence, after.others) == (sara.helper, 2, (ina.helper,))
        assert sessions.ever_in(connection, ONE) == {*joined.people}
        assert sessions.left_lately(connection, QUESTION, 4.0) == {before.helper}
        stored = questions.load(connection, QUESTION)
        assert stored is not None
        assert (stored.state.won, stored.state.others) == (sara, (ina,))

    await database.write(unit)


async def test_a_helper_whose_session_was_released_is_left_in_peace(database: Database) -> None:
    def unit(connection: Connection) -> None:
        before, sara, _ = opened(connection)
        sessions.join(connection, before, sara, 2.0)
        sessions.close(connection, ONE, SessionEnd.RELEASED, 5.0)
        assert sessions.left_lately(connection, QUESTION, 4.0) == {before.helper}
        assert sessions.left_lately(connection, QUESTION, 5.0) == set()
        assert sessions.helping_in(connection) == {}

    await database.write(unit)
