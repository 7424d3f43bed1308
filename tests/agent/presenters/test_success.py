"""A sentence about others only when enough of them tried."""

from msgspec.structs import replace
from samebox_agent.presenters import success
from samebox_shared.model.articles import Record
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
