"""Being asked: the wish to help, and what becomes of an offer. Silence costs nothing."""

from types import MappingProxyType

from msgspec.structs import replace
from samebox_shared.protocol.acts import AcceptOffer, DeclineOffer, SetHelping

from samebox_agent.core import intents, link
from samebox_agent.core.commands import Step
from samebox_agent.core.events import Moment
from samebox_agent.core.state import AgentState


def set_helping(state: AgentState, intent: intents.SetHelpingWish, moment: Moment) -> Step:
    """Whether this person wants to be asked."""
    state = replace(state, preferences=replace(state.preferences, helping=intent.on))
    return link.act(state, SetHelping(helping=intent.on), moment)


def take(state: AgentState, intent: intents.TakeOffer, moment: Moment) -> Step:
    """Accept. The server decides who was first."""
    found = state.offers.get(intent.offer_id)
    if found is None or found.accepting or found.end is not None:
        return state, ()
    offers = {**state.offers, intent.offer_id: replace(found, accepting=True)}
    state = replace(state, offers=MappingProxyType(offers))
    return link.act(state, AcceptOffer(offer_id=intent.offer_id), moment)


def pass_by(state: AgentState, intent: intents.PassOffer, moment: Moment) -> Step:
    """Not now; or the kind word was read."""
    found = state.offers.get(intent.offer_id)
    if found is None or found.accepting:
        return state, ()
    offers = {key: value for key, value in state.offers.items() if key != intent.offer_id}
    state = replace(state, offers=MappingProxyType(offers))
    if found.end is not None:
        return state, ()
    return link.act(state, DeclineOffer(offer_id=intent.offer_id), moment)
