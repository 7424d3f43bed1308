"""What came of a fix is told once, and what others found is read with care."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from samebox_agent.core import intents
from samebox_agent.core.draft_intents import SayObjection, StartObjecting, TypeObjection
from samebox_agent.core.events import ArticlesArrived, FactsRead
from samebox_agent.core.outcomes import nearest, wilson
from samebox_shared.model.articles import Record, Tried
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import Fact, FactKind
from samebox_shared.protocol.acts import ReportOutcome

from tests.support.builders import DISK, T14_FACTS, a_page, an_article, joined_state
from tests.support.playbook import Playbook

ROOMY = (
    *(fact for fact in T14_FACTS if fact.name != "mounts.system_free_percent"),
    Fact(name="mounts.system_free_percent", value=42.0),
)
T14 = DeviceType(
    system=System.WINDOWS, vendor="Lenovo", family="ThinkPad T14", model="ThinkPad T14 Gen 3"
)


def reported(play: Playbook) -> list[tuple[Tried, str]]:
    acts = [item.act for item in play.state.outbox if isinstance(item.act, ReportOutcome)]
    return [(act.tried, act.device_type.model) for act in acts]


def a_laptop() -> Playbook:
    play = Playbook(joined_state())
    play >> ArticlesArrived(a_page(an_article()))
    return play


def test_a_verified_fix_is_told_with_the_device_type() -> None:
    play = a_laptop() >> intents.LookAgain(DISK)
    assert reported(play) == []
    play >> FactsRead(ROOMY, 0.02)
    assert reported(play) == [(Tried.VERIFIED, "ThinkPad T14 Gen 3")]


def test_what_the_person_says_is_told_once() -> None:
    play = a_laptop() >> intents.SaySolved(DISK) >> intents.SaySolved(DISK)
    assert reported(play) == [(Tried.SAID_SO, "ThinkPad T14 Gen 3")]
    play >> intents.SayNotSolved(DISK) >> intents.SayNotSolved(DISK)
    assert [tried for tried, _ in reported(play)] == [Tried.SAID_SO, Tried.NOT_HELPED]


def test_the_reason_of_a_no_goes_along_without_what_is_personal() -> None:
    play = a_laptop() >> StartObjecting(DISK) >> TypeObjection("Ask Ana") >> SayObjection()
    (act,) = (item.act for item in play.state.outbox)
    assert isinstance(act, ReportOutcome)
    assert (act.tried, act.why) == (Tried.NOT_HELPED, "Ask [name]")


def test_what_made_things_worse_is_told_once() -> None:
    play = a_laptop()
    for _ in range(2):
        play >> StartObjecting(DISK, worse=True) >> SayObjection()
    assert [tried for tried, _ in reported(play)] == [Tried.WORSE]


def test_a_new_version_may_be_told_of_again() -> None:
    play = a_laptop() >> intents.SayNotSolved(DISK)
    play >> intents.ForgetTried(DISK) >> ArticlesArrived(a_page(an_article(version=4)))
    play >> intents.SayNotSolved(DISK)
    assert len(reported(play)) == 2


def test_the_device_type_stays_where_it_may_not_be_told() -> None:
    state = joined_state()
    play = Playbook(replace(state, sharing=state.sharing - {FactKind.DEVICE_TYPE}))
    play >> ArticlesArrived(a_page(an_article())) >> intents.SaySolved(DISK)
    assert reported(play) == [(Tried.SAID_SO, "")]


def test_nobody_is_told_before_the_laptop_has_joined() -> None:
    play = Playbook(replace(joined_state(), me=None))
    play >> ArticlesArrived(a_page(an_article())) >> intents.SaySolved(DISK)
    assert reported(play) == []


@pytest.mark.parametrize(
    ("records", "found"),
    [
        ((), None),
        ((Record(device_type=T14, verified=2, not_helped=2),), None),
        ((Record(device_type=T14, verified=3, said_so=1, not_helped=2),), ("model", 4, 6)),
        ((Record(device_type=T14, verified=3, not_helped=1, worse=1),), ("model", 3, 5)),
        (
            (
                Record(device_type=T14, verified=1),
                Record(device_type=replace(T14, model="ThinkPad T14 Gen 4"), not_helped=4),
            ),
            ("family", 1, 5),
        ),
        ((Record(device_type=DeviceType(system=System.WINDOWS), said_so=7),), ("system", 7, 7)),
        ((Record(device_type=DeviceType(system=System.MACOS), said_so=7),), None),
        ((Record(device_type=DeviceType(), said_so=7),), None),
    ],
)
def test_the_nearest_kind_of_laptop_with_enough_outcomes_counts(
    records: tuple[Record, ...], found: tuple[str, int, int] | None
) -> None:
    assert nearest(records, T14) == found


def test_a_laptop_that_tells_nothing_is_like_no_other() -> None:
    assert nearest((Record(device_type=DeviceType(), said_so=9),), DeviceType()) is None


def test_the_interval_is_wilsons() -> None:
    """The values of the formula for 9 of 11, worked out by hand."""
    low, high = wilson(9, 11)
    assert (round(low, 3), round(high, 3)) == (0.523, 0.949)


@given(st.integers(1, 10_000), st.integers(0, 10_000))
def test_the_interval_holds_the_share_and_stays_a_share(tried: int, failed: int) -> None:
    worked = max(0, tried - failed)
    low, high = wilson(worked, tried)
    assert 0.0 <= low <= worked / tried + 1e-12
    assert worked / tried - 1e-12 <= high <= 1.0
