"""What is known of one person."""

from samebox_server.core.routing.hours import week
from samebox_server.core.routing.settings import Limits
from samebox_shared.model.people import Hours, Volunteering

from tests.server.core.routing.people import NOW, volunteer, wishing

WEEK = 7 * 86_400.0


def test_minutes_count_in_their_week_only() -> None:
    helper = volunteer("ben")
    helper.give(20, NOW)
    helper.give(5, NOW)
    assert helper.minutes_in(week(NOW)) == 25
    assert helper.minutes_in(week(NOW + WEEK)) == 0
    helper.give(7, NOW + WEEK)
    assert helper.minutes_in(week(NOW + WEEK)) == 7


def test_the_share_of_the_week_that_was_given() -> None:
    def given(minutes: float, budget: int) -> float:
        helper = wishing("ben", weekly_minutes=budget)
        if minutes:
            helper.give(minutes, NOW)
        return helper.given(week(NOW))

    assert [given(0, 60), given(15, 60), given(90, 60), given(5, 0), given(0, 0)] == [
        0, 0.25, 1, 1, 0
    ]  # fmt: skip


def test_a_newcomer_has_one_session_at_a_time() -> None:
    wish = Volunteering(helping=True, sessions_at_once=3)
    assert volunteer("new", volunteering=wish, solved_total=2).at_once(Limits()) == 1
    assert volunteer("old", volunteering=wish, solved_total=3).at_once(Limits()) == 3


def test_parked_questions_count_on_their_day_only() -> None:
    helper = volunteer("ben", parked_asks=2, parked_day=7)
    assert (helper.parked_asks_on(7), helper.parked_asks_on(8)) == (2, 0)


def test_languages_are_known_without_their_region() -> None:
    assert wishing("ben", languages=("sv-FI",)).speaks("SV")


def test_their_hours_are_worked_out_once() -> None:
    assert wishing("ben", hours=(Hours(day=0, start=60, until=120),)).opening == (60, 120)
