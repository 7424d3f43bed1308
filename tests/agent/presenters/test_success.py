"""A sentence about others only when enough of them tried."""

from datetime import UTC

from msgspec.structs import replace
from samebox_agent.core import fixes
from samebox_agent.presenters import article, success
from samebox_shared.model.articles import Proven, Record
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.facts import Fact

from tests.support.builders import DISK, an_article, joined_state

T14 = DeviceType(
    system=System.WINDOWS, vendor="Lenovo", family="ThinkPad T14", model="ThinkPad T14 Gen 3"
)


def said(*records: Record, facts: tuple[Fact, ...] | None = None) -> str:
    state = joined_state()
    if facts is not None:
        state = replace(state, facts=replace(state.facts, values=facts))
    state = replace(state, fixes=replace(state.fixes, records={DISK: records}))
    return success.sentence(state, an_article())


def test_the_model_is_named_with_how_sure_it_is() -> None:
    assert said(Record(device_type=T14, verified=8, said_so=1, not_helped=2)) == (
        "Helped 9 of 11 on ThinkPad T14 Gen 3 (likely 52 to 95%)"
    )


def test_too_few_are_not_mentioned() -> None:
    assert said(Record(device_type=T14, verified=4)) == ""
    assert said() == ""


def test_where_only_the_system_is_alike_the_system_is_named() -> None:
    record = Record(device_type=DeviceType(system=System.WINDOWS, vendor="HP"), verified=6)
    assert said(record) == "Helped 6 of 6 on Windows (likely 61 to 100%)"


def test_an_article_that_nobody_tried_on_such_a_system_says_so() -> None:
    state = joined_state()
    here = fixes.device_type(state)
    assert here.system is not None
    proven = {DISK: (Proven(system=here.system, system_version="10"),)}
    older = replace(state, fixes=replace(state.fixes, proven=proven))
    words = f"Not yet tried on Windows {here.system_version}"
    assert success.untried(older, an_article()) == words
    assert success.untried(state, an_article()) == ""
    assert words in [pill.text for pill in article.present(older, an_article(), UTC).pills]
    nothing = replace(older, facts=replace(older.facts, values=()))
    assert success.untried(nothing, an_article()) == ""


def test_harm_counts_as_not_helped() -> None:
    assert said(Record(device_type=T14, verified=4, worse=1)).startswith("Helped 4 of 5 on")
