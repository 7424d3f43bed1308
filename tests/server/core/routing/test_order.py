"""The order within a ring, and the reasons."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_server.core.routing import Asking, Helper, Routing
from samebox_server.core.routing.closeness import kind
from samebox_server.core.routing.hours import Clocks, week
from samebox_server.core.routing.order import Order
from samebox_server.core.routing.tally import Tally
from samebox_shared.model.topics import Topic, Why

from tests.server.core.routing.people import ADA, ASKING, GEN_1, GEN_3, NOW, volunteer, wishing

PRINTING = replace(ASKING, topic=Topic.PRINTING, language="nl", place="Utrecht 2")
SOLVED = {(kind(GEN_3), Topic.PRINTING): Tally(3.0, NOW)}
PLAIN = volunteer("plain", GEN_3)


def order(asking: Asking = PRINTING) -> Order:
    return Order(asking, Clocks(NOW), Routing())


def gave(minutes: float, helper: Helper = PLAIN) -> Helper:
    return replace(helper, minutes=minutes, week_of=week(NOW))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (volunteer("b", GEN_3, solved=SOLVED), PLAIN),
        (wishing("b", place="utrecht 2"), PLAIN),
        (wishing("b", languages=("nl",)), PLAIN),
        (wishing("b", topics=(Topic.PRINTING,)), PLAIN),
        (volunteer("b", helped=frozenset({ADA})), PLAIN),
        (PLAIN, volunteer("b", last_asked=NOW - 60)),
        (volunteer("b", solved_total=0), PLAIN),
        (PLAIN, gave(1)),
        (gave(10), gave(20)),
        (gave(20), gave(30, volunteer("b", GEN_3, solved=SOLVED, helped=frozenset({ADA})))),
    ],
)
def test_what_counts(better: Helper, worse: Helper) -> None:
    assert order().score(better) > order().score(worse)


def test_a_newcomer_comes_later_where_wrong_advice_does_harm() -> None:
    newcomer = volunteer("new", solved_total=0)
    storage = order(replace(ASKING, topic=Topic.STORAGE))
    assert storage.score(newcomer) < storage.score(PLAIN)


def test_the_place_counts_only_where_the_trouble_is_of_the_place() -> None:
    there = wishing("there", place="Utrecht 2")
    sound = order(replace(PRINTING, topic=Topic.SOUND_AND_CAMERA))
    assert sound.score(there) == sound.score(PLAIN)
    assert Why.SAME_PLACE not in sound.why(there)


def test_solved_long_ago_is_nearly_forgotten() -> None:
    old = volunteer("old", solved={key: Tally(3.0, NOW - 3e7) for key in SOLVED})
    assert order().score(old) - order().score(PLAIN) < 0.01
    assert order().why(old) == ()


def test_a_budget_of_nothing_is_no_error() -> None:
    none = gave(1, wishing("none", weekly_minutes=0))
    assert order().score(none) < order().score(gave(1))


def test_the_reasons_are_told_in_one_order() -> None:
    wish = wishing("all", GEN_1, topics=(Topic.PRINTING,), languages=("nl",), place="UTRECHT 2")
    all_of_it = replace(wish, solved=SOLVED, helped=frozenset({ADA}))
    assert order().why(all_of_it) == (
        Why.SOLVED_LATELY,
        Why.SPEAKS_LANGUAGE,
        Why.SAME_PLACE,
        Why.HELPED_BEFORE,
        Why.KNOWS_TOPIC,
    )
    assert order().why(PLAIN) == ()


@given(st.floats(0, 500), st.floats(0, 500))
def test_who_gave_more_never_comes_before_who_gave_less(one: float, two: float) -> None:
    less, more = sorted((one, two))
    assert order().score(gave(less)) >= order().score(gave(more))
