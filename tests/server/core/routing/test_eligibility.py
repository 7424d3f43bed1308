"""Who may be asked, and the reason when not."""

from dataclasses import replace

import pytest
from samebox_server.core.routing import Asking, Helper, Unfit
from samebox_server.core.routing.eligibility import is_out, unfit_colleague, unfit_it
from samebox_server.core.routing.hours import Clocks, week
from samebox_server.core.routing.settings import Limits
from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Hours
from samebox_shared.model.topics import Topic

from tests.server.core.routing.people import ADA, ASKING, GEN_3, NOW, ina, volunteer, wishing

LIMITS = Limits()
NOBODY: frozenset[PersonId] = frozenset()
DUTCH = replace(ASKING, language="nl")
SHUT = (Hours(day=0, start=0, until=600),)
OPEN = (Hours(day=0, start=600, until=601),)


def why_not(helper: Helper, asking: Asking = ASKING) -> Unfit | None:
    return unfit_colleague(helper, asking, NOBODY, Clocks(NOW), LIMITS)


def spent(minutes: float, budget: int = 60, **changes: object) -> Helper:
    helper = wishing("ben", GEN_3, weekly_minutes=budget, sessions_at_once=2)
    return replace(helper, minutes=minutes, week_of=week(NOW), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "helper",
    [
        volunteer("ben"),
        volunteer("ben", sessions=0, rest_until=NOW, last_asked=NOW),
        wishing("ben", topics=(Topic.DISPLAY,), languages=("nl-BE",), hours=OPEN),
        wishing("ben", paused_until=NOW),
        spent(50),
        spent(40, sessions=1),
        spent(0, budget=5),
    ],
)
def test_who_is_asked(helper: Helper) -> None:
    assert why_not(helper, DUTCH) is None


@pytest.mark.parametrize(
    ("helper", "reason"),
    [
        (volunteer("ada"), Unfit.ASKER),
        (volunteer("cem"), Unfit.THERE),
        (volunteer("dan"), Unfit.LEFT_IT),
        (volunteer("bea"), Unfit.BUSY),
        (volunteer("ola"), Unfit.BEING_ASKED),
        (volunteer("ben", present_until=0.0), Unfit.AWAY),
        (volunteer("ben", present_until=NOW), Unfit.AWAY),
        (volunteer("ben", sessions=1), Unfit.BUSY),
        (volunteer("ben", offers=1), Unfit.BEING_ASKED),
        (volunteer("ben", blocked=frozenset({ADA})), Unfit.BLOCKED),
        (volunteer("ben", blocked=frozenset({PersonId("cem")})), Unfit.BLOCKED),
        (volunteer("ben", rest_until=NOW + 1), Unfit.RESTING),
        (wishing("ben", paused_until=NOW + 1), Unfit.PAUSED),
        (ina(), Unfit.NOT_HELPING),
        (wishing("ben", topics=(Topic.NETWORK,)), Unfit.OTHER_TOPICS),
        (wishing("ben", languages=("en", "de")), Unfit.OTHER_LANGUAGES),
        (wishing("ben", hours=SHUT), Unfit.CLOSED),
        (spent(51), Unfit.OVER_BUDGET),
        (spent(41, sessions=1), Unfit.OVER_BUDGET),
        (spent(1, budget=5), Unfit.OVER_BUDGET),
        (spent(0, budget=0), Unfit.OVER_BUDGET),
    ],
)
def test_who_is_not_asked_and_why(helper: Helper, reason: Unfit) -> None:
    left = frozenset({PersonId("dan")})
    asking = replace(
        DUTCH,
        others=frozenset({PersonId("cem")}),
        without=left,
        busy=frozenset({PersonId("bea")}),
        being_asked=frozenset({PersonId("ola")}),
    )
    assert why_not(helper, asking) is reason


def test_nobody_is_asked_twice_about_one_question() -> None:
    asked = frozenset({PersonId("ben")})
    found = unfit_colleague(volunteer("ben"), ASKING, asked, Clocks(NOW), LIMITS)
    assert found is Unfit.ASKED_BEFORE


def test_last_weeks_minutes_do_not_count() -> None:
    assert why_not(replace(spent(60), week_of=week(NOW) - 1)) is None


def test_hours_are_of_the_helper_not_of_the_asker() -> None:
    """10:00 UTC is 11:00 in Amsterdam and 05:00 in New York (P19)."""
    morning = (Hours(day=0, start=540, until=720),)
    amsterdam = wishing("ben", hours=morning, time_zone="Europe/Amsterdam")
    new_york = wishing("bob", hours=morning, time_zone="America/New_York")
    assert (why_not(amsterdam), why_not(new_york)) == (None, Unfit.CLOSED)


def test_helping_is_the_work_of_it_but_hours_count() -> None:
    def it(helper: Helper) -> Unfit | None:
        return unfit_it(helper, DUTCH, Clocks(NOW), LIMITS)

    assert it(ina()) is None
    assert it(ina(offers=2)) is None
    taken = replace(DUTCH, being_asked=frozenset({PersonId("ina")}))
    assert unfit_it(ina(), taken, Clocks(NOW), LIMITS) is None
    wish = wishing("ina", topics=(Topic.ACCESS,), languages=("fr",), weekly_minutes=0)
    assert it(replace(wish, is_it=True)) is None
    assert it(replace(wishing("ina", hours=SHUT), is_it=True)) is Unfit.CLOSED
    assert it(ina(present_until=0.0)) is Unfit.AWAY
    assert it(volunteer("ben")) is Unfit.NOT_HELPING


@pytest.mark.parametrize(
    ("helper", "expected"),
    [
        (volunteer("ben"), False),
        (wishing("ben", topics=(Topic.NETWORK,), languages=("de",)), False),
        (volunteer("ben", present_until=0.0), True),
        (volunteer("ben", sessions=1), True),
        (volunteer("ben", offers=1), True),
        (volunteer("ben", rest_until=NOW + 1), True),
        (wishing("ben", paused_until=NOW + 1), True),
        (wishing("ben", hours=SHUT), True),
        (spent(51), True),
        (replace(ina(), is_it=False), True),
        (ina(), False),
        (ina(offers=2), False),
        (replace(spent(51), is_it=True), False),
        (ina(present_until=0.0), True),
        (replace(wishing("ina", hours=SHUT), is_it=True), True),
    ],
)
def test_who_is_asked_nothing_whatever_the_question(helper: Helper, expected: bool) -> None:
    assert is_out(helper, Clocks(NOW), LIMITS) is expected


def test_a_language_is_understood_across_regions() -> None:
    helper = wishing("ben", languages=("pt-BR",))
    assert helper.speaks("pt-PT")
    assert not helper.speaks("p")
    assert not wishing("any").speaks("")
