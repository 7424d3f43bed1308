"""Being asked: the wish to help, and what becomes of an offer. Silence costs nothing."""

from types import MappingProxyType

from msgspec.structs import replace
from samebox_shared.protocol.acts import AcceptOffer, DeclineOffer, SetHelping
from samebox_shared.protocol.events import OfferClosed, OfferEnd, OfferMade

from samebox_agent.core import intents, outbox
from samebox_agent.core.commands import Step
from samebox_agent.core.events import Moment
from samebox_agent.core.state import AgentState, Offer


def set_helping(state: AgentState, intent: intents.SetHelpingWish, moment: Moment) -> Step:
    """Whether this person wants to be asked."""
    state = replace(state, preferences=replace(state.preferences, helping=intent.on))
    return outbox.act(state, SetHelping(helping=intent.on), moment)


def take(state: AgentState, intent: intents.TakeOffer, moment: Moment) -> Step:
    """Accept. The server decides who was first."""
    found = state.offers.get(intent.offer_id)
    if found is None or found.accepting or found.end is not None:
        return state, ()
    offers = {**state.offers, intent.offer_id: replace(found, accepting=True)}
    state = replace(state, offers=MappingProxyType(offers))
    return outbox.act(state, AcceptOffer(offer_id=intent.offer_id), moment)


def pass_by(state: AgentState, intent: intents.PassOffer, moment: Moment) -> Step:
    """Not now; or the kind word was read."""
    found = state.offers.get(intent.offer_id)
    if found is None or found.accepting:
        return state, ()
    offers = {key: value for key, value in state.offers.items() if key != intent.offer_id}
    state = replace(state, offers=MappingProxyType(offers))
    if found.end is not None:
        return state, ()
    return outbox.act(state, DeclineOffer(offer_id=intent.offer_id), moment)


def on_offer(state: AgentState, body: OfferMade) -> AgentState:
    """Somebody asks."""
    offer = Offer(
        body.offer_id,
        body.question_id,
        body.device_type,
        body.line,
        body.ring,
        body.until,
        why=body.why,
        topic=body.topic,
        part=body.part,
    )
    return replace(state, offers=MappingProxyType({**state.offers, body.offer_id: offer}))


def on_offer_closed(state: AgentState, body: OfferClosed) -> AgentState:
    """The notice goes; only one that was being accepted says why."""
    found = state.offers.get(body.offer_id)
    if found is None:
        return state
    if found.accepting and body.end is OfferEnd.TAKEN:
        changed = {**state.offers, body.offer_id: replace(found, end=body.end, accepting=False)}
    else:
        changed = {key: value for key, value in state.offers.items() if key != body.offer_id}
    return replace(state, offers=MappingProxyType(changed))
