"""The way of a remedy: nothing is done before the person said so, and nothing twice."""

import pytest
from msgspec.structs import replace
from samebox_agent.core import remedies
from samebox_agent.core.commands import (
    KeepSetting,
    LookForRemedy,
    Remembered,
    RunRemedy,
    StartTimer,
    StopTimer,
)
from samebox_agent.core.events import RemedyDone, RemedyFailed, RemedyLooked, TimerFired
from samebox_agent.core.intents import OpenArticle
from samebox_agent.core.remedy_intents import AskRemedy, DoRemedy, LeaveRemedy
from samebox_agent.core.remedy_list import (
    REMEDIES,
    Attempt,
    Confirm,
    Done,
    Failed,
    Found,
    Looking,
    Phase,
    Remedies,
    RemedyKey,
    Running,
    Tried,
    WhyNot,
)

from tests.support.builders import DISK, joined_state, started
from tests.support.playbook import Playbook

FULL = Found(items=312, size=4_100_000_000)
BIN = RemedyKey.EMPTY_BIN
NAMES = RemedyKey.FLUSH_DNS
FOLDERS = RemedyKey.BIGGEST_FOLDERS


def a_laptop(*offered: RemedyKey) -> Playbook:
    """Ana's laptop, on which these remedies can be run."""
    here = Remedies(offered=frozenset(offered or RemedyKey))
    return Playbook(replace(joined_state(), remedies=here))


def phase(play: Playbook) -> Phase | None:
    attempt = play.state.remedies.attempt
    return attempt.phase if attempt else None


def limit(key: RemedyKey) -> StartTimer:
    return StartTimer(remedies.LIMIT, REMEDIES[key].seconds + remedies.GRACE_SECONDS)


def a_full_bin() -> Playbook:
    """The bin was looked into, and the person is asked."""
    play = a_laptop()
    play >> AskRemedy(DISK, BIN) >> RemedyLooked(1, FULL)
    return play


def test_a_bin_is_looked_into_shown_and_emptied_when_the_person_says_so() -> None:
    play = a_laptop()
    play >> AskRemedy(DISK, BIN) << LookForRemedy(1, BIN) << limit(BIN)
    assert play.state.remedies.attempt == Attempt(1, DISK, BIN, Looking())
    play >> RemedyLooked(1, FULL) << StopTimer(remedies.LIMIT)
    assert phase(play) == Confirm(play.wall, FULL)
    play >> DoRemedy(1) << RunRemedy(1, BIN) << limit(BIN)
    assert phase(play) == Running()
    play >> RemedyDone(1, FULL) << StopTimer(remedies.LIMIT)
    assert phase(play) == Done(FULL)
    assert play.state.remedies.tried == (Tried(BIN, play.wall, True),)


def test_what_needs_no_look_asks_at_once_and_does_nothing_yet() -> None:
    play = a_laptop()
    play >> AskRemedy(DISK, NAMES)
    assert (phase(play), play.commands) == (Confirm(play.wall), ())
    play >> DoRemedy(1)
    assert play.commands == (RunRemedy(1, NAMES), limit(NAMES))


def test_what_only_looks_is_done_with_the_look() -> None:
    play = a_laptop()
    play >> AskRemedy(DISK, FOLDERS) << LookForRemedy(1, FOLDERS)
    play >> RemedyLooked(1, FULL)
    assert phase(play) == Done(FULL)
    assert play.state.remedies.tried == ()


def test_an_empty_bin_asks_nothing() -> None:
    play = a_laptop()
    play >> AskRemedy(DISK, BIN) >> RemedyLooked(1, Found())
    assert phase(play) == Done(Found())


def test_a_remedy_that_this_laptop_does_not_have_does_nothing() -> None:
    play = a_laptop(NAMES)
    play >> AskRemedy(DISK, BIN)
    assert (phase(play), play.commands) == (None, ())


def test_not_now_forgets_it_and_doing_it_then_does_nothing() -> None:
    play = a_full_bin()
    play >> LeaveRemedy(1)
    assert phase(play) is None
    play >> DoRemedy(1)
    assert (phase(play), play.commands) == (None, ())


@pytest.mark.parametrize("number", [0, 2])
def test_only_what_the_person_read_is_done(number: int) -> None:
    play = a_full_bin()
    play >> DoRemedy(number)
    assert play.commands == ()
    play >> LeaveRemedy(number)
    assert isinstance(phase(play), Confirm)


def test_doing_it_twice_runs_it_once() -> None:
    play = a_full_bin()
    play >> DoRemedy(1) >> DoRemedy(1)
    assert (phase(play), play.commands) == (Running(), ())


def test_while_one_runs_no_other_begins_and_it_cannot_be_put_away() -> None:
    play = a_full_bin()
    play >> DoRemedy(1) >> AskRemedy(DISK, NAMES)
    assert (phase(play), play.commands) == (Running(), ())
    play >> LeaveRemedy(1)
    assert phase(play) == Running()


