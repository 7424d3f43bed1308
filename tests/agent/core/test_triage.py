"""One diagnosis for each state of the network, and none where it would be a guess."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from samebox_agent.core import intents, triage
from samebox_agent.core.commands import ReadFacts
from samebox_agent.core.events import FactsRead, LinkClosed
from samebox_agent.core.state import Facts, Link, LinkState, Problem, Trouble
from samebox_agent.core.triage import Diagnosis, diagnose
from samebox_shared.model.facts import Fact, FactKind, FactValue

from tests.support.builders import NOW, joined_state, welcome
from tests.support.playbook import Playbook

CLOCK = "time.clock_offset"
CONNECTION = "interface_details.connection"
COUNT = "dns_resolvers.count"
NAMES = "dns_resolvers.works"
OWN_ADDRESS = "interface_details.self_assigned"
PORTAL = "network.captive_portal"
PROXY = "network.proxy_set"
REACHED = "network.server_reachable"
ROUTER = "routes.gateway_answers"
VPN = "interface_details.vpn_active"
WAY_OUT = "routes.gateway_present"
WIFI_OFF = "wifi_status.blocked"

WELL: dict[str, FactValue] = {
    CLOCK: 0.4,
    CONNECTION: "wifi",
    COUNT: 1,
    NAMES: True,
    OWN_ADDRESS: False,
    PROXY: False,
    REACHED: False,
    ROUTER: True,
    VPN: False,
    WAY_OUT: True,
    WIFI_OFF: False,
}
"""Everything works but the server, of which nothing was heard."""
NONE: dict[str, FactValue] = {CONNECTION: "none", WAY_OUT: False, NAMES: False}
NETWORK = ReadFacts(frozenset({FactKind.NETWORK}))


@pytest.mark.parametrize(
    ("facts", "problem", "diagnosis"),
    [
        (NONE, None, Diagnosis.NOT_CONNECTED),
        (NONE | {WIFI_OFF: True}, None, Diagnosis.WIFI_OFF),
        ({WAY_OUT: False, OWN_ADDRESS: True}, None, Diagnosis.NO_ADDRESS),
        ({WAY_OUT: False}, None, Diagnosis.NO_WAY_OUT),
        ({PORTAL: True}, Problem.BAD_CERTIFICATE, Diagnosis.SIGN_IN_PAGE),
        ({CLOCK: -25_000.0}, Problem.BAD_CERTIFICATE, Diagnosis.CLOCK_WRONG),
        ({NAMES: False, ROUTER: False}, None, Diagnosis.ROUTER_SILENT),
        ({NAMES: False, VPN: True}, None, Diagnosis.NAMES_BEHIND_VPN),
        ({NAMES: False, PROXY: True}, None, Diagnosis.NAMES_BEHIND_PROXY),
        ({NAMES: False, COUNT: 0}, None, Diagnosis.NO_NAME_SERVER),
        ({NAMES: False}, Problem.NAME_NOT_FOUND, Diagnosis.NAMES_NOT_FOUND),
        ({CONNECTION: "none", NAMES: False}, None, Diagnosis.NAMES_NOT_FOUND),
        ({}, Problem.CONNECTION_REFUSED, Diagnosis.SERVER_ONLY),
        ({PORTAL: False}, Problem.TIMED_OUT, Diagnosis.SERVER_ONLY),
        ({PROXY: True}, Problem.CONNECTION_REFUSED, Diagnosis.SERVER_ONLY),
        ({}, Problem.TIMED_OUT, Diagnosis.SERVER_SILENT),
        ({}, Problem.BAD_CERTIFICATE, None),
        ({REACHED: True, NAMES: False}, None, None),
    ],
)
def test_the_first_thing_that_fails_is_told(
    facts: dict[str, FactValue], problem: Problem | None, diagnosis: Diagnosis | None
) -> None:
    assert diagnose(WELL | facts, problem) is diagnosis


TRUE: dict[Diagnosis, Callable[[dict[str, FactValue]], bool]] = {
    Diagnosis.WIFI_OFF: lambda w: w[WIFI_OFF] is True and w[CONNECTION] == "none",
    Diagnosis.NOT_CONNECTED: lambda w: w[CONNECTION] == "none" and w[WAY_OUT] is False,
    Diagnosis.NO_ADDRESS: lambda w: w[OWN_ADDRESS] is True and w[CONNECTION] != "none",
    Diagnosis.NO_WAY_OUT: lambda w: w[WAY_OUT] is False and w[CONNECTION] != "none",
    Diagnosis.SIGN_IN_PAGE: lambda w: w[PORTAL] is True,
    Diagnosis.CLOCK_WRONG: lambda w: w[CLOCK] == -25_000.0,
    Diagnosis.ROUTER_SILENT: lambda w: w[ROUTER] is False and w[NAMES] is False,
    Diagnosis.NAMES_BEHIND_VPN: lambda w: w[VPN] is True and w[NAMES] is False,
    Diagnosis.NAMES_BEHIND_PROXY: lambda w: w[PROXY] is True and w[NAMES] is False,
    Diagnosis.NO_NAME_SERVER: lambda w: w[COUNT] == 0 and w[NAMES] is False,
    Diagnosis.NAMES_NOT_FOUND: lambda w: w[WAY_OUT] is True and w[NAMES] is False,
    Diagnosis.SERVER_ONLY: lambda w: w[WAY_OUT] is True and w[PORTAL] is not True,
    Diagnosis.SERVER_SILENT: lambda w: w[NAMES] is True and w[REACHED] is False,
}
WORLDS = st.fixed_dictionaries(
    {
        CLOCK: st.sampled_from([0.4, -25_000.0]),
        CONNECTION: st.sampled_from(["none", "wifi", "ethernet"]),
        COUNT: st.sampled_from([0, 2]),
        **dict.fromkeys((NAMES, OWN_ADDRESS, PORTAL, PROXY, ROUTER), st.booleans()),
        **dict.fromkeys((VPN, WAY_OUT, WIFI_OFF, REACHED), st.booleans()),
    }
)


@given(WORLDS, st.sets(st.sampled_from(sorted(WELL | {PORTAL: False}))))
def test_a_fact_that_is_not_known_never_makes_a_diagnosis_wrong(
    world: dict[str, FactValue], unknown: set[str]
) -> None:
    told = {name: value for name, value in world.items() if name not in unknown}
    diagnosis = diagnose(told)
    assert diagnosis is None or (TRUE[diagnosis](world) and world[REACHED] is False)


def test_every_diagnosis_is_held_against_the_world() -> None:
    assert set(TRUE) == set(Diagnosis)


def test_without_facts_nothing_is_said() -> None:
    assert diagnose({}) is None
    assert diagnose({REACHED: False}) is None
    assert diagnose({REACHED: False, WAY_OUT: False}) is None


def test_how_the_last_try_ended_counts_only_while_it_goes_on() -> None:
    facts = tuple(Fact(name=name, value=value) for name, value in WELL.items())
    state = replace(joined_state(), facts=Facts(facts, read_at=NOW))
    refused = Trouble(Problem.CONNECTION_REFUSED)
    trying = replace(state, link=Link(LinkState.CONNECTING, 2, refused))
    assert triage.of(trying) is Diagnosis.SERVER_ONLY
    assert triage.of(replace(trying, link=Link(LinkState.ONLINE))) is Diagnosis.SERVER_SILENT


def test_a_connection_that_comes_or_goes_has_the_network_looked_at() -> None:
    play = Playbook(joined_state()) >> LinkClosed(Trouble(Problem.UNREACHABLE)) << NETWORK
    play >> FactsRead((), 0.1, kinds=NETWORK.kinds) >> LinkClosed(None)
    assert NETWORK not in play.commands, "nobody waits, and nothing is new"
    play >> intents.OpenHelp() >> FactsRead((), 0.1) >> LinkClosed(None)
    play << replace(NETWORK, asked=True)
    play >> FactsRead((), 0.1, kinds=NETWORK.kinds) >> intents.HideWindow()
    play.hear(welcome()) << NETWORK


def test_where_nothing_may_be_read_the_network_is_not_looked_at_either() -> None:
    play = Playbook(replace(joined_state(), reading=False)) >> LinkClosed(None)
    assert not any(isinstance(each, ReadFacts) for each in play.commands)
