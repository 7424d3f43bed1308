"""Who is here and who can be asked."""

import pytest
from samebox_server.live.presence import GAP_SECONDS, Presence
from samebox_server.store.nodes import Berth
from samebox_shared.model.ids import DeviceId, PersonId

ADA = PersonId("ada")
LAPTOP, SECOND = DeviceId("1"), DeviceId("2")


def test_the_first_device_brings_a_person_and_the_last_takes_them() -> None:
    presence = Presence(0.0)
    assert presence.arrive(ADA, LAPTOP)
    assert not presence.arrive(ADA, SECOND)
    assert presence.is_here(ADA)
    assert not presence.leave(ADA, LAPTOP, 2.0)
    assert presence.leave(ADA, SECOND, 3.0)
    assert not presence.is_here(ADA)
    assert presence.last_seen(ADA, 4.0) == 3.0


def test_the_start_of_the_server_counts_as_a_sign_of_life() -> None:
    assert Presence(7.0).last_seen(ADA, 8.0) == 7.0


@pytest.mark.parametrize("step", [GAP_SECONDS + 1, 3_600.0])
def test_a_clock_set_ahead_or_a_sleep_of_the_server_is_nobody_s_silence(step: float) -> None:
    presence = Presence(0.0)
    presence.arrive(ADA, LAPTOP)
    presence.leave(ADA, LAPTOP, 1.0)
    for second in range(60):
        presence.look(float(second))
    assert presence.last_seen(ADA, 60.0) == 1.0
    assert presence.last_seen(ADA, 60.0 + step) == 60.0 + step
    assert presence.last_seen(PersonId("never here"), 61.0 + step) == 60.0 + step


def test_a_look_with_an_older_time_is_no_step_ahead() -> None:
    presence = Presence(0.0)
    presence.look(4.0)
    presence.look(1.0)
    assert presence.last_seen(ADA, 8.0) == 0.0


def test_a_person_can_be_asked_unless_every_device_is_away() -> None:
    presence = Presence(0.0)
    assert not presence.may_be_asked(ADA)
    assert not presence.set_away(ADA, LAPTOP, False)
    presence.arrive(ADA, LAPTOP)
    presence.arrive(ADA, SECOND)
    presence.set_away(ADA, LAPTOP, True)
    assert presence.may_be_asked(ADA)
    presence.set_away(ADA, SECOND, True)
    assert not presence.may_be_asked(ADA)
    assert presence.set_away(ADA, SECOND, False)
    assert not presence.set_away(ADA, LAPTOP, False)


def berth(device: DeviceId = LAPTOP, *, away: bool = False, node: str = "other") -> Berth:
    return Berth(device, ADA, node, away, 1.0)


def test_somebody_at_another_server_is_here_and_can_be_asked() -> None:
    presence = Presence(0.0)
    presence.came_elsewhere(berth())
    assert (presence.is_here(ADA), presence.may_be_asked(ADA)) == (True, True)
    presence.came_elsewhere(berth(away=True))
    assert (presence.is_here(ADA), presence.may_be_asked(ADA)) == (True, False)
    presence.left_elsewhere(LAPTOP, "other", 3.0)
    assert (presence.is_here(ADA), presence.last_seen(ADA, 4.0)) == (False, 3.0)


def test_a_device_that_moves_between_servers_never_takes_its_person_away() -> None:
    presence = Presence(0.0)
    presence.came_elsewhere(berth())
    assert not presence.arrive(ADA, LAPTOP)
    assert not presence.is_elsewhere(ADA)
    presence.came_elsewhere(berth())
    assert not presence.leave(ADA, LAPTOP, 5.0)
    assert presence.is_here(ADA)


def test_a_goodbye_to_a_server_that_the_device_has_left_long_ago_means_nothing() -> None:
    presence = Presence(0.0)
    presence.came_elsewhere(berth(node="third"))
    presence.left_elsewhere(LAPTOP, "other", 9.0)
    presence.left_elsewhere(SECOND, "other", 9.0)
    assert presence.is_here(ADA)


def test_what_the_database_says_takes_the_place_of_what_was_heard() -> None:
    presence = Presence(0.0)
    presence.came_elsewhere(berth())
    presence.came_elsewhere(berth(SECOND))
    assert presence.replace_elsewhere([berth(SECOND)], 3.0) == {}
    assert presence.replace_elsewhere([], 4.0) == {ADA: False}
    assert presence.last_seen(ADA, 4.0) == 4.0
    assert presence.replace_elsewhere([berth()], 5.0) == {ADA: True}
    assert presence.replace_elsewhere([berth(away=True)], 6.0) == {}
    assert not presence.may_be_asked(ADA)


def test_who_can_be_asked_anew_at_another_server_is_told_once() -> None:
    presence = Presence(0.0)
    presence.came_elsewhere(berth(away=True))
    assert presence.take_news(10) == []
    presence.came_elsewhere(berth())
    presence.came_elsewhere(berth(SECOND))
    assert presence.take_news(10) == [ADA]
    assert presence.take_news(10) == []
    presence.replace_elsewhere([], 1.0)
    presence.replace_elsewhere([berth()], 2.0)
    presence.forget_news()
    presence.note_news([ADA, PersonId("nobody")])
    assert presence.take_news(10) == [ADA]
    assert presence.take_news(10) == []


def test_changes_of_our_own_devices_are_told() -> None:
    presence, told = Presence(0.0), list[tuple[object, ...]]()
    presence.on_change = lambda *change: told.append(change)
    presence.arrive(ADA, LAPTOP)
    presence.set_away(ADA, LAPTOP, True)
    presence.came_elsewhere(berth(SECOND))
    presence.leave(ADA, LAPTOP, 2.0)
    assert told == [
        (LAPTOP, ADA, False, False),
        (LAPTOP, ADA, True, False),
        (LAPTOP, ADA, False, True),
    ]