def test_another_takes_the_place_of_a_question_that_waits() -> None:
    play = a_full_bin()
    play >> AskRemedy(DISK, NAMES)
    assert play.state.remedies.attempt == Attempt(2, DISK, NAMES, Confirm(play.wall))


def test_a_look_that_is_old_is_taken_again_before_anything_is_deleted() -> None:
    play = a_full_bin()
    play.wall += remedies.FRESH_SECONDS
    play >> DoRemedy(1)
    assert (phase(play), play.commands) == (Looking(), (LookForRemedy(1, BIN), limit(BIN)))
    play >> RemedyLooked(1, FULL) >> DoRemedy(1) << RunRemedy(1, BIN)


def test_a_question_without_a_look_does_not_grow_old() -> None:
    play = a_laptop()
    play >> AskRemedy(DISK, NAMES)
    play.wall += 9_999
    play >> DoRemedy(1) << RunRemedy(1, NAMES)


@pytest.mark.parametrize("why", WhyNot)
def test_a_failed_look_is_no_try(why: WhyNot) -> None:
    play = a_laptop()
    play >> AskRemedy(DISK, BIN) >> RemedyFailed(1, why)
    assert play.commands == (StopTimer(remedies.LIMIT),)
    assert phase(play) == Failed(why, Found())
    assert play.state.remedies.tried == ()


@pytest.mark.parametrize("why", WhyNot)
def test_a_failed_run_is_remembered_if_it_began(why: WhyNot) -> None:
    play = a_full_bin()
    play >> DoRemedy(1) >> RemedyFailed(1, why, Found(items=3))
    assert phase(play) == Failed(why, Found(items=3))
    began = why not in (WhyNot.RECORDED, WhyNot.STILL_BUSY)
    assert play.state.remedies.tried == ((Tried(BIN, play.wall, False),) if began else ())


def test_a_worker_that_hangs_is_not_waited_for() -> None:
    play = a_full_bin()
    play >> DoRemedy(1) >> TimerFired(remedies.LIMIT)
    assert phase(play) == Failed(WhyNot.TOO_SLOW, Found())
    play >> RemedyDone(1, FULL)
    assert phase(play) == Done(FULL)


def test_the_time_limit_of_what_is_over_does_nothing() -> None:
    play = a_full_bin()
    play >> TimerFired(remedies.LIMIT)
    assert isinstance(phase(play), Confirm)
    play = a_laptop()
    play >> TimerFired(remedies.LIMIT)
    assert phase(play) is None


def test_what_belongs_to_an_earlier_attempt_is_dropped() -> None:
    play = a_full_bin()
    for late in (RemedyLooked(0, FULL), RemedyDone(0, FULL), RemedyFailed(0, WhyNot.BROKEN)):
        play >> late
        assert isinstance(phase(play), Confirm)
    play >> RemedyDone(1, FULL)
    assert isinstance(phase(play), Confirm)
    play >> LeaveRemedy(1) >> RemedyLooked(1, FULL)
    assert phase(play) is None


def test_an_answer_that_comes_late_does_not_end_the_next_attempt() -> None:
    play = a_laptop()
    play >> AskRemedy(DISK, NAMES) >> DoRemedy(1) >> TimerFired(remedies.LIMIT)
    play >> AskRemedy(DISK, NAMES) >> DoRemedy(2)
    for late in (RemedyDone(1, FULL), RemedyFailed(1, WhyNot.BROKEN)):
        play >> late
        assert (phase(play), play.commands) == (Running(), ())
    play >> RemedyFailed(2, WhyNot.STILL_BUSY)
    assert phase(play) == Failed(WhyNot.STILL_BUSY, Found())


def test_who_opens_an_article_again_finds_its_buttons() -> None:
    play = a_full_bin()
    play >> OpenArticle(DISK)
    assert phase(play) is None
    play >> AskRemedy(DISK, BIN) >> OpenArticle(DISK)
    assert phase(play) == Looking()
    play >> RemedyLooked(2, Found()) >> OpenArticle(DISK)
    assert phase(play) is None


def test_what_was_tried_outlives_the_program_newest_first_and_not_without_end() -> None:
    play = a_laptop()
    for number in range(1, remedies.MOST_TRIED + 3):
        play >> AskRemedy(DISK, NAMES) >> DoRemedy(number) >> RemedyDone(number, Found())
    tried = play.state.remedies.tried
    play << KeepSetting(Remembered.REMEDIES, remedies.written(tried))
    assert len(tried) == remedies.MOST_TRIED
    assert tried[0].at == play.wall
    assert remedies.read(remedies.written(tried)) == tried
    again = Playbook()
    again >> started(offered=frozenset({NAMES}), tried=tried)
    assert again.state.remedies == Remedies(offered=frozenset({NAMES}), tried=tried)


@pytest.mark.parametrize("text", ["", "[", "{}", '[{"key":"format_disk","at":1,"done":true}]'])
def test_what_cannot_be_read_was_not_tried(text: str) -> None:
    assert remedies.read(text) == ()
