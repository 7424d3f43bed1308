"""Who is in which live session."""

from msgspec.structs import replace
from samebox_server.live.rooms import Rooms
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import PersonId, QuestionId, SessionId
from samebox_shared.model.people import Participant, PersonCard
from samebox_shared.model.topics import Part
from samebox_shared.protocol.events import (
    HelperChanged,
    HelpingChanged,
    PersonJoined,
    PersonLeft,
    ReleaseReason,
    SessionOpened,
    SessionSolved,
)

ADA, BEN, SARA = PersonId("ada"), PersonId("ben"), PersonId("sara")
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
CARD = PersonCard(person_id=SARA, name="Sara")
JOINED = PersonJoined(session_id=ONE, who=Participant(person=CARD, part=Part.SECOND))
SOLVED = SessionSolved(session_id=ONE, question_id=QuestionId("q"), thanks=True, fixed_by="")


def test_rooms_follow_the_committed_events() -> None:
    rooms = Rooms()
    assert rooms.follow((OPENED, OPENED, HelpingChanged(helping=True))) == [(ADA, BEN)]
    assert rooms.of(ADA) == [(ONE, BEN)]
    assert rooms.of(BEN) == [(ONE, ADA)]
    assert rooms.peers(ONE, ADA) == (BEN,)
    assert rooms.peers(ONE, PersonId("eve")) == ()
    assert rooms.follow((SOLVED, SOLVED)) == []
    assert rooms.of(ADA) == []
    assert rooms.peers(ONE, ADA) == ()


def test_what_the_database_says_takes_the_place_of_what_was_followed() -> None:
    rooms = Rooms()
    rooms.open(ONE, (ADA, BEN))
    before = rooms.changes
    rooms.refresh({ONE: (ADA, BEN)})
    assert rooms.changes == before
    rooms.refresh({ONE: (ADA, BEN, SARA)})
    assert rooms.peers(ONE, ADA) == (BEN, SARA)
    two = SessionId("2")
    rooms.refresh({two: (BEN, ADA)})
    assert rooms.changes > before
    assert rooms.of(ADA) == [(two, BEN)]
    assert rooms.peers(ONE, ADA) == ()


def test_whoever_is_brought_in_is_in_the_room_until_they_leave() -> None:
    rooms = Rooms()
    rooms.follow((OPENED,))
    assert rooms.follow((JOINED, JOINED)) == [(ADA, BEN, SARA)]
    assert rooms.peers(ONE, BEN) == (ADA, SARA)
    assert sorted(rooms.of(SARA)) == [(ONE, ADA), (ONE, BEN)]
    assert rooms.follow((PersonLeft(session_id=ONE, person_id=SARA),) * 2) == []
    assert rooms.peers(ONE, BEN) == (ADA,)
    assert rooms.of(SARA) == []


def test_a_helper_who_is_gone_is_out_and_the_new_one_is_in() -> None:
    rooms = Rooms()
    rooms.follow((OPENED, JOINED))
    changed = HelperChanged(session_id=ONE, helper=CARD, fence=2, reason=ReleaseReason.LEFT)
    assert rooms.follow((changed, changed)) == []
    assert rooms.peers(ONE, ADA) == (SARA,)
    assert rooms.of(BEN) == []


def test_nobody_joins_a_room_that_is_not_there() -> None:
    rooms = Rooms()
    assert rooms.follow((JOINED, PersonLeft(session_id=ONE, person_id=SARA))) == []
    assert rooms.of(SARA) == []


def test_a_session_that_is_first_seen_by_a_newcomer_has_everyone_who_is_told() -> None:
    rooms = Rooms()
    late = replace(OPENED, part=Part.IT, others=(JOINED.who,))
    assert rooms.follow((late,)) == [(ADA, BEN, SARA)]
