"""The quiet notice: to a helper what, and why it is them; to an asker that an answer came."""

from samebox_shared.model.topics import Part, Topic

from samebox_agent.core import intents
from samebox_agent.core.state import Conversation, Offer
from samebox_agent.presenters import reasons, wording
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
        heading=_heading(offer.part),
        device=_about(offer),
        line=offer.line,
        reason=_reason(offer),
        accept=accept,
        pass_=Button(
            "Not now",
            intents.PassOffer(offer.offer_id),
            hint="Costs you nothing; someone else is asked",
            enabled=not offer.accepting,
        ),
    )


def of_answer(item: Conversation) -> OfferView | None:
    """The same quiet notice, for an answer that came to the board."""
    answer = next((one for one in item.answers if one.answer_id == item.unread), None)
    if answer is None:
        return None
    return OfferView(
        key=answer.answer_id,
        heading=f"{answer.author.name} answered your question",
        device=wording.shorten(item.text, 60),
        line=wording.shorten(answer.text, 160),
        reason="",
        accept=Button("Read it", intents.OpenSession(item.question_id), Weight.PRIMARY),
        pass_=Button("Later", intents.PutAnswerAway(item.question_id)),
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


def _heading(part: Part) -> str:
    match part:
        case Part.HELPER:
            return "A colleague asks for help"
        case Part.SECOND:
            return "A second helper is wanted"
        case Part.IT:
            return "IT is wanted in a conversation"
        case Part.WATCHER:
            return "A newcomer is about to help"


def _about(offer: Offer) -> str:
    device = wording.device(offer.device_type)
    if offer.topic is Topic.OTHER:
        return device
    return f"{device} · {reasons.TOPICS[offer.topic]}"


def _reason(offer: Offer) -> str:
    why = reasons.of_you(offer.why, offer.ring, offer.device_type)
    match offer.part:
        case Part.HELPER:
            return why
        case Part.SECOND:
            return f"Somebody helps already; you would read everything said so far. {why}"
        case Part.IT:
            return "You are IT. You would read everything said so far."
        case Part.WATCHER:
            return "You watch over newcomers: you would read along, and step in if you like."
