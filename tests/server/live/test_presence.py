"""Who is here and who can be asked."""

from samebox_server.live.presence import Presence
from samebox_shared.model.ids import DeviceId, PersonId

ADA = PersonId("ada")
LAPTOP, SECOND = DeviceId("1"), DeviceId("2")


def test_the_first_device_brings_a_person_and_the_last_takes_them() -> None:
    presence = Presence(0.0)
    assert presence.arrive(ADA, LAPTOP)
    assert not presence.arrive(ADA, SECOND)
    assert presence.is_here(ADA)
    assert not presence.leave(ADA, LAPTOP, 5.0)
    assert presence.leave(ADA, SECOND, 6.0)
    assert not presence.is_here(ADA)
    assert presence.last_seen(ADA) == 6.0


def test_the_start_of_the_server_counts_as_a_sign_of_life() -> None:
    assert Presence(7.0).last_seen(ADA) == 7.0


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
