"""What can happen to a question: the events `machine.step` takes, in the past tense."""

from dataclasses import dataclass

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import OfferId, PersonId, SessionId
from samebox_shared.protocol.events import OfferEnd, ReleaseReason


@dataclass(frozen=True, kw_only=True)
class Offered:
    """One open offer: to whom, and in which ring that person stands."""

    offer_id: OfferId
    helper: PersonId
    ring: Ring


@dataclass(frozen=True)
class QuestionPosted:
    """The asker pressed Send and nobody has been asked yet."""


@dataclass(frozen=True)
class HelpersFound:
    """Routing chose the next wave. No offers means that nobody is there in the last ring."""

    ring: Ring
    offers: tuple[Offered, ...]
    until: float


@dataclass(frozen=True)
class HelperCame:
    """Somebody who fits became free while the question waits; `until` is the new wave's end."""

    offer: Offered
    until: float


@dataclass(frozen=True)
class WaveEnded:
    """The timer of this wave fired."""

    wave: int


@dataclass(frozen=True)
class OfferAccepted:
    """A helper took the offer; `session_id` names the session if the claim wins."""

    offer_id: OfferId
    session_id: SessionId


@dataclass(frozen=True)
class OfferDeclined:
    """An offer ended without a claim: declined by its helper, or withdrawn as they are busy."""

    offer_id: OfferId
    end: OfferEnd = OfferEnd.DECLINED


@dataclass(frozen=True)
class MessageWritten:
    """One of the two wrote something."""

    fence: int


@dataclass(frozen=True)
class HelperGone:
    """The helper left (LeaveSession) or gave no sign of life for too long."""

    fence: int
    reason: ReleaseReason


@dataclass(frozen=True)
class AskerSolved:
    """The asker said solved."""

    thanks: bool = False
    fixed_by: str = ""


@dataclass(frozen=True)
class AskerCancelled:
    """The asker no longer needs help."""


AnyQuestionEvent = (
    QuestionPosted
    | HelpersFound
    | HelperCame
    | WaveEnded
    | OfferAccepted
    | OfferDeclined
    | MessageWritten
    | HelperGone
    | AskerSolved
    | AskerCancelled
)
