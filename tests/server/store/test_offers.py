"""Offers come back as they were made, and end once."""

from samebox_server.store import offers, people, questions
from samebox_server.store.database import Connection, Database
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import OfferId, QuestionId
from samebox_shared.model.topics import Part, Topic, Why
from samebox_shared.protocol.acts import Ask
from samebox_shared.protocol.events import OfferEnd
from samebox_shared.session.commands import MakeOffers
from samebox_shared.session.events import Offered

QUESTION = QuestionId("q")
ASK = Ask(
    question_id=QUESTION,
    text="Help",
    device_type=DeviceType(),
    topic=Topic.PRINTING,
    language="nl",
    place="Utrecht",
)


async def test_an_offer_keeps_its_part_its_time_and_its_reasons(database: Database) -> None:
    def unit(connection: Connection) -> None:
        asker, helper = (people.add(connection, name, (), 0.0) for name in ("Ada", "Ina"))
        added = questions.add(connection, asker, ASK, 0.0)
        one = Offered(
            offer_id=OfferId("o"),
            helper=helper,
            ring=Ring.IT,
            part=Part.IT,
            until=60.0,
            why=(Why.IT_ONLY, Why.SAME_PLACE),
        )
        offers.make(connection, QUESTION, MakeOffers((one,), 1, 30.0), 0.0)
        stored = questions.load(connection, QUESTION)
        assert stored is not None
        assert stored.state.offers == (one,)
        assert (stored.topic, stored.language, stored.place) == (Topic.PRINTING, "nl", "Utrecht")
        assert (added.topic, added.language, added.place) == (Topic.PRINTING, "nl", "Utrecht")
        closed = offers.close(connection, (one.offer_id,), OfferEnd.TAKEN)
        assert closed == [(one.offer_id, helper)]
        assert offers.close(connection, (one.offer_id,), OfferEnd.ACCEPTED) == []

    await database.write(unit)
