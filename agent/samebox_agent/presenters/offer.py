"""The quiet notice to a helper: device type, one line, and why it is them."""

from samebox_shared.model.devices import DeviceType, Ring

from samebox_agent.core import intents
from samebox_agent.core.state import Offer
from samebox_agent.presenters import wording
from samebox_agent.presenters.views import Button, OfferView, Weight


def present(offer: Offer) -> OfferView:
    """The notice, or the kind word after someone else was quicker."""
    if offer.end is not None:
        return _taken(offer)
    accept = Button(
        "Accepting…" if offer.accepting else "Accept",
        intents.TakeOffer(offer.offer_id),
        Weight.PRIMARY,
        enabled=not offer.accepting,
    )
    return OfferView(
        key=offer.offer_id,
        heading="A colleague asks for help",
        device=wording.device(offer.device_type),
        line=offer.line,
        reason=_reason(offer.ring, offer.device_type),
        accept=accept,
        pass_=Button(
            "Not now",
            intents.PassOffer(offer.offer_id),
            hint="Costs you nothing; someone else is asked",
            enabled=not offer.accepting,
        ),
    )


def _taken(offer: Offer) -> OfferView:
    close = intents.PassOffer(offer.offer_id)
    return OfferView(
        key=offer.offer_id,
        heading="A colleague was a moment quicker",
        device=wording.device(offer.device_type),
        line="Thank you for being there. You do not have to do anything.",
        reason="",
        accept=Button("OK", close, Weight.PRIMARY),
        pass_=Button("Close", close, Weight.QUIET),
    )


def _reason(ring: Ring, device_type: DeviceType) -> str:
    match ring:
        case Ring.SAME_MODEL:
            return "You are asked because you have the same laptop."
        case Ring.SAME_FAMILY:
            return f"You are asked because you have another {device_type.family}."
        case Ring.SAME_VENDOR:
            return f"You are asked because you have a {device_type.vendor}, too."
        case Ring.SAME_SYSTEM:
            return "You are asked because you use the same system."
        case Ring.IT:
            return "You are asked because no colleague could answer and you are IT."
