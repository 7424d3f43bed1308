"""Whom to ask next."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samebox_server.core.routing import (
    Asking,
    Chosen,
    Helper,
    Nobody,
    Pace,
    Progress,
    Routing,
    Wave,
    comer,
    next_wave,
)
from samebox_server.core.routing.eligibility import unfit_colleague, unfit_it
from samebox_server.core.routing.hours import Clocks, week
from samebox_server.core.routing.profile import FOR_EVER
from samebox_server.core.routing.waves import unfit_of
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Hours
from samebox_shared.model.topics import Topic, Why

from tests.server.core.routing.people import (
    ADA,
    ASKING,
    CARBON,
    DELL,
    GEN_1,
    GEN_3,
    MAC,
    NOW,
    directory,
    ina,
    twin,
    volunteer,
    wishing,
)

RULES = Routing()
PACE = RULES.pace
EVERYBODY = (
    ina(),
    volunteer("stranger", MAC),
    volunteer("neighbour", DELL),
    volunteer("vendor", CARBON),
    volunteer("cousin", GEN_1),
    twin(),
)
ACCESS = replace(ASKING, topic=Topic.ACCESS)


def progress(*asked: str, **changes: int) -> Progress:
    return Progress(asked=frozenset(map(PersonId, asked)), **changes)


def wave(
    *helpers: Helper,
    so_far: Progress | None = None,
    asking: Asking = ASKING,
    rules: Routing = RULES,
) -> Wave:
    found = next_wave(directory(*helpers, settings=rules), asking, so_far or Progress(), NOW)
    assert isinstance(found, Wave)
    return found


def names(found: Wave) -> list[str]:
    return [chosen.person_id for chosen in found.helpers]


def test_the_rings_are_asked_from_near_to_far_and_end_with_it() -> None:
    asked: list[str] = []
    rings = []
    for _ in range(5):
        found = wave(*EVERYBODY, so_far=progress(*asked))
        rings.append((found.ring, names(found), found.until - NOW))
        asked += names(found)
    assert rings == [
        (Ring.SAME_MODEL, ["twin"], PACE.wave_seconds),
        (Ring.SAME_FAMILY, ["cousin"], PACE.wave_seconds),
        (Ring.SAME_VENDOR, ["vendor"], PACE.wave_seconds),
        (Ring.SAME_SYSTEM, ["neighbour"], PACE.wave_seconds),
        (Ring.IT, ["ina"], PACE.it_seconds),
    ]


def test_empty_rings_are_skipped_at_once() -> None:
    assert wave(ina(), volunteer("neighbour", DELL)).ring is Ring.SAME_SYSTEM


def test_an_offer_stands_longer_than_its_wave() -> None:
    assert wave(twin()).helpers[0].until == NOW + PACE.offer_seconds


def test_waves_widen() -> None:
    twins = [volunteer(f"t{number}", GEN_3) for number in range(9)]
    sizes = [len(wave(*twins, so_far=progress(waves=waves)).helpers) for waves in range(4)]
    assert sizes == [2, 3, 4, 4]


def test_equal_ones_are_asked_by_who_was_not_asked_for_longest_and_then_by_id() -> None:
    twins = [volunteer(name, GEN_3, last_asked=NOW - 9e5) for name in "cab"]
    twins.append(volunteer("old", GEN_3, last_asked=NOW - 9e6))
    assert names(wave(*twins)) == ["old", "a"]


def test_who_gave_least_of_their_budget_is_asked_first() -> None:
    gave = {"a": 30.0, "b": 10.0, "c": 20.0}
    twins = [volunteer(name, GEN_3, minutes=at, week_of=week(NOW)) for name, at in gave.items()]
    assert names(wave(*twins)) == ["b", "c"]


def test_newcomers_are_not_alone_in_a_wave_when_somebody_else_is_there() -> None:
    new = [volunteer(name, GEN_3, solved_total=0) for name in ("n1", "n2", "n3")]
    assert names(wave(*new)) == ["n1", "n2"]
    assert names(wave(*new, twin())) == ["n1", "twin"]
    assert names(wave(new[0])) == ["n1"]


def test_a_decision_looks_at_a_bounded_number_and_then_at_the_next_ones() -> None:
    rules = replace(RULES, most_looked_at=3, enough=2)
    twins = [volunteer(f"t{number}", GEN_3) for number in range(6)]
    found = directory(*twins, settings=rules)
    seen = [next_wave(found, ASKING, Progress(), NOW) for _ in range(3)]
    assert [names(each) for each in seen if isinstance(each, Wave)] == [
        ["t0", "t1"],
        ["t2", "t3"],
        ["t4", "t5"],
    ]


def test_who_stands_nearer_than_the_ring_that_is_asked_is_told_so() -> None:
    rules = replace(RULES, most_looked_at=1)
    found = directory(wishing("closed", GEN_3, paused_until=FOR_EVER), twin(), settings=rules)
    assert [one.person_id for one in found.look(Ring.SAME_FAMILY, GEN_3)] == ["closed"]
    asked = next_wave(found, ASKING, Progress(), NOW)
    assert isinstance(asked, Wave)
    assert (asked.ring, asked.helpers[0].ring) == (Ring.SAME_FAMILY, Ring.SAME_MODEL)


def test_the_reasons_of_a_wave_are_those_that_hold_for_all() -> None:
    asking = replace(ASKING, language="nl")
    one = wishing("one", GEN_3, languages=("nl",), topics=(Topic.DISPLAY,))
    two = wishing("two", GEN_3, languages=("nl", "en"))
    found = wave(replace(one, solved_total=5), replace(two, solved_total=5), asking=asking)
    assert found.why == (Why.SPEAKS_LANGUAGE,)
    assert {each.person_id: each.why for each in found.helpers} == {
        "one": (Why.SPEAKS_LANGUAGE, Why.KNOWS_TOPIC),
        "two": (Why.SPEAKS_LANGUAGE,),
    }


def test_what_needs_rights_goes_to_it_at_once_and_says_so() -> None:
    found = wave(*EVERYBODY, asking=ACCESS)
    assert (found.ring, names(found), found.why) == (Ring.IT, ["ina"], (Why.IT_ONLY,))


def test_it_is_asked_a_few_at_a_time_new_ones_first() -> None:
    it = [ina(last_asked=at) for at in (5.0, 4.0, 3.0, 2.0, 1.0)]
    it = [replace(each, person_id=PersonId(f"it{place}")) for place, each in enumerate(it)]
    assert names(wave(*it)) == ["it4", "it3", "it2"]
    assert names(wave(*it, so_far=progress("it4", "it3", "it2"))) == ["it1", "it0", "it4"]


def test_after_its_rounds_the_asker_is_told_the_truth() -> None:
    found = directory(ina())
    rounds = PACE.it_rounds
    assert next_wave(found, ASKING, progress(it_rounds=rounds), NOW) == Nobody(
        NOW + PACE.park_seconds
    )
    again = next_wave(found, ASKING, progress(it_rounds=rounds, parked=1), NOW)
    assert isinstance(again, Wave)


@pytest.mark.parametrize("asking", [ASKING, ACCESS, replace(ASKING, device_type=DeviceType())])
def test_with_nobody_there_it_is_parked_until_later(asking: Asking) -> None:
    assert next_wave(directory(), asking, Progress(), NOW) == Nobody(NOW + PACE.park_seconds)


def test_without_a_system_only_it_is_asked() -> None:
    found = wave(*EVERYBODY, asking=replace(ASKING, device_type=DeviceType()))
    assert names(found) == ["ina"]


def test_a_parked_question_bothers_only_so_many_colleagues_a_day() -> None:
    told = progress(parked=1, parked_offers=PACE.parked_offers_a_day)
    assert wave(*EVERYBODY, so_far=told).ring is Ring.IT
    assert wave(*EVERYBODY, so_far=replace(told, parked=0)).ring is Ring.SAME_MODEL


def test_some_of_these_are_kept_for_owners_of_the_same_model_who_come_late() -> None:
    told = progress(parked=1, parked_offers=PACE.parked_offers_a_day - PACE.parked_kept)
    cousin = volunteer("cousin", GEN_1)
    assert wave(cousin, ina(), so_far=told).ring is Ring.IT
    assert came(cousin, Ring.IT, so_far=told) is None
    assert wave(cousin, twin(), ina(), so_far=told).ring is Ring.SAME_MODEL
    assert came(twin(), Ring.IT, so_far=told) is not None


def worn(name: str, device_type: DeviceType) -> Helper:
    """Gave as much of the week as after which one is spared."""
    helper = wishing(name, device_type, weekly_minutes=60)
    return replace(helper, minutes=60 * RULES.limits.spared_from, week_of=week(NOW))


def test_whoever_gave_enough_is_spared_while_somebody_farther_gave_less() -> None:
    cousin = worn("cousin", GEN_1)
    assert names(wave(cousin, volunteer("vendor", CARBON))) == ["vendor"]
    assert names(wave(cousin, worn("vendor", CARBON), volunteer("near", DELL))) == ["near"]
    assert names(wave(cousin, volunteer("fresh", GEN_1), volunteer("vendor", CARBON))) == ["fresh"]


def test_nobody_is_spared_a_question_about_their_own_model_or_when_all_gave_enough() -> None:
    assert names(wave(worn("same", GEN_3), volunteer("cousin", GEN_1))) == ["same"]
    found = wave(worn("cousin", GEN_1), worn("vendor", CARBON), ina())
    assert (found.ring, names(found)) == (Ring.SAME_FAMILY, ["cousin"])


def came(
    who: Helper, current: Ring, open_offers: int = 0, so_far: Progress | None = None
) -> Chosen | None:
    found = directory(who)
    known = so_far or Progress()
    return comer(found, who.person_id, ASKING, known, current, open_offers, NOW)


@pytest.mark.parametrize(
    ("who", "current", "open_offers", "ring"),
    [
        (twin(), Ring.SAME_MODEL, 1, Ring.SAME_MODEL),
        (twin(), Ring.SAME_SYSTEM, 1, Ring.SAME_MODEL),
        (twin(), Ring.SAME_MODEL, 2, None),
        (twin(), Ring.IT, 7, Ring.SAME_MODEL),
        (volunteer("cousin", GEN_1), Ring.SAME_MODEL, 0, None),
        (ina(), Ring.IT, 0, Ring.IT),
        (ina(), Ring.SAME_MODEL, 0, None),
        (volunteer("stranger", MAC), Ring.IT, 0, None),
        (volunteer("away", GEN_3, present_until=0.0), Ring.IT, 0, None),
    ],
)
def test_whoever_comes_is_asked_if_they_fit_the_ring_or_nearer(
    who: Helper, current: Ring, open_offers: int, ring: Ring | None
) -> None:
    chosen = came(who, current, open_offers)
    assert (chosen and chosen.ring) is ring


def test_whoever_comes_to_a_question_for_it_is_asked_as_it() -> None:
    colleague = volunteer("ian", GEN_3, is_it=True)
    found = directory(colleague, twin())
    ian = comer(found, colleague.person_id, ACCESS, Progress(), Ring.IT, 0, NOW)
    assert ian is not None
    assert (ian.ring, ian.why) == (Ring.IT, (Why.IT_ONLY,))
    assert comer(found, PersonId("twin"), ACCESS, Progress(), Ring.IT, 0, NOW) is None


def test_nobody_comes_twice_and_nobody_unknown_comes() -> None:
    assert came(twin(), Ring.IT, so_far=progress("twin")) is None
    unknown = PersonId("unknown")
    assert comer(directory(), unknown, ASKING, Progress(), Ring.IT, 0, NOW) is None


def test_nobody_is_shown_the_whole_board() -> None:
    today = int(NOW // 86_400)
    full = volunteer("full", GEN_3, parked_asks=PACE.parked_asks_a_day, parked_day=today)
    assert came(full, Ring.IT, so_far=progress(parked=1)) is None
    assert came(full, Ring.IT) is not None
    assert came(replace(full, parked_day=today - 1), Ring.IT, so_far=progress(parked=1))
    told = progress(parked=1, parked_offers=PACE.parked_offers_a_day)
    assert came(twin(), Ring.IT, so_far=told) is None
    assert came(ina(), Ring.IT, so_far=told) is not None


def test_why_nobody_was_asked_can_be_told() -> None:
    found = directory(twin(), volunteer("busy", GEN_3, offers=1))
    assert list(unfit_of(found, Ring.SAME_MODEL, ASKING, Progress(), NOW)) == [
        ("busy", "being_asked")
    ]


HELPERS = st.builds(
    lambda name, kind, is_it, wish, state: replace(
        wishing(f"p{name}", *kind, **wish), is_it=is_it, **state
    ),
    st.integers(0, 12),
    st.lists(st.sampled_from([GEN_3, GEN_1, CARBON, DELL, MAC]), max_size=2),
    st.booleans(),
    st.fixed_dictionaries(
        {},
        optional={
            "topics": st.sampled_from([(Topic.DISPLAY,), (Topic.NETWORK,)]),
            "hours": st.sampled_from([(Hours(day=0, start=0, until=60),), ()]),
            "weekly_minutes": st.sampled_from([0, 5, 30, 60]),
            "paused_until": st.sampled_from([0.0, NOW + 5]),
        },
    ),
    st.fixed_dictionaries(
        {
            "present_until": st.sampled_from([0.0, NOW - 1, FOR_EVER]),
            "minutes": st.sampled_from([0.0, 25.0, 59.0]),
            "week_of": st.just(week(NOW)),
            "sessions": st.sampled_from([0, 0, 1]),
            "rest_until": st.sampled_from([0.0, NOW + 5]),
            "blocked": st.sampled_from([frozenset(), frozenset({ADA})]),
            "solved_total": st.sampled_from([0, 9]),
        }
    ),
)


@settings(max_examples=200)
@given(st.lists(HELPERS, max_size=14), st.sampled_from([Topic.DISPLAY, Topic.SIGN_IN]))
def test_a_whole_question_asks_only_who_may_be_asked_and_each_once(
    helpers: list[Helper], topic: Topic
) -> None:
    """All waves until nobody is left, in two directories alike."""
    found, same = directory(*helpers), directory(*helpers)
    asking = replace(ASKING, asker=PersonId("p0"), topic=topic)
    clocks, so_far, colleagues = Clocks(NOW), Progress(), list[PersonId]()
    for _ in range(40):
        asked = next_wave(found, asking, so_far, NOW)
        assert asked == next_wave(same, asking, so_far, NOW)
        if isinstance(asked, Nobody):
            break
        is_it = asked.ring is Ring.IT
        assert 0 < len(asked.helpers) <= max(PACE.it_size, PACE.widest)
        for chosen in asked.helpers:
            helper = found.get(chosen.person_id)
            assert helper is not None
            assert chosen.person_id != asking.asker
            limits = RULES.limits
            unfit = (
                unfit_it(helper, asking, clocks, limits)
                if is_it
                else unfit_colleague(helper, asking, so_far.asked, clocks, limits)
            )
            assert unfit is None
        new = [chosen.person_id for chosen in asked.helpers]
        colleagues += [] if is_it else new
        so_far = Progress(
            asked=so_far.asked.union(new),
            waves=so_far.waves + 1,
            it_rounds=so_far.it_rounds + is_it,
        )
    else:
        raise AssertionError("it never ends")
    assert len(colleagues) == len(set(colleagues))


def test_a_pace_can_be_set() -> None:
    rules = replace(RULES, pace=Pace(wave_size=1))
    assert names(wave(twin(), volunteer("a", GEN_3), rules=rules)) == ["a"]
