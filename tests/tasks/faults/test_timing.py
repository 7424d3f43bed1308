"""Times are told from a history: who came back when, how late a timer was, what went missing."""

import pytest
from msgspec.structs import replace

from tasks.faults.history import Answered, AnyEntry, Fault, Got, Kept, Said, Up
from tasks.faults.timing import converged, resumed, send_to_shown, share, timers
from tasks.faults.world import ASKED, CANCELLED, MESSAGE, PARKED, WAVE, look

EVERYONE = ("ana", "noor")
GRACE = 1.0


def test_a_share_of_values() -> None:
    assert share([3.0, 1.0, 2.0], 0.5) == 2.0
    assert share([3.0, 1.0, 2.0], 0.99) == 3.0
    assert share([], 0.5) == 0.0


def message(said: float, answered: float, shown: float) -> list[AnyEntry]:
    return [
        Said(said, "ana", f"at {said}", "s"),
        Answered(answered, "ana", f"at {said}"),
        Got(shown, "noor", "e", int(said), f"event {said}", MESSAGE, "s", f"at {said}"),
    ]


def test_a_message_takes_from_the_key_to_the_other_screen() -> None:
    assert send_to_shown(look(message(1.0, 1.2, 1.5))) == [0.5]


def test_a_partition_has_converged_when_the_last_thing_before_it_is_there() -> None:
    heal = Fault(10.0, "heal", "cell", ("ana",))
    assert converged(look([heal, *message(5.0, 12.5, 13.0), *message(11.0, 19.0, 19.0)])) == [2.5]
    heal = Fault(10.0, "heal", "cell", ("noor",))
    assert converged(look([heal, *message(5.0, 6.0, 13.0)])) == [3.0]


def test_who_was_hit_again_does_not_count_from_there() -> None:
    heal = Fault(10.0, "heal", "cell", ("noor",))
    messages = [*message(4.0, 5.0, 11.0), *message(5.0, 6.0, 35.0)]
    again = Fault(12.0, "kill", "server", EVERYONE)
    assert converged(look([heal, again, *messages])) == [1.0]
    late = Fault(31.0, "kill", "server", EVERYONE)
    assert converged(look([heal, late, *messages])) == [25.0]


def test_who_comes_back_is_timed_from_the_moment_the_server_is_ready() -> None:
    world = look(
        [
            Fault(10.0, "ready", "server", EVERYONE),
            Up(9.0, "ana", False, 0),
            Up(11.5, "ana", False, 0),
            Up(12.0, "noor", False, 0),
            Fault(20.0, "over", "harness"),
        ]
    )
    assert resumed(world).seconds == (1.5, 2.0)


def test_who_was_hit_by_something_else_is_not_timed() -> None:
    world = look(
        [
            Fault(9.0, "cut", "cell", ("ana",)),
            Fault(10.0, "ready", "server", EVERYONE),
            Fault(11.0, "kill", "server", EVERYONE),
            Up(12.0, "noor", False, 0),
            Up(12.0, "ana", False, 0),
            Fault(20.0, "over", "harness"),
        ]
    )
    assert (resumed(world).seconds, resumed(world).unknown) == ((), 2)


def wave(number: int, told_at: float, until: float, asked: str = "0") -> Kept:
    return Kept(
        0.0, "ana", "e", number + 1, f"w{number}", WAVE, "q", asked, number, told_at, until, "q"
    )


def asked() -> list[AnyEntry]:
    """Server time is 100 s ahead of the harness's clock; the server is up from 1 to 50."""
    return [
        Fault(0.0, "clock", "server", seconds=100.0),
        Fault(1.0, "ready", "server", EVERYONE),
        Fault(50.0, "over", "harness"),
        Kept(0.0, "ana", "e", 1, "a", ASKED, "q", question="q"),
    ]


def found(entries: list[AnyEntry]) -> set[str]:
    return {breach.check for breach in timers(look([*asked(), *entries]), GRACE).breaches}


def test_timers_that_fire_once_and_in_time_are_fine() -> None:
    waves = [wave(1, 105.0, 125.0), wave(2, 125.1, 148.0)]
    told = timers(look([*asked(), *waves]), GRACE)
    assert (told.breaches, told.fired) == ((), 1)
    assert list(told.late) == pytest.approx([0.1])


def test_a_timer_that_fires_twice_is_found() -> None:
    again = wave(2, 125.2, 148.0)
    found_twice = found([wave(1, 105.0, 125.0), wave(2, 125.1, 148.0), again])
    assert found_twice == {"timer early or twice"}


def test_a_timer_that_fires_early_is_found() -> None:
    assert found([wave(1, 105.0, 125.0), wave(2, 124.0, 148.0)]) == {"timer early or twice"}


def test_a_parked_question_is_looked_at_again_when_it_was_said() -> None:
    waits: list[AnyEntry] = [
        replace(wave(n, 95.0 + 10 * n, 105.0 + 10 * n), kind=PARKED) for n in (1, 2, 3, 4)
    ]
    assert found(waits) == set()
    early = replace(wave(5, 144.0, 149.0), kind=PARKED)
    assert found([*waits, early]) == {"timer early or twice"}


def test_only_the_time_in_which_the_server_was_up_counts_as_late() -> None:
    down = [Fault(20.0, "kill", "server", EVERYONE), Fault(30.0, "ready", "server", EVERYONE)]
    told = timers(look([*asked(), *down, wave(1, 105.0, 119.0), wave(2, 131.5, 148.0)]), GRACE)
    assert list(told.late) == pytest.approx([1.5])


def test_a_question_that_nothing_happens_to_is_found() -> None:
    assert found([wave(1, 105.0, 110.0)]) == {"ownerless"}
    cancelled = Kept(0.0, "ana", "e", 3, "c", CANCELLED, "q", question="q")
    assert found([wave(1, 105.0, 110.0), cancelled]) == set()


def test_a_clock_that_is_set_ahead_makes_a_timer_due_and_set_back_changes_nothing() -> None:
    jumps = [
        Fault(10.0, "clock", "server", seconds=3_700.0),
        Fault(20.0, "clock", "server", seconds=100.0),
    ]
    waves = [wave(1, 105.0, 125.0), wave(2, 3_710.5, 3_748.0)]
    told = timers(look([*asked(), *jumps, *waves]), GRACE)
    assert list(told.late) == pytest.approx([0.5])
    assert told.breaches == ()
