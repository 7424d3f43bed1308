"""Every system's collectors together."""

import pytest
from samebox_agent.collectors.roster import collectors_for, running_system
from samebox_shared.model.devices import COMPUTERS, System
from samebox_shared.model.facts import BY_NAME, FactKind

FROM_THE_NETWORK_ROOM = {"network.server_reachable", "time.clock_offset"}


@pytest.mark.parametrize("system", sorted(COMPUTERS))
def test_names_are_unique_and_facts_are_in_the_catalogue(system: System) -> None:
    collectors = collectors_for(system)
    names = [collector.name for collector in collectors]
    assert len(names) == len(set(names))
    for collector in collectors:
        assert {BY_NAME[fact].kind for fact in collector.facts} == {collector.kind}
    told = [fact for collector in collectors for fact in collector.facts]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("system", sorted(COMPUTERS))
def test_every_kind_has_a_collector(system: System) -> None:
    assert {collector.kind for collector in collectors_for(system)} == set(FactKind)


def test_linux_can_tell_every_fact_but_those_of_the_network_room() -> None:
    told = {fact for collector in collectors_for(System.LINUX) for fact in collector.facts}
    assert set(BY_NAME) - told == FROM_THE_NETWORK_ROOM


def test_this_is_one_of_the_systems() -> None:
    assert running_system() in System
