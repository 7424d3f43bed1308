"""Who has to go when too many have not said who they are."""

from samebox_server.live.doorway import ALL_TO_ONE, Doorway


class Guest:
    """Remembers whether it was turned away."""

    def __init__(self) -> None:
        self.is_gone = False

    def turn_away(self) -> None:
        self.is_gone = True


def guests(count: int) -> list[Guest]:
    return [Guest() for _ in range(count)]


def test_the_one_who_has_waited_longest_goes() -> None:
    doorway, waiting = Doorway(3), guests(5)
    for guest in waiting:
        doorway.enter(guest, "here")
    assert [guest.is_gone for guest in waiting] == [True, True, False, False, False]
    assert len(doorway) == 3


def test_who_is_known_no_longer_counts() -> None:
    doorway, (known, *others) = Doorway(3), guests(4)
    doorway.enter(known, "here")
    doorway.leave(known)
    doorway.leave(known)
    for guest in others:
        doorway.enter(guest, "here")
    assert not any(guest.is_gone for guest in (known, *others))


def test_an_upgrade_keeps_its_place_by_its_new_name() -> None:
    doorway, (before, after, other) = Doorway(1), guests(3)
    doorway.enter(before, "here")
    doorway.pass_on(before, after)
    assert len(doorway) == 1
    doorway.enter(other, "here")
    assert (before.is_gone, after.is_gone, other.is_gone) == (False, True, False)
    doorway.pass_on(before, after)  # long gone
    assert len(doorway) == 1


def test_one_address_does_not_push_out_another_until_there_are_too_many_in_all() -> None:
    doorway, (first, *crowd) = Doorway(2), guests(1 + 2 * ALL_TO_ONE)
    doorway.enter(first, "elsewhere")
    for number, guest in enumerate(crowd[:-1]):
        doorway.enter(guest, f"address {number // 2}")
    assert not first.is_gone
    doorway.enter(crowd[-1], "one more")
    assert first.is_gone
    assert not any(guest.is_gone for guest in crowd)
