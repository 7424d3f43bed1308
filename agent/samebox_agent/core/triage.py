"""What is wrong with the network, from its facts. Pure, and silent where a fact is not known.

Asked only when the server is not reached. From the laptop outwards: a link, an address, a way out,
who stands in the way, names, the server. The first thing that is known to fail is told.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec.structs import replace
from samebox_shared.model.facts import FactKind, FactValue

from samebox_agent.core.commands import ReadFacts, Step
from samebox_agent.core.facts import by_name
from samebox_agent.core.state import AgentState, LinkState, Problem

Facts = Mapping[str, FactValue]

CLOCK_SECONDS = 120.0
"""Off by more, and the proofs of who is who are taken for too old or too new."""
LINKS = frozenset({"wifi", "ethernet", "mobile", "other"})
ANSWERED = frozenset(
    {
        Problem.CONNECTION_REFUSED,
        Problem.NOT_SAMEBOX,
        Problem.SERVER_TROUBLE,
        Problem.SERVER_TOO_OLD,
    }
)
"""Troubles in which somebody at the server's address said something: the way there works."""


class Diagnosis(StrEnum):
    """What stands between the laptop and the server; `presenters.triage` has the words."""

    WIFI_OFF = "wifi_off"
    NOT_CONNECTED = "not_connected"
    NO_ADDRESS = "no_address"
    NO_WAY_OUT = "no_way_out"
    SIGN_IN_PAGE = "sign_in_page"
    CLOCK_WRONG = "clock_wrong"
    ROUTER_SILENT = "router_silent"
    NAMES_BEHIND_VPN = "names_behind_vpn"
    NAMES_BEHIND_PROXY = "names_behind_proxy"
    NO_NAME_SERVER = "no_name_server"
    NAMES_NOT_FOUND = "names_not_found"
    SERVER_ONLY = "server_only"
    SERVER_SILENT = "server_silent"


def look(state: AgentState) -> Step:
    """The connection came or went: look at the network alone. For somebody who waits at the
    window each time; else only at first, because a laptop that is offline tries for hours."""
    if not state.reading or state.facts.busy or not state.facts.read_at:
        return state, ()
    known = by_name(state.facts.values).get("network.server_reachable")
    news = state.window.open or known is not (state.link.state is LinkState.ONLINE)
    if state.link.state is LinkState.REFUSED or not news:
        return state, ()
    look_now = ReadFacts(frozenset({FactKind.NETWORK}), asked=state.window.open)
    return replace(state, facts=replace(state.facts, busy=True)), (look_now,)


def of(state: AgentState) -> Diagnosis | None:
    """What keeps this laptop from its server now; None when it is reached or nothing is known."""
    trouble = None if state.link.state is LinkState.ONLINE else state.link.trouble
    problem = None if trouble is None else trouble.problem
    known = problem if isinstance(problem, Problem) else None
    return diagnose(by_name(state.facts.values), known)


def diagnose(facts: Facts, problem: Problem | None = None) -> Diagnosis | None:
    """`problem` is how the last try to reach the server ended."""
    if facts.get("network.server_reachable") is not False:
        return None
    way_out = facts.get("routes.gateway_present")
    if way_out is False:
        return _without_a_way_out(facts)
    if way_out is not True:
        return None
    if facts.get("network.captive_portal") is True:
        return Diagnosis.SIGN_IN_PAGE
    if problem is Problem.BAD_CERTIFICATE:  # has a warning of its own, unless it is the clock
        return Diagnosis.CLOCK_WRONG if _is_clock_wrong(facts) else None
    if facts.get("dns_resolvers.works") is False:
        return _without_names(facts)
    return _without_the_server(facts, problem)


def _without_a_way_out(facts: Facts) -> Diagnosis | None:
    connection = facts.get("interface_details.connection")
    if connection == "none":
        blocked = facts.get("wifi_status.blocked") is True
        return Diagnosis.WIFI_OFF if blocked else Diagnosis.NOT_CONNECTED
    if connection not in LINKS:
        return None
    made_up = facts.get("interface_details.self_assigned") is True
    return Diagnosis.NO_ADDRESS if made_up else Diagnosis.NO_WAY_OUT


def _is_clock_wrong(facts: Facts) -> bool:
    offset = facts.get("time.clock_offset")
    return isinstance(offset, int | float) and abs(offset) > CLOCK_SECONDS


def _without_names(facts: Facts) -> Diagnosis:
    """A proxy may look names up in our place, and a VPN brings its own name servers."""
    if facts.get("routes.gateway_answers") is False:
        return Diagnosis.ROUTER_SILENT
    if facts.get("interface_details.vpn_active") is True:
        return Diagnosis.NAMES_BEHIND_VPN
    if facts.get("network.proxy_set") is True:
        return Diagnosis.NAMES_BEHIND_PROXY
    if facts.get("dns_resolvers.count") == 0:
        return Diagnosis.NO_NAME_SERVER
    return Diagnosis.NAMES_NOT_FOUND


def _without_the_server(facts: Facts, problem: Problem | None) -> Diagnosis | None:
    """Names alone are no proof of a network: a laptop may remember them."""
    if problem in ANSWERED or facts.get("network.captive_portal") is False:
        return Diagnosis.SERVER_ONLY
    return Diagnosis.SERVER_SILENT if facts.get("dns_resolvers.works") is True else None
