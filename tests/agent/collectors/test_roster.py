"""Every system's collectors together."""

import pytest
from samebox_agent.collectors.roster import collectors_for, running_system
from samebox_shared.model.devices import COMPUTERS, System
from samebox_shared.model.facts import BY_NAME, CATALOGUE, FactKind

FROM_THE_PROGRAM_ITSELF = {"network.server_reachable", "time.clock_offset"}


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


@pytest.mark.parametrize("system", sorted(COMPUTERS))
def test_the_catalogue_says_what_each_system_can_tell(system: System) -> None:
    told = {fact for collector in collectors_for(system) for fact in collector.facts}
    said = {spec.name for spec in CATALOGUE if system in spec.systems}
    assert said == told | FROM_THE_PROGRAM_ITSELF


def test_every_fact_can_be_told_somewhere() -> None:
    assert all(spec.systems for spec in CATALOGUE)


def test_this_is_one_of_the_systems() -> None:
    assert running_system() in System
