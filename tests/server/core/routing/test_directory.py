"""Everybody in memory: who is in a pool, and what happens to them."""

from samebox_server.core.routing import Directory, Helper
from samebox_server.core.routing.hours import week
from samebox_server.core.routing.settings import Limits
from samebox_server.core.routing.tally import Tally
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Volunteering
from samebox_shared.model.topics import Topic

from tests.server.core.routing.people import (
    ADA,
    GEN_1,
    GEN_3,
    NOW,
    PHONE,
    directory,
    ina,
    twin,
    volunteer,
)

TWIN, INA = PersonId("twin"), PersonId("ina")
LIMITS = Limits()


def those(found: Directory, ring: Ring, kind: DeviceType = GEN_3) -> list[str]:
    return [helper.person_id for helper in found.look(ring, kind)]


def known(found: Directory, person_id: PersonId = TWIN) -> Helper:
    helper = found.get(person_id)
    assert helper is not None
    return helper


def test_a_person_stands_in_every_ring_of_every_device() -> None:
    found = directory(volunteer("twin", GEN_3, GEN_1, PHONE))
    assert all(those(found, ring) == ["twin"] for ring in Ring if ring is not Ring.IT)
    assert those(found, Ring.SAME_MODEL, PHONE) == ["twin"]
    assert those(found, Ring.IT) == []


def test_it_stands_in_its_own_ring_and_as_a_colleague_when_helping() -> None:
    colleague = volunteer("ian", GEN_3, is_it=True)
    found = directory(ina(device_types=(GEN_3,)), colleague)
    assert those(found, Ring.IT) == ["ina", "ian"]
    assert those(found, Ring.SAME_MODEL) == ["ian"]


def test_a_device_type_that_says_nothing_is_in_no_ring() -> None:
    found = directory(volunteer("mute", DeviceType()))
    assert those(found, Ring.SAME_SYSTEM, DeviceType()) == []


def test_only_who_is_present_is_looked_at() -> None:
    found = directory(twin())
    found.went(TWIN)
    found.went(TWIN)
    assert those(found, Ring.SAME_MODEL) == []
    assert (found.came(TWIN, NOW), found.came(TWIN, NOW + 1)) == (True, False)
    assert those(found, Ring.SAME_MODEL) == ["twin"]
    assert known(found).present_until == NOW + 1


def test_somebody_who_is_not_known_changes_nothing() -> None:
    found = Directory()
    assert not found.came(TWIN)
    found.went(TWIN)
    found.asked(TWIN, NOW)
    found.answered(TWIN)
    found.declined(TWIN, NOW)
    found.missed(TWIN)
    found.session_opened(TWIN)
    found.session_closed(TWIN, 5, NOW)
    found.solved(TWIN, ADA, ("", Topic.OTHER), NOW)
    found.remove(TWIN)
    assert (len(found), found.get(TWIN)) == (0, None)


def test_everybody_is_known_whether_present_or_not() -> None:
    found = directory(twin(), volunteer("away", GEN_3, present_until=0.0))
    assert found.everybody() == ["twin", "away"]


def test_putting_somebody_again_replaces_them() -> None:
    found = directory(twin(), volunteer("twin", PHONE))
    assert (len(found), those(found, Ring.SAME_MODEL)) == (1, [])
    found.remove(TWIN)
    assert those(found, Ring.SAME_MODEL, PHONE) == []


def test_who_is_in_a_session_is_not_looked_at_until_it_ends() -> None:
    found = directory(twin())
    found.session_opened(TWIN)
    assert those(found, Ring.SAME_MODEL) == []
    found.session_closed(TWIN, 12, NOW)
    assert those(found, Ring.SAME_MODEL) == ["twin"]
    assert known(found).minutes_in(week(NOW)) == 12


def test_who_takes_several_stays_until_all_places_are_taken() -> None:
    wish = Volunteering(helping=True, sessions_at_once=2)
    found = directory(volunteer("twin", GEN_3, volunteering=wish))
    found.session_opened(TWIN)
    assert those(found, Ring.SAME_MODEL) == ["twin"]
    found.session_opened(TWIN)
    assert those(found, Ring.SAME_MODEL) == []


def test_where_several_servers_write_memory_counts_neither_sessions_nor_offers() -> None:
    found = Directory(counts=False)
    found.put(twin())
    found.asked(TWIN, NOW)
    found.session_opened(TWIN)
    assert those(found, Ring.SAME_MODEL) == ["twin"]
    assert (known(found).offers, known(found).sessions) == (0, 0)
    found.session_closed(TWIN, 5, NOW)
    assert known(found).minutes == 5


def test_a_hard_session_is_followed_by_a_longer_rest() -> None:
    found = directory(twin())
    found.session_closed(TWIN, 0.5, NOW)
    assert known(found).rest_until == NOW
    found.session_closed(TWIN, LIMITS.hard_minutes - 1, NOW)
    assert known(found).rest_until == NOW + LIMITS.rest_seconds
    found.session_closed(TWIN, LIMITS.hard_minutes, NOW)
    assert known(found).rest_until == NOW + LIMITS.cool_seconds


def test_not_now_gives_a_while_of_peace_and_costs_nothing() -> None:
    found = directory(twin())
    found.asked(TWIN, NOW)
    assert (known(found).offers, known(found).last_asked) == (1, NOW)
    found.declined(TWIN, NOW)
    assert known(found).rest_until == NOW + LIMITS.not_now_seconds
    assert (known(found).offers, known(found).missed, known(found).minutes) == (0, 0, 0)


def test_two_missed_offers_in_a_row_mean_away_until_a_sign_of_life() -> None:
    found = directory(twin())
    found.missed(TWIN)
    found.declined(TWIN, NOW)
    found.missed(TWIN)
    assert those(found, Ring.SAME_MODEL) == ["twin"]
    found.missed(TWIN)
    assert those(found, Ring.SAME_MODEL) == []
    assert found.came(TWIN)
    assert known(found).missed == 0


def test_it_is_not_left_in_peace() -> None:
    found = directory(ina())
    for _ in range(5):
        found.missed(INA)
    found.declined(INA, NOW)
    assert those(found, Ring.IT) == ["ina"]
    assert known(found, INA).rest_until == 0


def test_parked_questions_are_counted_by_the_day() -> None:
    found = directory(twin())
    found.asked(TWIN, NOW, is_parked=True)
    found.asked(TWIN, NOW, is_parked=True)
    today = int(NOW // 86_400)
    assert known(found).parked_asks_on(today) == 2
    assert known(found).parked_asks_on(today + 1) == 0


def test_what_was_solved_is_remembered() -> None:
    found = directory(volunteer("twin", GEN_3, solved_total=0))
    found.solved(TWIN, ADA, ("t14", Topic.DISPLAY), NOW)
    helper = known(found)
    assert helper.solved == {("t14", Topic.DISPLAY): Tally(1.0, NOW)}
    assert (helper.solved_total, helper.helped) == (1, frozenset({ADA}))


def test_the_present_are_listed_whether_they_are_free_or_not() -> None:
    found = directory(twin(), ina())
    found.session_opened(TWIN)
    found.went(INA)
    assert found.present() == [TWIN]
