"""Who is in which live session."""

from samebox_server.live.rooms import Rooms
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import PersonId, QuestionId, SessionId
from samebox_shared.model.people import PersonCard
from samebox_shared.protocol.events import HelpingChanged, SessionOpened, SessionSolved

ADA, BEN = PersonId("ada"), PersonId("ben")
ONE = SessionId("1")
OPENED = SessionOpened(
    session_id=ONE,
    question_id=QuestionId("q"),
    asker=PersonCard(person_id=ADA, name="Ada"),
    helper=PersonCard(person_id=BEN, name="Ben"),
    fence=1,
    ring=Ring.SAME_MODEL,
    text="Help",
    device_type=DeviceType(),
    facts=(),
)
SOLVED = SessionSolved(session_id=ONE, question_id=QuestionId("q"), thanks=True, fixed_by="")


def test_rooms_follow_the_committed_events() -> None:
    rooms = Rooms()
    assert rooms.follow((OPENED, OPENED, HelpingChanged(helping=True))) == [(ADA, BEN)]
    assert rooms.of(ADA) == [(ONE, BEN)]
    assert rooms.of(BEN) == [(ONE, ADA)]
    assert rooms.peer(ONE, ADA) == BEN
    assert rooms.peer(ONE, PersonId("eve")) is None
    assert rooms.follow((SOLVED, SOLVED)) == []
    assert rooms.of(ADA) == []
    assert rooms.peer(ONE, ADA) is None


def test_what_the_database_says_takes_the_place_of_what_was_followed() -> None:
    rooms = Rooms()
    rooms.open(ONE, (ADA, BEN))
    before = rooms.changes
    assert rooms.refresh({ONE: (ADA, BEN)}) == []
    assert rooms.changes == before
    two = SessionId("2")
    assert rooms.refresh({two: (BEN, ADA)}) == [two]
    assert rooms.changes > before
    assert rooms.of(ADA) == [(two, BEN)]
    assert rooms.peer(ONE, ADA) is None
