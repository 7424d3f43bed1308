"""The sharing sheet: every kind with its purpose, an example and the live value (J1)."""

import pytest
from msgspec.structs import replace
from samebox_agent.core import intents
from samebox_agent.core.facts import Cost
from samebox_agent.core.state import AgentState, Facts
from samebox_agent.presenters import sharing
from samebox_shared.model.facts import NEVER_COLLECTED, PURPOSES, FactKind

from tests.support.builders import joined_state


def test_every_kind_has_a_switch_a_purpose_an_example_and_its_value() -> None:
    view = sharing.present(joined_state())
    assert [row.purpose for row in view.rows] == [PURPOSES[kind] for kind in FactKind]
    assert all(row.example.startswith("For example: ") for row in view.rows)
    rows = {row.switch.label: row for row in view.rows}
    assert rows["Disk space"].values == ("Share of the system disk free: 3.5%",)
    assert rows["Disk space"].switch.turn_off == intents.SetSharing(FactKind.STORAGE, False)
    assert rows["Network"].values == ("Nothing read on this laptop",)
    assert (view.never, view.done.label) == (NEVER_COLLECTED, "Done")


def test_the_first_time_it_asks_for_agreement() -> None:
    view = sharing.present(AgentState(facts=Facts(busy=True)))
    assert view.done.label == "Agree and go on"
    assert [row.switch.label for row in view.rows if row.switch.on] == ["Device type"]
    assert {row.values for row in view.rows} == {("Looking…",)}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ([0.0123], "Read in 12 ms"),
        ([0.003, 0.2], "Read in 200 ms"),
        ([0.0004], "Read in less than 1 ms"),
        ([1.26], "Read in 1.3 s"),
        ([0.9996], "Read in 1.0 s"),
        ([], ""),
    ],
)
def test_a_kind_says_what_reading_it_cost(seconds: list[float], said: str) -> None:
    costs = tuple(Cost("storage", FactKind.STORAGE, each) for each in seconds)
    other = Cost("network", FactKind.NETWORK, 0.5)
    state = joined_state()
    view = sharing.present(replace(state, facts=replace(state.facts, costs=(*costs, other))))
    rows = {row.switch.label: row for row in view.rows}
    assert rows["Disk space"].cost == said
    assert (rows["Network"].values, rows["Network"].cost) == (("Nothing read on this laptop",), "")


def test_reading_can_be_turned_off_altogether() -> None:
    assert not sharing.present(replace(joined_state(), reading=False)).reading.on
